import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]

async function buy(contact: { name: string; email: string; phone?: string }): Promise<string> {
  const { orderId } = await visitor(endpoints.placeOrder, { body: webPurchase(lines, { contact }) })
  return orderId
}

async function partiesOf(...orderIds: string[]): Promise<(string | null)[]> {
  await settle()
  const { rows } = await ctx.db.query<{ id: string; party_id: string | null }>(
    'select id, party_id from orders.sales_order where id = any($1)',
    [orderIds],
  )
  return orderIds.map((orderId) => rows.find(({ id }) => id === orderId)?.party_id ?? null)
}

test('one buyer of two orders is one party, whatever the letters of the address; another is another', async () => {
  const first = await buy({ name: 'Léa Roux', email: 'lea@exemple.fr' })
  const second = await buy({ name: 'Léa Roux', email: 'LEA@exemple.fr' })
  const other = await buy({ name: 'Tom Petit', email: 'tom@exemple.fr' })
  const [lea, again, tom] = await partiesOf(first, second, other)
  expect(lea).not.toBeNull()
  expect(again).toBe(lea)
  expect(tom).not.toBeNull()
  expect(tom).not.toBe(lea)
})

test('an event that comes twice makes nobody twice', async () => {
  const orderId = await buy({ name: 'Ana Blanc', email: 'ana@exemple.fr', phone: '06 11 22 33 44' })
  const [party] = await partiesOf(orderId)
  const known = async () => (await ctx.db.query('select * from customers.party order by id')).rows
  const before = await known()
  await ctx.db.query(
    `insert into kernel.event_waiting select aggregate_id, sequence, id from kernel.outbox
     where type = 'orders.order_placed' on conflict do nothing`,
  )
  await app.wiring.relay.drain()
  expect(await known()).toEqual(before)
  expect(await partiesOf(orderId)).toEqual([party])
})

test('orders of merged customers are found under either, and apart again when they are taken apart', async () => {
  const first = await buy({ name: 'Yves Noir', email: 'yves@exemple.fr' })
  const second = await buy({ name: 'Y. Noir', email: 'y.noir@exemple.fr' })
  const [yves, noir] = (await partiesOf(first, second)).map((id) => id ?? '')
  const staff = asStaff()
  const ordersOf = async (customerId = '') =>
    (await staff(endpoints.listOrders, { query: { customerId } })).items.map(({ id }) => id)
  expect(await ordersOf(yves)).toEqual([first])
  await staff(endpoints.mergeCustomers, { params: { customerId: yves ?? '' }, body: { otherId: noir ?? '' } })
  const both = [first, second].sort()
  expect((await ordersOf(yves)).sort()).toEqual(both)
  expect((await ordersOf(noir)).sort()).toEqual(both)
  expect(await partiesOf(first, second)).toEqual([yves, noir])
  await staff(endpoints.unmergeCustomer, { params: { customerId: noir ?? '' }, body: {} })
  expect(await ordersOf(noir)).toEqual([second])
})
