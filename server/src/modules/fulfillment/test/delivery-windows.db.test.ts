import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { pino } from 'pino'
import { build } from '../../../app.ts'
import { systemContext } from '../../../kernel/context.ts'
import { placeOrder } from '../../orders/public.ts'
import { comparePools } from '../../promises/public.ts'
import { webPurchase } from '../../../../test/kit/shop.ts'
import { drawRoutes } from '../draw-routes.ts'
import { makeComingWindows, sweepReservations } from '../jobs/keep-deliveries.ts'
import { createWindowShop } from './window-shop.ts'

const {
  app,
  clock,
  ctx,
  shop,
  visitor,
  asStaff,
  settle,
  staff,
  variantId,
  other,
  placeId,
  street,
  zone,
  van,
  cartOf,
  offer,
  windowAt,
  parisTime,
  buyIn,
  taken,
  stopsOn,
} = await createWindowShop()

test('windows are offered by postal code, from the first cut-off not past, for fourteen days', async () => {
  const { zone: served, days } = await offer()
  expect(served).toEqual({ code: 'nantes', name: 'Nantes' })
  expect(days.map(({ date }) => date)).toEqual(
    Array.from({ length: 14 }, (_, index) => `2026-03-${String(2 + index).padStart(2, '0')}`),
  )
  // It is ten in Paris: eight and ten are past, and fourteen takes orders until eleven.
  expect(days[0]?.windows.map(({ startsAt }) => parisTime(startsAt))).toEqual(['14:00'])
  expect(days[1]?.windows.map(({ startsAt }) => parisTime(startsAt))).toEqual(['08:00', '10:00', '14:00'])
  expect(days[1]?.windows[0]).toMatchObject({ fee: { amountMinor: 790 }, left: 4 })
  expect(await offer('75011')).toMatchObject({ zone: null, refusal: 'not_served', days: [] })
  expect(await offer('44100')).toMatchObject({ refusal: null })
  expect(await offer('44000', 501)).toMatchObject({ refusal: 'not_in_stock', days: [] })
})

test('an order takes a place in its window, costs its price, and says when it comes', async () => {
  const date = '2026-03-03'
  const windowId = await windowAt(date, '10:00')
  const placed = await buyIn(windowId)
  expect(placed).toMatchObject({ documentState: 'confirmed', total: { amountMinor: 1_790 } })
  expect(await taken(windowId, date)).toBe(1)
  const order = await visitor(endpoints.getOrder, {
    params: { orderId: placed.orderId },
    query: { token: placed.accessToken },
  })
  expect(order.delivery).toMatchObject({
    inWindow: true,
    promisedAt: '2026-03-03T09:00:00.000Z',
    latestAt: '2026-03-03T11:00:00.000Z',
    fee: { amountMinor: 790 },
  })
  expect(order.lines[0]?.placeId).toBe(placeId)
  await settle()
  const routes = await staff(endpoints.getRoutes, { params: { placeId, date } })
  expect(routes.routes.flatMap(({ stops }) => stops)).toMatchObject([
    { orderNumber: placed.number, state: 'booked', pieces: 1, weightKg: 0.5 },
  ])
  const plannedAt = routes.routes[0]?.stops[0]?.plannedAt ?? ''
  expect(plannedAt >= '2026-03-03T09:00:00' && plannedAt < '2026-03-03T11:00:00').toBe(true)
  // Cancelled: the place is free, and nobody drives there.
  await staff(endpoints.cancelOrder, { params: { orderId: placed.orderId }, body: { reason: 'changed' } })
  await settle()
  expect(await taken(windowId, date)).toBe(0)
  expect(await stopsOn(date)).toBe(0)
})

test('of twenty buyers racing for four places exactly four get one, and nothing is left behind', async () => {
  const date = '2026-03-04'
  const windowId = await windowAt(date, '10:00')
  const settled = await Promise.allSettled(Array.from({ length: 20 }, () => buyIn(windowId)))
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.problem] : []))
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['orders.promise_full']))
  expect(await taken(windowId, date)).toBe(4)
  await settle()
  expect(await stopsOn(date)).toBe(4)
  expect(await comparePools(app.wiring.services.db)).toEqual([])
  const offered = (await offer()).days.find((day) => day.date === date)
  expect(offered?.windows.map(({ startsAt }) => parisTime(startsAt))).toEqual(['08:00', '14:00'])
  expect(offered?.withheld).toBe(1)
})

