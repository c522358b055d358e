import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { recordMovements } from '../../inventory/public.ts'
import { inTransaction } from '../../../kernel/db.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 10, unitsPerPlace: 10 })
const { db } = ctx
const staff = asStaff()
const variant = (n: number): string => shop.variantIds[n] ?? ''
const warehouse = shop.places['entrepot'] ?? ''
const nantes = { place: shop.places['nantes'] ?? '', site: shop.sites['nantes'] ?? '' }

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

const availability = (variantId: string, query: { channel?: string; by?: string; units?: number } = {}) =>
  staff(endpoints.getAvailability, { params: { variantId }, query })

const buffer = (body: {
  channelCode: string
  units?: number
  shareBasisPoints?: number
  variantId?: string
  categoryCode?: string
}) =>
  staff(endpoints.setChannelBuffer, {
    body: { variantId: null, categoryCode: null, units: null, shareBasisPoints: null, ...body },
  })

/** Buys one unit, and says whether it was sold; out of stock is the only reason not to. */
async function buys(body: ReturnType<typeof webPurchase>, as = visitor): Promise<boolean> {
  try {
    await as(endpoints.placeOrder, { body })
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError)
    expect((error as ApiError).problem.code).toBe('orders.out_of_stock')
    return false
  }
}
const one = (variantId: string) => [{ variantId, quantity: 1 }]
const pickup = (variantId: string) =>
  webPurchase(one(variantId), { delivery: { method: 'pickup', siteId: nantes.site } })
const till = (variantId: string) =>
  webPurchase(one(variantId), {
    channel: 'shop-nantes',
    contact: null,
    delivery: { method: 'carry_out', siteId: nantes.site },
    payments: [{ method: 'terminal_card', amountMinor: priceOf(variantId) }],
  })
const priceOf = (variantId: string): number =>
  Number(app.wiring.model.sellable('web', variantId, ctx.clock.now())?.unitPriceMinor ?? 0n)
const phone = (variantId: string) => webPurchase(one(variantId), { channel: 'phone' })

describe('the terms of an article', () => {
  test('are shown place by place and add up', async () => {
    const id = variant(0)
    await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: id, quantity: 3 }]) })
    await staff(endpoints.setSafetyStock, { body: { placeId: warehouse, variantId: id, units: 2 } })
    await buffer({ channelCode: 'web', variantId: id, units: 4 })
    const shown = await availability(id, { channel: 'web' })
    const at = (placeId: string) => shown.places.find((place) => place.placeId === placeId)
    expect(at(warehouse)).toMatchObject({
      terms: { onHand: 10, committed: 3, held: 0, safety: 2, channelBuffer: 4 },
      safety: { units: 2, own: true, ofPlace: 0 },
      available: 1,
    })
    expect(at(nantes.place)).toMatchObject({ terms: { onHand: 10, channelBuffer: 4 }, available: 6 })
    expect(shown.together).toMatchObject({
      terms: { onHand: 40, committed: 3, held: 0, safety: 2, channelBuffer: 16, unrouted: 0 },
      available: 19,
    })
    expect(shown.together.steps).toEqual([{ from: shown.today, balance: 19, available: 19 }])
    expect((await availability(id)).together.available).toBe(35)
    expect(shown.buffers).toEqual([
      { channelCode: 'web', scope: 'variant', categoryCode: null, units: 4, shareBasisPoints: 0 },
    ])
  })

  test('are those of the shops of whoever is kept to some', async () => {
    const clerk = asStaff(['stock:read', 'orders:read'], [nantes.site])
    const shown = await clerk(endpoints.getAvailability, { params: { variantId: variant(1) }, query: {} })
    expect(shown.places.map(({ placeId }) => placeId)).toEqual([nantes.place])
    expect(shown.together.available).toBe(10)
  })

  test('tell to whom they are promised', async () => {
    const id = variant(1)
    const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: id, quantity: 2 }]) })
    const challenged = webPurchase(one(id), {
      payments: [{ method: 'online_card', token: 'tok_challenge', returnUrl: '/retour' }],
    })
    const waiting = await visitor(endpoints.placeOrder, { body: challenged })
    const { items } = await staff(endpoints.listArticlePromises, { params: { variantId: id }, query: {} })
    expect(items).toMatchObject([
      {
        kind: 'order',
        term: 'committed',
        documentId: placed.orderId,
        number: placed.number,
        units: 2,
        channelCode: 'web',
      },
      { kind: 'awaiting_payment', term: 'held', documentId: waiting.orderId, units: 1, placeId: warehouse },
    ])
    expect(items[1]?.until).not.toBeNull()
    const paged = await staff(endpoints.listArticlePromises, { params: { variantId: id }, query: { limit: 1 } })
    const rest = await staff(endpoints.listArticlePromises, {
      params: { variantId: id },
      query: { limit: 1, cursor: paged.nextCursor ?? '' },
    })
    expect([...paged.items, ...rest.items]).toEqual(items)
  })

  test('count what suppliers will bring by its date', async () => {
    const id = variant(2)
    const { today } = await availability(id)
    const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
    const order = ctx.ids.next()
    const now = ctx.clock.now()
    await db.query(
      `insert into inventory.supplier_order (supplier_order_id, number, supplier_name, place_id, state, ordered_at, created_at)
       values ($1, 'A-1', 'Cycles Morin', $2, 'ordered', $3, $3)`,
      [order, warehouse, now],
    )
    await db.query(
      `insert into inventory.supplier_order_line (supplier_order_id, variant_id, ordered_units, received_units, expected_on)
       values ($1, $2, 12, 2, $3)`,
      [order, id, inDays(9)],
    )
    const shown = await availability(id, { by: inDays(9), units: 45 })
    expect(shown.together.steps).toEqual([
      { from: today, balance: 40, available: 40 },
      { from: inDays(9), balance: 50, available: 50 },
    ])
    expect(shown).toMatchObject({ unitsBy: 50, earliestOn: inDays(9) })
    expect(shown.arrivals).toMatchObject([{ placeId: warehouse, units: 10, expectedOn: inDays(9), overdue: false }])
    expect(await availability(id, { by: inDays(8), units: 51 })).toMatchObject({ unitsBy: 40, earliestOn: null })
  })
})

