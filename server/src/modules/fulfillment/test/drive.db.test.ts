import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 4, unitsPerPlace: 40 })
const { placement } = app.wiring
const staff = asStaff()
const siteId = shop.sites['nantes'] ?? ''
const variantId = shop.variantIds[0] ?? ''
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))

const settings = { bays: 3, slotMinutes: 30 as const, capacity: 4, active: true }
await staff(endpoints.putDrive, { params: { siteId }, body: settings })

async function slots() {
  const { sites } = await visitor(endpoints.offerDriveSlots, { query: { channel: 'web' } })
  return sites.flatMap(({ days }) => days.flatMap((day) => day.slots))
}
async function slotAfter(startsAt: string) {
  return (await slots()).find((slot) => slot.startsAt > startsAt) ?? (await slots())[0]!
}
const ask = (slotId: string, quantity = 1, key?: string) =>
  visitor(
    endpoints.placeOrder,
    { body: webPurchase([{ variantId, quantity }], { delivery: { method: 'pickup', siteId, slotId } }) },
    key ? { idempotencyKey: key } : {},
  )
async function delivered() {
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
}
const board = () => staff(endpoints.getDriveBoard, { params: { siteId }, query: {} })
async function prepared(orderId: string) {
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId, limit: 200 } })
  const id = items.find((item) => item.orderId === orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId: id } })
  const { delivery } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  return { id, code: delivery.pickupCode ?? '' }
}

test('a slot takes as many customers as it says, however many ask at once, and gives places back', async () => {
  const slot = (await slots())[0]!
  expect(slot).toMatchObject({ capacity: 4, left: 4 })
  const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => ask(slot.id)))
  const placed = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
  expect(placed).toHaveLength(4)
  for (const attempt of attempts)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('orders.promise_full')
  expect((await slots()).some(({ id }) => id === slot.id)).toBe(false)
  await delivered()
  const order = await staff(endpoints.getOrder, { params: { orderId: placed[0]!.orderId }, query: {} })
  expect([order.delivery.promisedAt, order.delivery.latestAt]).toEqual([slot.startsAt, slot.endsAt])
  await staff(endpoints.cancelOrder, { params: { orderId: placed[0]!.orderId }, body: { reason: 'essai' } })
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect((await slots()).find(({ id }) => id === slot.id)?.left).toBe(1)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('stock and slot are taken together: neither is kept when the other is missing', async () => {
  const slot = await slotAfter((await slots())[0]!.startsAt)
  // Thirty-six are left here at the most, asked for by two at once: one of them gets its slot and its goods.
  const attempts = await Promise.allSettled([ask(slot.id, 20), ask(slot.id, 20), ask(slot.id, 20)])
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await slots()).find(({ id }) => id === slot.id)?.left).toBe(3)
  await delivered()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('the same purchase sent again is answered again, though it has filled the slot', async () => {
  const open = (await slots()).find(({ left }) => left === 1) ?? (await slots())[0]!
  for (let left = open.left; left > 1; left--) await ask(open.id)
  const answers = await Promise.all([ask(open.id, 1, 'drive-once-only'), ask(open.id, 1, 'drive-once-only')])
  expect(answers[0]?.orderId).toBe(answers[1]?.orderId)
  expect((await ask(open.id, 1, 'drive-once-only')).orderId).toBe(answers[0]?.orderId)
  await delivered()
})

