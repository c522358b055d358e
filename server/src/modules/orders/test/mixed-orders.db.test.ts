import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 12, unitsPerPlace: 4 })
const { model, placement } = app.wiring
const variant = (n: number): string => shop.variantIds[n] ?? ''
const site = (code: string): string => shop.sites[code] ?? ''
const staff = asStaff()
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
await inTransaction(ctx.db, async (tx) => {
  const lyon = (await listPlaces(tx)).find(({ code }) => code === 'lyon')
  if (lyon) await putPlace(ctx, tx, { ...lyon, shipsParcels: true })
})
await model.refreshTerms()

const wanted = (...lines: [variant: number, quantity: number][]) =>
  lines.map(([n, quantity]) => ({ variantId: variant(n), quantity }))

async function buy(lines: ReturnType<typeof wanted>, pickups: { siteId: string; variantIds: string[] }[], more = {}) {
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase(lines, { pickups, ...more }) })
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  return placed
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
async function preparationsOf(orderId: string) {
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  return items.filter((item) => item.orderId === orderId)
}

test('one order, one part delivered and two picked up in two shops: each prepared, told of and handed over by itself', async () => {
  const { orderId, accessToken } = await buy(wanted([0, 1], [1, 2], [2, 1]), [
    { siteId: site('nantes'), variantIds: [variant(1)] },
    { siteId: site('lyon'), variantIds: [variant(2)] },
  ])
  const order = await orderOf(orderId)
  expect(
    order.groups.map(({ no, method, siteId, fee, state }) => [no, method, siteId, fee.amountMinor > 0, state]),
  ).toEqual([
    [0, 'delivery', null, order.groups[0]!.fee.amountMinor > 0, 'to_prepare'],
    [1, 'pickup', site('nantes'), false, 'to_prepare'],
    [2, 'pickup', site('lyon'), false, 'to_prepare'],
  ])
  expect(order.lines.map(({ groupNo, placeName }) => [groupNo, placeName])).toEqual([
    [0, expect.any(String)],
    [1, 'Magasin de nantes'],
    [2, 'Magasin de lyon'],
  ])
  expect(order.delivery.fee.amountMinor).toBe(order.groups.reduce((sum, { fee }) => sum + fee.amountMinor, 0))
  expect(order.paid).toEqual(order.total)
  const preparations = await preparationsOf(orderId)
  expect(preparations.map(({ method }) => method).sort()).toEqual(['delivery', 'pickup', 'pickup'])
  const at = (siteId: string) => preparations.find((row) => row.method === 'pickup' && row.siteId === siteId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId: at(site('nantes')) } })
  await settle()
  const half = await orderOf(orderId)
  expect(half.groups.map(({ state }) => state)).toEqual(['to_prepare', 'ready', 'to_prepare'])
  expect(half.fulfillmentState).toBe('to_prepare')
  const told = await staff(endpoints.listMessages, { query: { orderId } })
  expect(told.items.filter(({ template }) => template === 'pickup_ready')).toHaveLength(1)
  const codes = half.groups.map(({ pickupCode }) => pickupCode)
  expect(codes[0]).toBeNull()
  expect(codes[1]).not.toBe(codes[2])
  // The code of one part does not open another; each is found by its own.
  const give = (siteId: string, pickupCode: string) =>
    staff(endpoints.handOver, { params: { fulfillmentId: at(siteId) }, body: { pickupCode } })
  expect(await give(site('nantes'), codes[2] ?? '').catch(codeOf)).toBe('fulfillment.wrong_code')
  const found = await staff(endpoints.listFulfillments, { query: { q: codes[1] ?? '' } })
  expect(found.items.map(({ id }) => id)).toEqual([at(site('nantes'))])
  expect((await staff(endpoints.listOrders, { query: { q: codes[2] ?? '' } })).items.map(({ id }) => id)).toEqual([
    orderId,
  ])
  await give(site('nantes'), codes[1] ?? '')
  expect((await orderOf(orderId)).fulfillmentState).toBe('partially_fulfilled')
  await staff(endpoints.markPrepared, { params: { fulfillmentId: at(site('lyon')) } })
  await give(site('lyon'), codes[2] ?? '')
  const parcel = preparations.find(({ method }) => method === 'delivery')?.id ?? ''
  await staff(endpoints.ship, {
    params: { fulfillmentId: parcel },
    body: { carrier: 'Colissimo', trackingNumber: '6A12345678901' },
  })
  expect((await orderOf(orderId)).fulfillmentState).toBe('fulfilled')
  // Only what travels is counted among the parcels.
  const parcels = await visitor(endpoints.getParcels, { params: { orderId }, query: { token: accessToken } })
  expect([parcels.state, parcels.lines.length]).toEqual(['shipped', 1])
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('the carriage of a part goes back when all of that part does, in the order or the withdrawal it comes', async () => {
  const sold = await buy(wanted([9, 2], [10, 1]), [{ siteId: site('nantes'), variantIds: [variant(10)] }])
  const { orderId, accessToken } = sold
  const fee = (await orderOf(orderId)).groups[0]?.fee.amountMinor ?? 0
  expect(fee).toBeGreaterThan(0)
  for (const { id, method } of await preparationsOf(orderId)) {
    await staff(endpoints.markPrepared, { params: { fulfillmentId: id } })
    await settle()
    const code = (await orderOf(orderId)).groups[1]?.pickupCode ?? ''
    if (method === 'pickup')
      await staff(endpoints.handOver, { params: { fulfillmentId: id }, body: { pickupCode: code } })
    else await staff(endpoints.ship, { params: { fulfillmentId: id }, body: { carrier: 'C', trackingNumber: 'X1' } })
  }
  await settle()
  const lines = (await orderOf(orderId)).lines
  const [parcel, picked] = [lines.find(({ groupNo }) => groupNo === 0), lines.find(({ groupNo }) => groupNo === 1)]
  const declare = (lineId: string, quantity: number) =>
    visitor(endpoints.declareWithdrawal, {
      body: {
        contract: { orderId, token: accessToken },
        lines: [{ lineId, quantity }],
        name: 'Camille Roux',
        email: 'camille@exemple.fr',
        locale: 'fr',
      },
    })
  const unit = parcel?.unitPrice.amountMinor ?? 0
  const owed = [
    (await declare(parcel?.id ?? '', 1)).refund.amountMinor,
    (await declare(parcel?.id ?? '', 1)).refund.amountMinor,
    (await declare(picked?.id ?? '', 1)).refund.amountMinor,
  ]
  expect(owed).toEqual([unit, unit + fee, picked?.lineTotal.amountMinor])
  const bringBack = async (lineId: string, quantity: number) => {
    const back = { lineId, quantity, reason: 'changed_mind' as const, disposition: 'restock' as const }
    const body = { siteId: site('nantes'), lines: [back] }
    const { refund } = await staff(endpoints.createReturn, { params: { orderId }, body })
    await settle()
    return refund.amountMinor
  }
  expect(await bringBack(parcel?.id ?? '', 1)).toBe(unit)
  expect(await bringBack(parcel?.id ?? '', 1)).toBe(unit + fee)
  expect(
    (await orderOf(orderId)).returns.map(({ carriage }) => carriage.amountMinor).toSorted((a, b) => a - b),
  ).toEqual([0, fee])
  const told = await staff(endpoints.listMessages, { query: { orderId } })
  expect(told.items.filter(({ template }) => template === 'return_received')).toHaveLength(2)
  expect(await bringBack(picked?.id ?? '', 1)).toBe(picked?.lineTotal.amountMinor)
  await makeRefunds(ctx, placement.provider)
  await settle()
  const { paid, refunded } = await orderOf(orderId)
  expect(refunded).toEqual(paid)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('what a split cart comes to is what is charged; another split is refused its total', async () => {
  const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  for (const line of wanted([3, 1], [4, 1]))
    await visitor(endpoints.setCartLine, {
      params: { cartId: cart.id, variantId: line.variantId },
      body: { quantity: line.quantity },
      query: {},
    })
  const split = await visitor(endpoints.splitCart, {
    params: { cartId: cart.id },
    query: { pick: [`${site('nantes')}.${variant(4)}`] },
  })
  expect(split.groups.map(({ method, variantIds, missing }) => [method, variantIds, missing])).toEqual([
    ['delivery', [variant(3)], []],
    ['pickup', [variant(4)], []],
  ])
  const body = (expectedTotalMinor: number) => ({
    ...webPurchase([], {
      lines: undefined,
      cartId: cart.id,
      pickups: [{ siteId: site('nantes'), variantIds: [variant(4)] }],
      expectedTotalMinor,
    }),
  })
  const wrong = visitor(endpoints.placeOrder, { body: body(split.total.amountMinor - 1) })
  expect(await wrong.catch(codeOf)).toBe('orders.price_changed')
  const placed = await visitor(endpoints.placeOrder, { body: body(split.total.amountMinor) })
  expect(placed.total).toEqual(split.total)
  await settle()
})

test('a shop sells its last units once, whichever way they are asked for', async () => {
  const lines = wanted([5, 2], [6, 1])
  // Four in each place: two purchases of two can be picked up at Nantes, whatever else is delivered with them.
  const attempts = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      visitor(endpoints.placeOrder, {
        body: webPurchase(lines, { pickups: [{ siteId: site('nantes'), variantIds: [variant(5)] }] }),
      }),
    ),
  )
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  for (const attempt of attempts)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('orders.out_of_stock')
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a shop refuses a line of its part: it is looked for in that shop only, then cancelled and refunded', async () => {
  const { orderId } = await buy(wanted([7, 1], [8, 1]), [{ siteId: site('lyon'), variantIds: [variant(8)] }])
  const rows = await preparationsOf(orderId)
  const pickup = rows.find(({ method }) => method === 'pickup')
  const lineId = pickup?.lines[0]?.lineId ?? ''
  const refused = await staff(endpoints.refuseLine, {
    params: { fulfillmentId: pickup?.id ?? '' },
    body: { lineId, reason: 'not_found' },
  })
  expect(refused.outcome).toBe('unsourced')
  // The parcel does not wait for it.
  const parcel = rows.find(({ method }) => method === 'delivery')?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId: parcel } })
  expect((await orderOf(orderId)).groups[0]?.state).toBe('ready')
  await staff(endpoints.resolveLine, { params: { orderId, lineId }, body: { choice: 'cancel' } })
  await makeRefunds(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  expect(order.refunded).toEqual(order.lines.find(({ id }) => id === lineId)?.lineTotal)
  await staff(endpoints.ship, {
    params: { fulfillmentId: parcel },
    body: { carrier: 'GLS', trackingNumber: null },
  })
  // A line that comes back in any shop, of whichever part.
  const back = order.lines.find(({ groupNo }) => groupNo === 0)
  await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: site('lyon'),
      lines: [{ lineId: back?.id ?? '', quantity: 1, reason: 'other', disposition: 'restock' }],
    },
  })
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('an order in parts is cancelled whole while nothing has left', async () => {
  const { orderId } = await buy(wanted([9, 1], [10, 1]), [{ siteId: site('nantes'), variantIds: [variant(10)] }])
  await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
  await makeRefunds(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  expect(order.refunded).toEqual(order.total)
  expect((await preparationsOf(orderId)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('what cannot be split is refused before anything is asked of the bank', async () => {
  const lines = wanted([11, 1])
  const ask = (changes: Record<string, unknown>) =>
    visitor(endpoints.placeOrder, { body: webPurchase(lines, changes) }).catch(codeOf)
  const mine = { siteId: site('nantes'), variantIds: [variant(11)] }
  expect(await ask({ pickups: [mine] })).toBe('orders.group_wrong')
  expect(await ask({ pickups: [mine, { ...mine, siteId: site('lyon') }] })).toBe('orders.group_wrong')
  expect(await ask({ pickups: [{ siteId: site('nantes'), variantIds: [variant(0)] }] })).toBe('orders.group_wrong')
  const carried = { method: 'carry_out', siteId: site('nantes') }
  expect(await ask({ delivery: carried, pickups: [mine] })).toBe('orders.delivery_not_offered')
})
