import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { secondServer } from '../../../../test/kit/second-server.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'
import { setPrices } from '../../pricing/public.ts'
import { comparePools } from '../../promises/public.ts'
import { expireHolds } from '../passes/hold-cart.ts'
import { forgetContacts } from '../queries/reservations.ts'
import { expireReservations, remindVisitors } from '../reservations/settle-reservation.ts'

const test_ = await createTestShop({ products: 30, unitsPerPlace: 3 })
const { clock, ctx, shop, visitor, asStaff, settle } = test_
const { db } = ctx
const { nantes = '', lyon = '' } = shop.sites
const clerk = asStaff(['till:sell', 'orders:read', 'fulfillment:write'], [nantes])
const manager = asStaff(['orders:read', 'appointments:manage', 'stock:read'])
const hour = 3_600_000
let next = 0
const variant = (): string => shop.variantIds[next++] ?? ''
let people = 0
const person = () => ({ name: 'Inès Le Goff', email: `ines${people++}@exemple.fr` })

await manager(endpoints.putReservationPolicy, {
  params: { siteId: nantes },
  body: { active: true, openDays: 1, mostUnits: 3, mostOpen: 2 },
})

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

const reserve = (variantId: string, quantity = 1, contact: object = person(), client: Client = visitor) =>
  client(endpoints.createReservation, {
    body: { channel: 'web', siteId: nantes, lines: [{ variantId, quantity }], contact: contact as { name: string } },
  })
const read = (reservationId: string) => clerk(endpoints.getReservation, { params: { reservationId }, query: {} })
async function stockOf(variantId: string) {
  const { items } = await manager(endpoints.listStock, { query: { variantId } })
  const { onHand, held, committed } = items.find((item) => item.placeName.includes('nantes')) ?? {}
  return { onHand, held, committed }
}
const sell = (cartId: string, amountMinor: number) =>
  clerk(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      cartId,
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'cash', amountMinor }],
    },
  })
const putAside = (reservationId: string, shelf: string | null = null) =>
  clerk(endpoints.putReservationAside, { params: { reservationId }, query: {}, body: { shelf } })
const comeBy = (code: string) => clerk(endpoints.pickUpPass, { params: { code }, body: { channel: 'shop-nantes' } })