test('customers say that they are there; one bay takes one car, whoever sends it', async () => {
  const slot = (await slots()).find(({ left }) => left >= 3)!
  const orders = [await ask(slot.id), await ask(slot.id), await ask(slot.id)]
  await delivered()
  const arrive = (n: number, told: { bay?: number; vehicle?: string } = {}) =>
    visitor(endpoints.signalArrival, {
      params: { orderId: orders[n]!.orderId },
      body: { token: orders[n]!.accessToken, ...told },
    })
  const wrong = visitor(endpoints.signalArrival, {
    params: { orderId: orders[0]!.orderId },
    body: { token: 'guessed' },
  })
  expect(await wrong.catch(codeOf)).toBe('orders.not_found')
  clock.set(new Date(slot.startsAt))
  await arrive(0, { vehicle: 'Kangoo bleue' })
  const { arrivedAt } = await arrive(0, { bay: 2 })
  clock.advance(60_000)
  // Said again: the car is the same, and so is the time they have waited.
  expect(await arrive(0)).toEqual({ arrivedAt, bay: 2 })
  expect(await arrive(1, { bay: 2 }).catch(codeOf)).toBe('fulfillment.bay_taken')
  expect(await arrive(1, { bay: 9 }).catch(codeOf)).toBe('fulfillment.bay_unknown')
  await arrive(1)
  await arrive(2)
  // Two clerks send two cars to one bay at once.
  const send = (n: number, bay: number) =>
    staff(endpoints.assignBay, { params: { orderId: orders[n]!.orderId }, body: { bay } })
  const sent = await Promise.allSettled([send(1, 3), send(2, 3), send(1, 3), send(2, 3)])
  const inBay = (await board()).visits.filter(({ bay }) => bay === 3)
  expect(inBay).toHaveLength(1)
  expect(sent.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  // Moved on, the bay it had is free.
  await send(0, 1)
  const other = inBay[0]!.orderId === orders[1]!.orderId ? 2 : 1
  await send(other, 2)
  const waiting = (await board()).visits.filter(({ arrivedAt: at, servedAt }) => at !== null && servedAt === null)
  expect(waiting.map(({ bay }) => bay ?? 0).sort((a, b) => a - b)).toEqual([1, 2, 3])
  expect(waiting[0]).toMatchObject({ vehicle: 'Kangoo bleue', waitedSeconds: 60 })
  // Handed over, with the code: the bay is free, and the time they waited is measured.
  const { id, code } = await prepared(orders[0]!.orderId)
  clock.advance(180_000)
  await staff(endpoints.handOver, { params: { fulfillmentId: id }, body: { pickupCode: code } })
  const after = await board()
  expect(after.measured).toEqual({ served: 1, medianWaitSeconds: 240, withinFiveMinutes: 1 })
  await send(other, 1)
  expect(await arrive(0).catch(codeOf)).toBe('fulfillment.not_awaited')
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('whoever has been served is not awaited, and a bay is free when another shop has handed over the rest', async () => {
  const [other = ''] = shop.variantIds.slice(1)
  const elsewhere = shop.sites['lille'] ?? ''
  const { id: slotId } = (await slots()).find(({ left }) => left >= 2)!
  const walkedIn = await ask(slotId)
  const inParts = await visitor(endpoints.placeOrder, {
    body: webPurchase(
      [
        { variantId, quantity: 1 },
        { variantId: other, quantity: 1 },
      ],
      {
        delivery: { method: 'pickup', siteId, slotId },
        pickups: [{ siteId: elsewhere, variantIds: [other] }],
      },
    ),
  })
  await delivered()
  const arrive = ({ orderId, accessToken: token }: typeof walkedIn) =>
    visitor(endpoints.signalArrival, { params: { orderId }, body: { token, bay: null } })
  const fetched = async ({ orderId }: typeof walkedIn, at: string) => {
    const { items } = await staff(endpoints.listFulfillments, { query: { siteId: at, limit: 200 } })
    const { id = '' } = items.find((item) => item.orderId === orderId) ?? {}
    await staff(endpoints.markPrepared, { params: { fulfillmentId: id } })
    const { groups, delivery } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    const pickupCode = groups.find((group) => group.siteId === at)?.pickupCode ?? delivery.pickupCode ?? ''
    await staff(endpoints.handOver, { params: { fulfillmentId: id }, body: { pickupCode } })
  }
  await fetched(walkedIn, siteId)
  expect(await arrive(walkedIn).catch(codeOf)).toBe('fulfillment.not_awaited')

  const visitOf = async () => (await board()).visits.find(({ orderId }) => orderId === inParts.orderId)
  await arrive(inParts)
  await fetched(inParts, elsewhere)
  expect(await visitOf()).toMatchObject({ servedAt: null })
  await fetched(inParts, siteId)
  expect(await visitOf()).toMatchObject({ servedAt: expect.any(String) })
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a slot that is over, of another shop or unknown is refused; a drive that closes offers none', async () => {
  const [slot] = await slots()
  const elsewhere = visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 1 }], {
      delivery: { method: 'pickup', siteId: shop.sites['lyon'] ?? '', slotId: slot!.id },
    }),
  })
  expect(await elsewhere.catch(codeOf)).toBe('fulfillment.slot_not_found')
  clock.set(new Date(slot!.startsAt))
  expect(await ask(slot!.id).catch(codeOf)).toBe('fulfillment.slot_over')
  const narrow = asStaff(['windows:write', 'orders:read'], [shop.sites['lyon'] ?? ''])
  const change = narrow(endpoints.putDrive, { params: { siteId }, body: settings })
  expect(await change.catch(codeOf)).toBe('access.wrong_site')
  await staff(endpoints.putDrive, { params: { siteId }, body: { ...settings, active: false } })
  expect(await slots()).toEqual([])
  const open = await query(
    ctx.db,
    sql`select id from fulfillment.drive_slot where not closed and starts_at > ${clock.now()}`,
  )
  expect(open).toEqual([])
})
