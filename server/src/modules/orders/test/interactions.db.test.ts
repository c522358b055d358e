import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const lines = [
  { variantId: shop.variantIds[0] ?? '', quantity: 2 },
  { variantId: shop.variantIds[1] ?? '', quantity: 1 },
]

type Logged = {
  kind: string
  channel_code: string
  quantity: number | null
  value_minor: bigint | null
  product: boolean
}

async function logOf(email: string): Promise<Logged[]> {
  await settle()
  const { rows } = await ctx.db.query<Logged>(
    `select i.kind, i.channel_code, i.quantity, i.value_minor, i.product_id is not null as product
     from customers.interaction i join customers.party p on p.id = i.party_id where p.email = $1
     order by i.at, i.kind, i.quantity desc`,
    [email],
  )
  return rows
}

test('an order, what was bought in it and its cancellation stand in the log of who ordered, once', async () => {
  const contact = { name: 'Léa Roux', email: 'lea@exemple.fr' }
  const { orderId } = await visitor(endpoints.placeOrder, { body: webPurchase(lines, { contact }) })
  const order = await asStaff()(endpoints.getOrder, { params: { orderId }, query: {} })
  const bought = [
    { kind: 'order', channel_code: 'web', quantity: 3, value_minor: BigInt(order.total.amountMinor), product: false },
    ...order.lines.map(({ quantity, lineTotal }) => ({
      kind: 'purchase',
      channel_code: 'web',
      quantity,
      value_minor: BigInt(lineTotal.amountMinor),
      product: true,
    })),
  ]
  expect(await logOf('lea@exemple.fr')).toEqual(bought)
  await ctx.db.query(
    `insert into kernel.event_waiting select aggregate_id, sequence, id from kernel.outbox
     where type = 'orders.order_placed' on conflict do nothing`,
  )
  await app.wiring.relay.drain()
  expect(await logOf('lea@exemple.fr')).toEqual(bought)
  await asStaff()(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'customer' } })
  const cancelled = {
    kind: 'cancellation',
    channel_code: 'web',
    quantity: null,
    value_minor: bought[0]?.value_minor,
    product: false,
  }
  expect(await logOf('lea@exemple.fr')).toEqual([cancelled, ...bought])
})
