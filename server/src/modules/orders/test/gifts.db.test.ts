import { inflateSync } from 'node:zlib'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { actorHeader, createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'

const kit = await createTestShop({ products: 3, unitsPerPlace: 20 })
const { app, ctx, shop, visitor, asStaff, settle } = kit
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

test('a slip on paper bears the words of a gift and its code, and never a price', async () => {
  const present = await buy({ gift: { message: 'Joyeux Noël, Ÿves' } })
  const ordinary = await buy()
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const preparationOf = (orderId: string) => items.find((item) => item.orderId === orderId)
  const fulfillmentId = preparationOf(present.orderId)?.id ?? ''
  const { parcels } = await staff(endpoints.packParcel, {
    params: { fulfillmentId },
    body: {
      lines: (preparationOf(present.orderId)?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity })),
    },
  })
  const whole = await slipOf(fulfillmentId)
  const parcel = await slipOf(fulfillmentId, `?parcelId=${parcels[0]?.id ?? ''}`)
  const other = await slipOf(preparationOf(ordinary.orderId)?.id ?? '')
  expect([whole, parcel, other].map(({ status }) => status)).toEqual([200, 200, 200])
  expect([whole, parcel, other].map(({ letters }) => letters.includes('<0178>'))).toEqual([true, true, false])
  for (const { letters } of [whole, parcel, other]) expect(letters).not.toContain('<20ac>')
  // The code to exchange with is a picture.
  expect([whole, parcel, other].map(({ pdf }) => pdf.includes('/Subtype /Image'))).toEqual([true, true, false])
  const elsewhere = await slipOf(preparationOf(ordinary.orderId)?.id ?? '', `?parcelId=${parcels[0]?.id ?? ''}`)
  expect(elsewhere.status).toBe(404)
})

/** A slip as staff get it, with the table of the letters it is written in. */
async function slipOf(fulfillmentId: string, query = '') {
  const actor = kit.actAs({
    kind: 'staff',
    accountId: 'packer',
    email: 'packer@alize.example',
    name: 'packer',
    role: 'administrator',
    permissions: new Set(permissions),
    siteIds: null,
  })
  const answer = await app.fastify.inject({
    url: `/api/v1/fulfillments/${fulfillmentId}/slip${query}`,
    headers: { [actorHeader]: actor },
  })
  const pdf = answer.rawPayload
  const letters: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      const content = inflateSync(pdf.subarray(at + 7)).toString('latin1')
      if (content.includes('begincmap')) letters.push(content.toLowerCase())
    } catch {
      // The end of a stream is found by the same word, and some streams are not deflated.
    }
  }
  return { status: answer.statusCode, pdf, letters: letters.join('') }
}
