import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'

const { ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 20 })
const staff = asStaff()
const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
const buy = (more = {}) => visitor(endpoints.placeOrder, { body: webPurchase(lines, more) })
const seen = ({ orderId, accessToken }: { orderId: string; accessToken: string }) =>
  visitor(endpoints.getOrder, { params: { orderId }, query: { token: accessToken } })

test('the words of a gift are kept as they were typed, and only gifts have a row', async () => {
  const message = 'Bon anniversaire, Zoé !\n<b>À bientôt</b>'
  const gifts = await Promise.all([buy({ gift: { message: `  ${message} ` } }), buy(), buy({ gift: { message: '' } })])
  const orders = await Promise.all(gifts.map(seen))
  expect(orders.map(({ gift }) => gift)).toEqual([{ message }, null, { message: '' }])
  const rows = await query<{ order_id: string }>(ctx.db, sql`select order_id from orders.order_gift`)
  expect(new Set(rows.map((row) => row.order_id))).toEqual(new Set([gifts[0]?.orderId, gifts[2]?.orderId]))
})

test('a preparation says that no price goes into the parcel', async () => {
  const present = await buy({ gift: { message: '' } })
  const ordinary = await buy()
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const giftOf = (orderId: string) => items.find((item) => item.orderId === orderId)?.gift
  expect([giftOf(present.orderId), giftOf(ordinary.orderId)]).toEqual([true, false])
})

test('more than three hundred characters are refused, and nothing is written', async () => {
  const before = await query(ctx.db, sql`select id from orders.sales_order`)
  await expect(buy({ gift: { message: 'x'.repeat(301) } })).rejects.toBeInstanceOf(ApiError)
  expect((await seen(await buy({ gift: { message: '🎁'.repeat(150) } }))).gift?.message).toHaveLength(300)
  expect(await query(ctx.db, sql`select id from orders.sales_order`)).toHaveLength(before.length + 1)
})