test('so it is for the buyers of two servers', async () => {
  const date = '2026-03-09'
  const windowId = await windowAt(date, '10:00')
  const { config, db } = app.wiring.services
  const connectionString = 'postgresql:///unused'
  const second = await build({ config, db, connectionString, log: pino({ level: 'silent' }), clock })
  await second.wiring.model.refreshTerms()
  await second.wiring.model.refresh()
  const body = endpoints.placeOrder.body.parse(
    webPurchase([{ variantId, quantity: 1 }], { delivery: { method: 'delivery', address: street, windowId } }),
  )
  const buyers = Array.from({ length: 24 }, (_, index) => {
    const { placement, services } = index % 2 === 0 ? app.wiring : second.wiring
    return placeOrder(placement, { ...systemContext(services, 'test'), actor: { kind: 'anonymous' } }, body)
  })
  const settled = await Promise.allSettled(buyers)
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  expect(await taken(windowId, date)).toBe(4)
  await settle()
  expect(await stopsOn(date)).toBe(4)
  expect(await comparePools(db)).toEqual([])
  await second.fastify.close()
})

test('a declined card gives the place back, an unpaid order when its time is over', async () => {
  const date = '2026-03-05'
  const windowId = await windowAt(date, '10:00')
  await expect(buyIn(windowId, { token: 'tok_decline' })).rejects.toMatchObject({
    problem: { code: 'payments.declined' },
  })
  expect(await taken(windowId, date)).toBe(0)
  expect(await stopsOn(date)).toBe(0)
  const held = await buyIn(windowId, { token: 'tok_challenge' })
  expect(held.documentState).toBe('awaiting_payment')
  expect(await taken(windowId, date)).toBe(1)
  await settle()
  clock.advance(20 * 60_000)
  await app.wiring.jobs.find(({ name }) => name === 'orders.expire')?.run(ctx, {})
  await settle()
  expect(await taken(windowId, date)).toBe(0)
  expect(await stopsOn(date)).toBe(0)
  clock.advance(-20 * 60_000)
})

test('a window is refused past its cut-off, when closed, and for another postal code', async () => {
  const early = await windowAt('2026-03-02', '14:00')
  clock.advance(2 * 3_600_000)
  await expect(buyIn(early)).rejects.toMatchObject({ problem: { code: 'fulfillment.window_closed' } })
  expect((await offer()).days[0]?.date).toBe('2026-03-03')
  clock.advance(-2 * 3_600_000)
  const closed = await windowAt('2026-03-06', '08:00')
  await staff(endpoints.changeWindow, {
    params: { windowId: closed },
    body: { closed: true, reason: 'Chauffeur absent' },
  })
  await expect(buyIn(closed)).rejects.toMatchObject({ problem: { code: 'fulfillment.window_closed' } })
  expect((await offer()).days.find(({ date }) => date === '2026-03-06')?.windows).toHaveLength(2)
  const open = await windowAt('2026-03-06', '10:00')
  await expect(buyIn(open, { address: { postalCode: '69002' } })).rejects.toMatchObject({
    problem: { code: 'fulfillment.window_elsewhere' },
  })
})

test('what no route can keep is neither offered nor sold, although places are left', async () => {
  const date = '2026-03-07'
  const windowId = await windowAt(date, '08:00')
  // Le Croisic, 80 km away by road at 30 km/h: nobody is there by ten who left at seven.
  const far = { latitude: 47.2925, longitude: -2.5133 }
  const offered = (await offer('44000', 1, far)).days.find((day) => day.date === date)
  expect(offered?.windows.map(({ startsAt }) => parisTime(startsAt))).toEqual(['10:00', '14:00'])
  expect(offered?.withheld).toBe(1)
  await expect(buyIn(windowId, { coordinates: far })).rejects.toMatchObject({
    problem: { code: 'fulfillment.window_out_of_reach' },
  })
  expect(await taken(windowId, date)).toBe(0)
  // Two ends of the country for one van, each feasible alone: racing, only one is promised.
  const two = [far, { latitude: 47.2, longitude: -0.6 }]
  const ten = await windowAt(date, '10:00')
  const settled = await Promise.allSettled(two.map((coordinates) => buyIn(ten, { coordinates })))
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await taken(ten, date)).toBe(1)
  await settle()
})

