import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { actingStaff, addTestFile, fileProduct } from '../../../../test/kit/download-shop.ts'
import { createWindowShop } from './window-shop.ts'

const kit = await createWindowShop()
const { app, ctx, shop, visitor, staff, settle, variantId, other, street } = kit
const { placement } = app.wiring
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const site = (code: string): string => shop.sites[code] ?? ''
const lyon = site('lyon')
await staff(endpoints.putDrive, {
  params: { siteId: lyon },
  body: { bays: 2, slotMinutes: 30, capacity: 2, active: true },
})
const guide = await fileProduct(staff, 'carnet')
await addTestFile(actingStaff(kit), guide, { label: 'Carnet', fileName: 'carnet.pdf', content: 'pages' })
await settle()

async function windows() {
  const offer = await visitor(endpoints.offerWindows, {
    query: { cartId: await kit.cartOf(), postalCode: '44000' },
  })
  return offer.days.flatMap((day) => day.windows)
}
async function slots() {
  const { sites } = await visitor(endpoints.offerDriveSlots, { query: { channel: 'web' } })
  return sites.flatMap(({ days }) => days.flatMap((day) => day.slots))
}
const lines = [variantId, other, guide].map((id) => ({ variantId: id, quantity: 1 }))
/** One article at home in a window, one at the drive of Lyon, one to download. */
const ask = (windowId: string, slotId: string, more: Record<string, unknown> = {}) =>
  visitor(endpoints.placeOrder, {
    body: webPurchase(lines, {
      delivery: { method: 'delivery', windowId, address: street },
      pickups: [{ siteId: lyon, slotId, variantIds: [other] }],
      downloadConsent: { version: '2026-11' },
      ...more,
    }),
  })
