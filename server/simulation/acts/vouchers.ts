import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { address, atOnce, contact, pick, someLines, someOrder, someSite, type Theme, type World } from './world.ts'

/** Something comes back, and is worth a voucher to whoever brings it. */
async function returnForVoucher(world: World): Promise<void> {
  const orderId = (await someOrder(world, 'left'))?.orderId
  if (!orderId) return
  const order = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const line = order.lines.find(({ fulfilledQuantity }) => fulfilledQuantity > 0)
  if (!line) return
  const { voucher } = await world.staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: someSite(world),
      lines: [{ lineId: line.id, quantity: 1, reason: 'changed_mind', disposition: 'restock' }],
      refundTo: 'voucher',
    },
  })
  if (voucher) world.vouchers.push(voucher.code)
}

/** Two spend the same voucher at once, in part or as far as it goes; the card beside it may be declined. */
async function spendVoucher(world: World): Promise<void> {
  if (world.vouchers.length === 0) return
  const code = pick(world, world.vouchers)
  const ask = () =>
    world.visitor(endpoints.placeOrder, {
      body: {
        channel: 'web',
        lines: someLines(world),
        contact,
        delivery: { method: 'delivery', address },
        payments: [
          { method: 'voucher', code, amountMinor: pick(world, [100, 600, undefined]) },
          { method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_decline']) },
        ],
      },
    })
  world.orders.push(...(await atOnce([ask(), ask()])))
}

/** Vouchers given for what comes back, spent by whoever has their code. */
export const vouchers: Theme = {
  acts: [
    { name: 'return for a voucher', perform: returnForVoucher },
    { name: 'return for a voucher', perform: returnForVoucher },
    { name: 'spend a voucher', perform: spendVoucher },
    { name: 'spend a voucher', perform: spendVoucher },
  ],
}