test('a heavy order is for a vehicle that can carry it', async () => {
  const date = '2026-03-08'
  const offered = await visitor(endpoints.offerWindows, {
    query: { cartId: await cartOf(400, other), postalCode: '44000' },
  })
  // Four hundred times half a kilogram is within 800 kg; a smaller van cannot.
  expect(offered.days.find((day) => day.date === date)?.windows).toHaveLength(3)
  const depots = await staff(endpoints.listDepots)
  const { id } = depots.items[0]?.vehicles[0] ?? {}
  await staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [{ ...van, id, capacityKg: 100 }] } })
  const again = await visitor(endpoints.offerWindows, {
    query: { cartId: await cartOf(400, other), postalCode: '44000' },
  })
  expect(again.days.find((day) => day.date === date)?.windows).toHaveLength(0)
  await staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [{ ...van, id }] } })
})

test('a vehicle that is back before it leaves is refused', async () => {
  const backwards = { ...van, from: '19:00', until: '07:00' }
  const putting = staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [backwards] } })
  await expect(putting).rejects.toMatchObject({ problem: { status: 400 } })
})

test('public holidays have no windows, unless somebody decides so; dates can be closed', async () => {
  clock.set('2026-04-27T09:00:00Z')
  await makeComingWindows.run(ctx, {})
  const dates = async () => (await offer()).days.map(({ date }) => date)
  expect(await dates()).not.toContain('2026-05-01')
  expect(await dates()).not.toContain('2026-05-08')
  expect(await dates()).toContain('2026-05-02')
  const body = (open: boolean | null) => ({ open, reason: 'Fête' })
  await staff(endpoints.setZoneDay, { params: { code: 'nantes', date: '2026-05-08' }, body: body(true) })
  await staff(endpoints.setZoneDay, { params: { code: 'nantes', date: '2026-05-02' }, body: body(false) })
  expect(await dates()).toContain('2026-05-08')
  expect(await dates()).not.toContain('2026-05-02')
  const { items, holidays } = await staff(endpoints.listWindows, { query: { from: '2026-05-01', until: '2026-05-10' } })
  expect(items.filter(({ date }) => date === '2026-05-02')).toMatchObject([
    { closed: true, reason: 'Fête', capacity: 4 },
    { closed: true },
    { closed: true },
  ])
  expect(holidays.map(({ date }) => date)).toEqual(['2026-05-01', '2026-05-08'])
  await staff(endpoints.setZoneDay, { params: { code: 'nantes', date: '2026-05-02' }, body: body(null) })
  expect(await dates()).toContain('2026-05-02')
  // A changed week follows, but for what was changed by hand.
  const byHand = await windowAt('2026-05-05', '10:00')
  await staff(endpoints.changeWindow, { params: { windowId: byHand }, body: { capacity: 9 } })
  await staff(endpoints.putZone, {
    params: { code: 'nantes' },
    body: zone({ template: zone().template.map((one) => ({ ...one, capacity: 6 })) }),
  })
  const after = await staff(endpoints.listWindows, { query: { from: '2026-05-05', until: '2026-05-05' } })
  expect(after.items.map(({ capacity }) => capacity)).toEqual([6, 9, 6])
})

