import { inflateSync } from 'node:zlib'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { actorHeader, createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { sealOf, type QuoteContent } from '../quotes/quote-content.ts'
import { quotePdf } from '../quotes/quote-pdf.ts'

const kit = await createTestShop({ products: 3, unitsPerPlace: 20 })
const { app, clock, ctx, shop, visitor, asStaff, settle } = kit
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
  return { status: answer.statusCode, pdf, letters: lettersOf(pdf) }
}

function lettersOf(pdf: Buffer): string {
  const letters: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      const content = inflateSync(pdf.subarray(at + 7)).toString('latin1')
      if (content.includes('begincmap')) letters.push(content.toLowerCase())
    } catch {
      // The end of a stream is found by the same word, and some streams are not deflated.
    }
  }
  return letters.join('')
}

const { nantes = '' } = shop.sites
const proposal = (gift: Gift | null) => ({
  channel: 'phone',
  contact: { name: 'Maël Kervella', email: 'mael@exemple.fr' },
  lines,
  delivery: { method: 'carry_out' as const, siteId: nantes },
  validUntil: new Date(clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10),
  gift,
})
const drawUp = (gift: Gift | null) => staff(endpoints.createQuote, { body: proposal(gift) })

test('a quote says that it is a present, under its seal; its buyer still decides where it is paid', async () => {
  const gift = { message: 'Pour tes trente ans' }
  const plain = await drawUp(null)
  const revised = await staff(endpoints.reviseQuote, {
    params: { quoteId: plain.id },
    body: { ...proposal(gift), basedOn: 1 },
  })
  expect(revised.revisions.map((one) => one.gift)).toEqual([gift, null])
  const stored = await query<{ hash: string; content: QuoteContent }>(
    ctx.db,
    sql`select hash, content from orders.quote_revision where quote_id = ${plain.id} order by revision`,
  )
  // What is no present says nothing of it, as what was sealed before there were any.
  expect(stored.map(({ content }) => content.gift)).toEqual([undefined, gift])
  const [before, now] = stored
  expect(now && sealOf(plain.id, 2, { ...now.content, gift: { message: '' } }, before?.hash ?? '')).not.toBe(now?.hash)
  const sent = await staff(endpoints.sendQuote, { params: { quoteId: plain.id }, body: { revision: 2 } })
  const token = new URL(sent.link).searchParams.get('token') ?? ''
  const shown = await visitor(endpoints.getQuote, { params: { quoteId: plain.id }, query: { token } })
  expect(shown.revisions.map((one) => one.gift)).toEqual([gift])
  await visitor(endpoints.acceptQuote, { params: { quoteId: plain.id }, body: { token, revision: 2, name: 'Maël' } })
  const { lines: _lines, ...way } = webPurchase([])
  const placed = await visitor(endpoints.placeOrder, { body: { ...way, cartId: plain.id } })
  expect((await seen(placed)).gift).toBeNull()
})

test('a quote on paper keeps the words of a present for its receiver', async () => {
  const quote = await drawUp({ message: 'Joyeux Noël, Ÿves' })
  const [revision] = quote.revisions
  if (!revision) throw new Error('a quote has a revision')
  const paper = async (changes: Partial<typeof revision>) =>
    lettersOf(await quotePdf(quote, { ...revision, ...changes }, 'Alizé <a@exemple.fr>', null))
  expect(await paper({})).not.toContain('<0178>')
  expect(await paper({ notes: 'Ÿves' })).toContain('<0178>')
})
