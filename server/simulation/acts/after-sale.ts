import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { contact, pick, someOrder, someSite, type Act } from './world.ts'

/** What comes after a sale: returns, cancellations, withdrawals. */
export const afterSale: readonly Act[] = [
  {
    name: 'return',
    async perform(world) {
      const orderId = (await someOrder(world, 'left'))?.orderId
      if (!orderId) return
      const order = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
      const left = order.lines.filter(({ fulfilledQuantity }) => fulfilledQuantity > 0)
      if (left.length === 0) return
      const line = pick(world, left)
      await world.staff(endpoints.createReturn, {
        params: { orderId },
        body: {
          siteId: someSite(world),
          lines: [
            { lineId: line.id, quantity: 1, reason: 'changed_mind', disposition: pick(world, ['restock', 'scrap']) },
          ],
        },
      })
    },
  },
  {
    name: 'cancel',
    async perform(world) {
      const order = await someOrder(world, 'open')
      if (order)
        await world.staff(endpoints.cancelOrder, {
          params: { orderId: order.orderId },
          body: { reason: 'le client a changé d’avis' },
        })
    },
  },
  {
    name: 'withdraw',
    async perform(world) {
      const order = await someOrder(world, pick(world, ['left', 'open']))
      if (!order) return
      const contract = { orderId: order.orderId, token: order.accessToken }
      const { lines } = await world.visitor(endpoints.findWithdrawable, { body: { contract } })
      const open = lines.filter(({ withdrawable }) => withdrawable > 0)
      if (open.length === 0) return
      const chosen = world.rng.below(2) === 0 ? open : [pick(world, open)]
      await world.visitor(endpoints.declareWithdrawal, {
        body: {
          contract,
          ...contact,
          lines: chosen.map(({ lineId, withdrawable }) => ({ lineId, quantity: 1 + world.rng.below(withdrawable) })),
        },
      })
    },
  },
]