test('a capacity goes below what is taken only on purpose, with a reason', async () => {
  const windowId = await windowAt('2026-05-06', '10:00')
  const orders = await Promise.all([buyIn(windowId), buyIn(windowId)])
  const change = (body: object) => staff(endpoints.changeWindow, { params: { windowId }, body })
  await expect(change({ capacity: 1 })).rejects.toMatchObject({
    problem: { code: 'fulfillment.below_taken', details: { taken: 2 } },
  })
  await expect(change({ capacity: 1, overbook: true })).rejects.toMatchObject({
    problem: { code: 'fulfillment.reason_required' },
  })
  expect(await change({ capacity: 1, overbook: true, reason: 'Un seul fourgon' })).toMatchObject({
    capacity: 1,
    taken: 2,
    overbooking: 1,
  })
  await expect(buyIn(windowId)).rejects.toMatchObject({ problem: { code: 'orders.promise_full' } })
  await settle()
  await staff(endpoints.cancelOrder, { params: { orderId: orders[0]?.orderId ?? '' }, body: { reason: 'changed' } })
  await settle()
  expect(await taken(windowId, '2026-05-06')).toBe(1)
  await expect(buyIn(windowId)).rejects.toMatchObject({ problem: { code: 'orders.promise_full' } })
})

test('the supplement of a window stays paid by who changes their mind, and goes back when the seller failed', async () => {
  const back = async (date: string, reason: 'changed_mind' | 'defective') => {
    const placed = await buyIn(await windowAt(date, '10:00'))
    await settle()
    const orderId = placed.orderId
    const row = (await staff(endpoints.listFulfillments, { query: { q: placed.number } })).items[0]
    const params = { fulfillmentId: row?.id ?? '' }
    await staff(endpoints.markPrepared, { params })
    await staff(endpoints.ship, { params, body: { carrier: 'Écluse', trackingNumber: 'F1' } })
    const line = { lineId: row?.lines[0]?.lineId ?? '', quantity: 1, reason, disposition: 'restock' as const }
    const made = await staff(endpoints.createReturn, {
      params: { orderId },
      body: { siteId: shop.sites['nantes'] ?? '', lines: [line] },
    })
    const { delivery, returns } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    return [made.refund, delivery.fee, delivery.surcharge, delivery.feeBack, returns[0]?.carriage].map(
      (one) => one?.amountMinor,
    )
  }
  // Standard delivery of these goods costs 5.90, the window 7.90.
  expect(await back('2026-05-07', 'changed_mind')).toEqual([1_590, 790, 200, 590, 590])
  expect(await back('2026-05-08', 'defective')).toEqual([1_790, 790, 200, 790, 790])
})

test('a reservation whose order never came is swept', async () => {
  const date = '2026-05-09'
  const windowId = await windowAt(date, '10:00')
  const desk = app.wiring.placement.windows
  const chosen = await desk.find(ctx, { windowId, postalCode: '44000' })
  await desk.reserve(ctx, chosen, {
    address: { ...street, country: 'FR' },
    coordinates: undefined,
    weightGrams: 500,
    pieces: 1,
  })
  expect(await stopsOn(date)).toBe(1)
  await sweepReservations.run(ctx, {})
  expect(await stopsOn(date)).toBe(1)
  clock.advance(31 * 60_000)
  await sweepReservations.run(ctx, {})
  expect(await stopsOn(date)).toBe(0)
  await drawRoutes(ctx, { placeId, date, slices: 2 })
})

test('a request repeated under its key is answered as the first time, though the window is full', async () => {
  const date = '2026-05-10'
  const windowId = await windowAt(date, '14:00')
  await staff(endpoints.changeWindow, { params: { windowId }, body: { capacity: 1 } })
  const body = webPurchase([{ variantId, quantity: 1 }], {
    delivery: { method: 'delivery', address: street, windowId },
  })
  const send = () => visitor(endpoints.placeOrder, { body }, { idempotencyKey: 'window-repeated-1' })
  const first = await send()
  expect(await send()).toEqual(first)
  expect(await taken(windowId, date)).toBe(1)
})

test('staff of another shop may not touch them', async () => {
  const elsewhere = asStaff(undefined, [shop.sites['lyon'] ?? ''])
  await expect(elsewhere(endpoints.putZone, { params: { code: 'nantes' }, body: zone() })).rejects.toMatchObject({
    problem: { code: 'access.wrong_site' },
  })
  await expect(elsewhere(endpoints.getRoutes, { params: { placeId, date: '2026-05-07' } })).rejects.toMatchObject({
    problem: { code: 'access.wrong_site' },
  })
  expect((await elsewhere(endpoints.listZones)).items).toEqual([])
})