async function paid() {
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const cancel = (orderId: string, no: number, token: string) =>
  visitor(endpoints.cancelPart, { params: { orderId, no }, body: { token } })
const stopsOf = (orderId: string) =>
  query<{ weight_grams: number }>(
    ctx.db,
    sql`select weight_grams from fulfillment.route_stop where order_id = ${orderId}`,
  )

test('a window, a slot of a drive and a file in one order: each part at its time, taken in the same transaction', async () => {
  const [window] = await windows()
  const [slot] = await slots()
  const { orderId, total } = await ask(window!.id, slot!.id)
  await paid()
  const order = await orderOf(orderId)
  expect(order.groups.map(({ method, timed, promisedAt, latestAt }) => [method, timed, promisedAt, latestAt])).toEqual([
    ['delivery', 'window', window!.startsAt, window!.endsAt],
    ['pickup', 'drive', slot!.startsAt, slot!.endsAt],
    ['download', null, null, null],
  ])
  expect(order.groups[0]?.fee.amountMinor).toBe(790)
  expect(order.paid).toEqual(total)
  // The delivery weighs what is in its part.
  expect(await stopsOf(orderId)).toEqual([{ weight_grams: 500 }])
  const board = await staff(endpoints.getDriveBoard, {
    params: { siteId: lyon },
    query: { date: slot!.startsAt.slice(0, 10) },
  })
  expect(JSON.stringify(board)).toContain(order.number)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a slot that is full refuses the whole, and the window is given back', async () => {
  const window = (await windows())[1]
  const slot = (await slots())[1]
  const left = window!.left
  const attempts = await Promise.allSettled(Array.from({ length: 4 }, () => ask(window!.id, slot!.id)))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  for (const attempt of attempts)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('orders.promise_full')
  await paid()
  expect((await windows()).find(({ id }) => id === window!.id)?.left).toBe((left ?? 0) - 2)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('two drives in one order are refused, and so is a slot of another shop', async () => {
  const [slot] = await slots()
  const two = ask('0192a000-0000-7000-8000-000000000000', slot!.id, {
    delivery: { method: 'pickup', siteId: lyon, slotId: slot!.id },
  })
  expect(await two.catch(codeOf)).toBe('orders.group_wrong')
  const elsewhere = ask('', slot!.id, {
    delivery: { method: 'delivery', address: street },
    pickups: [{ siteId: site('nantes'), slotId: slot!.id, variantIds: [other] }],
  })
  expect(await elsewhere.catch(codeOf)).toBe('fulfillment.slot_not_found')
})

test('a change that leaves nothing in a part ends it: its window is free, its carriage goes back', async () => {
  const window = (await windows())[3]
  const slot = (await slots())[3]
  const { orderId, accessToken: token } = await ask(window!.id, slot!.id)
  await paid()
  const { lines: bought, total } = await orderOf(orderId)
  const line = bought.find(({ groupNo }) => groupNo === 0)
  const params = { orderId }
  const { revision } = await visitor(endpoints.getChangeable, { params, query: { token } })
  const body = { token, revision, lines: [{ lineId: line?.id ?? '', quantity: 0 }] }
  const back = (line?.lineTotal.amountMinor ?? 0) + 790
  expect((await visitor(endpoints.priceChange, { params, body })).difference.amountMinor).toBe(0 - back)
  await visitor(endpoints.changeOrder, { params, body })
  await settle()
  const after = await orderOf(orderId)
  expect(after.total.amountMinor).toBe(total.amountMinor - back)
  expect(after.groups.map(({ no, state, feeBack }) => [no, state === 'cancelled', feeBack.amountMinor])).toEqual([
    [0, true, 790],
    [1, false, 0],
    [2, false, 0],
  ])
  expect(await stopsOf(orderId)).toEqual([])
  expect((await windows()).find(({ id }) => id === window!.id)?.left).toBe(window!.left)
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect((await orderOf(orderId)).refunded.amountMinor).toBe(back)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('its buyer cancels one part: goods, window and money of it come back, the rest goes on', async () => {
  const window = (await windows())[2]
  const slot = (await slots())[2]
  const { orderId, accessToken } = await ask(window!.id, slot!.id)
  await paid()
  const before = await orderOf(orderId)
  expect(before.groups.map(({ cancellable }) => cancellable)).toEqual([true, true, false])
  expect(await cancel(orderId, 0, 'wrong').catch(codeOf)).toBe('orders.not_found')
  expect(await cancel(orderId, 2, accessToken).catch(codeOf)).toBe('orders.part_not_cancellable')
  const twice = await Promise.allSettled([cancel(orderId, 0, accessToken), cancel(orderId, 0, accessToken)])
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await settle()
  await makeRefunds(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  expect(order.groups.map(({ state }) => state)).toEqual(['cancelled', 'to_prepare', 'fulfilled'])
  const home = order.lines.find(({ groupNo }) => groupNo === 0)
  expect(order.refunded.amountMinor).toBe((home?.lineTotal.amountMinor ?? 0) + 790)
  expect(order.documentState).toBe('confirmed')
  expect((await windows()).find(({ id }) => id === window!.id)?.left).toBe(window!.left)
  expect(await stopsOf(orderId)).toEqual([])
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const mine = items.filter((item) => item.orderId === orderId)
  expect(Object.fromEntries(mine.map(({ method, state }) => [method, state]))).toEqual({
    delivery: 'cancelled',
    pickup: 'to_prepare',
  })
  const told = await staff(endpoints.listMessages, { query: { orderId } })
  expect(told.items.filter(({ template }) => template === 'part_cancelled')).toHaveLength(1)
  expect(order.timeline.some(({ type }) => type === 'orders.part_cancelled')).toBe(true)
  // Prepared, it stays; staff say why they cancel.
  const pickup = mine.find(({ method }) => method === 'pickup')?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId: pickup } })
  expect(await cancel(orderId, 1, accessToken).catch(codeOf)).toBe('orders.part_not_cancellable')
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('staff say why; the last part takes the order with it, and no carriage is given back twice', async () => {
  const slot = (await slots())[3]
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase(lines.slice(0, 2), {
      delivery: { method: 'delivery', address: street },
      pickups: [{ siteId: lyon, slotId: slot!.id, variantIds: [other] }],
    }),
  })
  await paid()
  const { orderId } = placed
  const drop = (no: number, reason?: string) =>
    staff(endpoints.cancelPart, { params: { orderId, no }, body: reason ? { reason } : {} })
  expect(await drop(0).catch(codeOf)).toBe('orders.part_not_cancellable')
  await drop(0, 'article abîmé')
  await settle()
  await drop(1, 'article abîmé')
  await settle()
  await makeRefunds(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  expect(order.documentState).toBe('cancelled')
  expect(order.refunded).toEqual(order.paid)
  expect((await slots()).find(({ id }) => id === slot!.id)?.left).toBe(slot!.left)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})