describe('what a place keeps back', () => {
  test('of everything counts for what has no number of its own, and for what comes there first', async () => {
    const [usual, own] = [variant(3), variant(4)]
    await staff(endpoints.setSafetyStock, { body: { placeId: nantes.place, variantId: own, units: 5 } })
    const set = (units: number | null, variantId: string | null = null) =>
      staff(endpoints.setSafetyStock, { body: { placeId: nantes.place, variantId, units } })
    expect((await set(3)).articles).toBe(9)
    await settle()
    expect(app.wiring.model.available(usual, nantes.place)).toBe(7)
    expect(app.wiring.model.available(own, nantes.place)).toBe(5)
    await set(1)
    await set(null, own)
    await settle()
    expect(app.wiring.model.available(usual, nantes.place)).toBe(9)
    expect(app.wiring.model.available(own, nantes.place)).toBe(9)
    await set(0)
    expect(
      await refusal(
        asStaff(['stock:write'], [shop.sites['lyon'] ?? ''])(endpoints.setSafetyStock, {
          body: { placeId: nantes.place, variantId: null, units: 1 },
        }),
      ),
    ).toBe('access.wrong_site')
  })

  test('is not sold', async () => {
    const id = variant(4)
    await staff(endpoints.setSafetyStock, { body: { placeId: warehouse, variantId: id, units: 7 } })
    await settle()
    const sold = await Promise.all(Array.from({ length: 12 }, () => buys(webPurchase(one(id)))))
    expect(sold.filter(Boolean)).toHaveLength(3)
  })
})

describe('what a channel leaves to others', () => {
  test('is left exactly, in two pools, by many buyers of two channels at once', async () => {
    const id = variant(5)
    await buffer({ channelCode: 'web', variantId: id, units: 4 })
    const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
    const alone = await Promise.all([
      ...many(15, () => buys(webPurchase(one(id)))),
      ...many(15, () => buys(pickup(id))),
    ])
    expect(alone.slice(0, 15).filter(Boolean)).toHaveLength(6)
    expect(alone.slice(15).filter(Boolean)).toHaveLength(6)
    const both = await Promise.all([
      ...many(10, () => buys(webPurchase(one(id)))),
      ...many(10, () => buys(phone(id), staff)),
      ...many(10, () => buys(pickup(id))),
      ...many(10, () => buys(till(id), staff)),
    ])
    const soldIn = (from: number): number => both.slice(from, from + 10).filter(Boolean).length
    expect([soldIn(0), soldIn(10), soldIn(20), soldIn(30)]).toEqual([0, 4, 0, 4])
  })

  test('is never sold by it when all come together, and nothing is left over', async () => {
    const id = variant(6)
    await buffer({ channelCode: 'web', variantId: id, shareBasisPoints: 3_500 })
    const web = () => buys(webPurchase(one(id)))
    const other = () => buys(phone(id), staff)
    const sold = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? web() : other())))
    expect(sold.filter(Boolean)).toHaveLength(10)
    expect(sold.filter((done, n) => done && n % 2 === 1).length).toBeLessThanOrEqual(6)
  })

  test('is not shown by it either, in lists and on pages', async () => {
    const id = variant(7)
    await inTransaction(db, (tx) =>
      recordMovements(
        ctx,
        tx,
        Object.values(shop.places).map((placeId) => ({ kind: 'loss', variantId: id, placeId, quantity: -8n })),
      ),
    )
    await settle()
    const page = (channel: string) =>
      visitor(endpoints.getOffer, { params: { handle: 'article-7' }, query: { channel } })
    const inStock = async (channel: string) =>
      (await visitor(endpoints.listOffers, { query: { channel, inStock: 'true', limit: 100 } })).items.some(
        ({ handle }) => handle === 'article-7',
      )
    expect((await page('web')).variants[0]?.deliverable).toBe(2)
    await buffer({ channelCode: 'web', categoryCode: 'velos', units: 2 })
    expect((await page('web')).variants[0]?.deliverable).toBe(0)
    expect((await page('phone')).variants[0]?.deliverable).toBe(2)
    expect(await inStock('web')).toBe(false)
    expect(await inStock('phone')).toBe(true)
    // The article's own rule comes before that of its category.
    await buffer({ channelCode: 'web', variantId: id, units: 1 })
    expect((await page('web')).variants[0]?.deliverable).toBe(1)
    const left = await buffer({ channelCode: 'web', categoryCode: 'velos' })
    expect(left.items.some(({ categoryCode }) => categoryCode === 'velos')).toBe(false)
    expect(await refusal(buffer({ channelCode: 'web', categoryCode: 'none', units: 1 }))).toBe(
      'catalog.unknown_category',
    )
    expect(await refusal(buffer({ channelCode: 'none', units: 1 }))).toBe('channels.not_found')
  })
})