describe('reserve and try', () => {
  test('puts articles aside until tomorrow’s closing, with a code, and shops say where it can be done', async () => {
    const variantId = variant()
    const shops = await visitor(endpoints.listReservationShops, { query: { channel: 'web', variantId } })
    expect(shops.items).toMatchObject([{ siteId: nantes, possible: true, mostUnits: 3 }])
    const made = await reserve(variantId, 2)
    expect(made).toMatchObject({ state: 'to_put_aside', itemCount: 2, siteId: nantes })
    expect(made.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(made.expiresAt).toBe(shops.items[0]?.keptUntil)
    expect(new Date(made.expiresAt).getTime() - clock.now().getTime()).toBeGreaterThan(24 * hour)
    expect(await stockOf(variantId)).toMatchObject({ held: 2 })
    // Its page is its holder's.
    const { accessToken: token } = made
    const own = { params: { reservationId: made.id }, query: { token: token ?? '' } }
    expect((await visitor(endpoints.getReservation, own)).passToken).not.toBeNull()
    expect(await refusal(visitor(endpoints.getReservation, { params: own.params, query: {} }))).toBe(
      'orders.reservation_not_found',
    )
    expect((await read(made.id)).accessToken).toBeNull()
  })

  test('put aside, tried, and what is kept is bought at the price it was reserved at, without a gap', async () => {
    const [first, second] = [variant(), variant()]
    const made = await visitor(endpoints.createReservation, {
      body: {
        channel: 'web',
        siteId: nantes,
        lines: [
          { variantId: first, quantity: 1 },
          { variantId: second, quantity: 2 },
        ],
        contact: person(),
      },
    })
    await inTransaction(db, (tx) =>
      setPrices(ctx, tx, [{ listCode: 'public', variantId: first, amountMinor: 99_900n, compareAtMinor: null }]),
    )
    await settle()
    expect(await putAside(made.id, 'A-12')).toMatchObject({ state: 'ready', shelf: 'A-12' })
    await comeBy(made.code)
    await settle()
    expect(await read(made.id)).toMatchObject({ state: 'trying' })
    const back = await clerk(endpoints.releaseReservation, {
      params: { reservationId: made.id },
      query: {},
      body: { variantIds: [second] },
    })
    expect(back.state).toBe('trying')
    expect(await stockOf(second)).toMatchObject({ held: 0 })
    expect(await stockOf(first)).toMatchObject({ held: 1 })

    const price = made.lines[0]?.unitPrice.amountMinor ?? 0
    const sold = await sell(made.id, price)
    await settle()
    expect(await read(made.id)).toMatchObject({
      state: 'bought',
      orderId: sold.orderId,
      lines: [
        { variantId: first, bought: 1 },
        { variantId: second, bought: 0 },
      ],
    })
    expect(await stockOf(first)).toMatchObject({ onHand: 2, held: 0, committed: 0 })
    expect(await refusal(putAside(made.id))).toBe('orders.reservation_state')
  })

  test('a cart is emptied into it, and its own goods go over', async () => {
    const variantId = variant()
    const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
    const params = { cartId: cart.id, variantId }
    await visitor(endpoints.setCartLine, { params, query: {}, body: { quantity: 3 } })
    await visitor(endpoints.holdCart, { params: { cartId: cart.id }, query: {}, body: { siteId: nantes } })
    const made = await visitor(endpoints.createReservation, {
      body: { channel: 'web', siteId: nantes, cartId: cart.id, contact: person() },
    })
    expect(made.itemCount).toBe(3)
    expect(await stockOf(variantId)).toMatchObject({ held: 3 })
    expect((await visitor(endpoints.getCart, { params: { cartId: cart.id }, query: {} })).lines).toEqual([])
  })

  test('stays in its shop when it is changed, though that shop sends parcels too, and ends when nothing is left', async () => {
    const place = (await listPlaces(db)).find(({ siteId }) => siteId === nantes)
    if (!place) throw new Error('the shop has a place')
    await inTransaction(db, (tx) => putPlace(ctx, tx, { ...place, shipsParcels: true }))
    await test_.app.wiring.model.refreshTerms()
    const [first, second] = [variant(), variant()]
    const made = await reserve(first)
    const put = (variantId: string, quantity: number) =>
      visitor(endpoints.setCartLine, { params: { cartId: made.id, variantId }, query: {}, body: { quantity } })
    await put(second, 1)
    await put(first, 2)
    await visitor(endpoints.holdCart, { params: { cartId: made.id }, query: {}, body: { siteId: lyon } })
    expect([await stockOf(first), await stockOf(second)]).toMatchObject([{ held: 2 }, { held: 1 }])
    await put(first, 0)
    await put(second, 0)
    expect(await read(made.id)).toMatchObject({ state: 'cancelled' })
    expect([await stockOf(first), await stockOf(second)]).toMatchObject([{ held: 0 }, { held: 0 }])

    const given = await reserve(first)
    await clerk(endpoints.releaseCartHold, { params: { cartId: given.id }, query: {} })
    expect(await read(given.id)).toMatchObject({ state: 'released' })
    await inTransaction(db, (tx) => putPlace(ctx, tx, place))
    await test_.app.wiring.model.refreshTerms()
  })

  test('asks for an address or a number, a shop that offers it, and no more than it allows', async () => {
    const variantId = variant()
    expect(await refusal(reserve(variantId, 1, { name: 'Sans adresse' }))).toBe('orders.contact_required')
    expect(await refusal(reserve(variantId, 4))).toBe('orders.reservation_limit')
    const at = { channel: 'web', siteId: lyon, lines: [{ variantId, quantity: 1 }], contact: person() }
    expect(await refusal(visitor(endpoints.createReservation, { body: at }))).toBe('orders.reservation_not_offered')
    expect(await refusal(reserve(variantId, 1, { name: 'A', phone: 'no number' }))).toBe('orders.contact_required')

    // One person, however they write themselves, and however many ask at once.
    const tried = await Promise.all(
      [
        { name: 'Léo', phone: '06 39 98 12 34' },
        { name: 'Léo', phone: '+33639981234' },
        { name: 'Léo', phone: '0639981234', email: 'leo@exemple.fr' },
        { name: 'Léo', phone: '06.39.98.12.34' },
        { name: 'Léo', phone: '0033639981234' },
      ].map((contact) => refusal(reserve(variant(), 1, contact))),
    )
    expect(tried.filter((code) => code === 'orders.reservation_limit')).toHaveLength(3)

    // Nor by way of the cart it lies in.
    const made = await reserve(variantId)
    const line = { params: { cartId: made.id, variantId }, query: {}, body: { quantity: 9 } }
    expect(await refusal(visitor(endpoints.setCartLine, line))).toBe('orders.reservation_limit')
  })

  test('is cancelled by its link, once, and its articles are free at once', async () => {
    const variantId = variant()
    const made = await reserve(variantId, 3)
    const cancel = (token: string) =>
      visitor(endpoints.cancelReservation, { params: { reservationId: made.id }, query: {}, body: { token } })
    expect(await refusal(cancel('another-token'))).toBe('orders.reservation_not_found')
    expect(await cancel(made.accessToken ?? '')).toMatchObject({ state: 'cancelled', passToken: null })
    expect(await cancel(made.accessToken ?? '')).toMatchObject({ state: 'cancelled' })
    expect(await stockOf(variantId)).toMatchObject({ held: 0 })
    expect(await refusal(comeBy(made.code))).toBe('orders.pass_not_found')
  })

  test('is for staff of its shop', async () => {
    const made = await reserve(variant())
    const elsewhere = asStaff(['orders:read', 'fulfillment:write'], [lyon])
    const params = { reservationId: made.id }
    expect(await refusal(elsewhere(endpoints.getReservation, { params, query: {} }))).toBe(
      'orders.reservation_not_found',
    )
    expect(await refusal(elsewhere(endpoints.receiveVisitor, { params, query: {} }))).toBe('access.wrong_site')
    expect((await elsewhere(endpoints.listReservations, { query: {} })).items).toEqual([])
    const found = await clerk(endpoints.listReservations, { query: { q: made.code.toLowerCase() } })
    expect(found.items.map(({ id }) => id)).toEqual([made.id])
  })
})

describe('its end', () => {
  test('a customer is told once before, nobody who never comes keeps anything, and who tries is given time', async () => {
    const [missed, tried] = [variant(), variant()]
    const away = await reserve(missed, 2)
    const there = await reserve(tried)
    const end = new Date(away.expiresAt).getTime()
    clock.advance(end - 4 * hour - clock.now().getTime())
    expect(await remindVisitors(ctx)).toBe(0)
    clock.advance(2 * hour)
    expect(await remindVisitors(ctx)).toBeGreaterThan(0)
    expect(await remindVisitors(ctx)).toBe(0)
    clock.advance(hour)
    await clerk(endpoints.receiveVisitor, { params: { reservationId: there.id }, query: {} })
    clock.advance(hour)
    // Whichever of the two sweeps comes first.
    await Promise.all([expireReservations(ctx), expireHolds(ctx), expireReservations(ctx)])
    await expireReservations(ctx)
    expect(await read(away.id)).toMatchObject({ state: 'no_show', lines: [{ bought: 0 }] })
    expect(await read(there.id)).toMatchObject({ state: 'trying' })
    expect(await stockOf(missed)).toMatchObject({ held: 0 })
    expect(await stockOf(tried)).toMatchObject({ held: 1 })
    clock.advance(2 * hour)
    await expireReservations(ctx)
    expect(await read(there.id)).toMatchObject({ state: 'released' })
    expect(await stockOf(tried)).toMatchObject({ held: 0 })
    expect(await comparePools(db)).toEqual([])
  })

  test('outcomes are counted, and contacts are forgotten after a year', async () => {
    const from = new Date(clock.now().getTime() - 30 * 86_400_000).toISOString()
    const until = new Date(clock.now().getTime() + 1).toISOString()
    const figures = await manager(endpoints.getReservationFigures, { query: { from, until } })
    const over = figures.bought + figures.released + figures.cancelled + figures.noShow
    expect(figures).toMatchObject({ bought: 1, unitsBought: 1 })
    expect(figures.conversionBasisPoints).toBe(Math.round(10_000 / over))
    await inTransaction(db, (tx) => forgetContacts(tx, new Date(clock.now().getTime() + 1)))
    const { items } = await manager(endpoints.listReservations, { query: { open: 'false' } })
    expect(items.length).toBe(over)
    expect(items.every(({ contact }) => contact.email === null && contact.phone === null)).toBe(true)
  })
})

describe('the last units', () => {
  test('reserved by many through two servers while the web buys them: exactly as many as there are', async () => {
    const other = await secondServer(test_)
    const variantId = variant()
    const attempts = Array.from({ length: 14 }, (_, index) =>
      index % 3 === 2
        ? visitor(endpoints.placeOrder, {
            body: webPurchase([{ variantId, quantity: 1 }], { delivery: { method: 'pickup', siteId: nantes } }),
          })
        : reserve(variantId, 1, person(), index % 2 === 0 ? visitor : other),
    )
    const outcomes = await Promise.all(attempts.map((attempt) => refusal(attempt)))
    const served = outcomes.filter((code) => code.startsWith('not refused'))
    expect(served).toHaveLength(3)
    expect(outcomes.filter((code) => code === 'orders.out_of_stock')).toHaveLength(11)
    const { held = 0, committed = 0 } = await stockOf(variantId)
    expect(held + committed).toBe(3)
    expect(await comparePools(db)).toEqual([])
  })

  test('bought at the till while its time ends: sold or free, never both', async () => {
    for (let round = 0; round < 3; round++) {
      const variantId = variant()
      const made = await reserve(variantId, 1)
      await comeBy(made.code)
      clock.advance(new Date(made.expiresAt).getTime() + 1 - clock.now().getTime())
      const price = made.total.amountMinor
      const [sale] = await Promise.all([refusal(sell(made.id, price)), expireReservations(ctx), expireHolds(ctx)])
      await settle()
      await expireReservations(ctx)
      const { onHand, held, committed } = await stockOf(variantId)
      const sold = sale.startsWith('not refused')
      expect({ onHand, held, committed }).toEqual({ onHand: sold ? 2 : 3, held: 0, committed: 0 })
      expect((await read(made.id)).state).toBe(sold ? 'bought' : 'no_show')
    }
  })
})
