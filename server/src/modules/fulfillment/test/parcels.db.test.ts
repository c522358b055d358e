import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 12, unitsPerPlace: 9 })
const { model, placement } = app.wiring
const variant = (n: number): string => shop.variantIds[n] ?? ''
const staff = asStaff()
await inTransaction(ctx.db, async (tx) => {
  const lyon = (await listPlaces(tx)).find(({ code }) => code === 'lyon')
  if (lyon) await putPlace(ctx, tx, { ...lyon, shipsParcels: true })
})
await model.refreshTerms()

async function buy(...lines: [variant: number, quantity: number][]) {
  const wanted = lines.map(([n, quantity]) => ({ variantId: variant(n), quantity }))
  const { orderId, accessToken } = await visitor(endpoints.placeOrder, { body: webPurchase(wanted) })
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  const preparation = await openPreparation(orderId)
  return { orderId, accessToken, lineIds: order.lines.map(({ id }) => id), fulfillmentId: preparation?.id ?? '' }
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
async function openPreparation(orderId: string) {
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  return items.find((item) => item.orderId === orderId && (item.state === 'to_prepare' || item.state === 'ready'))
}
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))

const pack = (fulfillmentId: string, lines: { lineId: string; quantity: number }[], key?: string) =>
  staff(
    endpoints.packParcel,
    { params: { fulfillmentId }, body: { lines, weightGrams: 1200 } },
    key ? { idempotencyKey: key } : {},
  )
const hand = (fulfillmentId: string, parcelId: string, body = { carrier: 'DPD', trackingNumber: '01234567890123' }) =>
  staff(endpoints.shipParcel, { params: { fulfillmentId, parcelId }, body })
const move = (
  fulfillmentId: string,
  parcelId: string,
  state: 'in_transit' | 'delivered' | 'returned_to_sender' | 'lost',
) => staff(endpoints.moveParcel, { params: { fulfillmentId, parcelId }, body: { state } })

test('an order leaves in two parcels, on two days, and each is told of and followed', async () => {
  const { orderId, accessToken, fulfillmentId, lineIds } = await buy([0, 3], [1, 1])
  const [lamps = '', tent = ''] = lineIds
  const packing = await pack(fulfillmentId, [{ lineId: lamps, quantity: 2 }])
  expect(packing.fulfillment.state).toBe('to_prepare')
  expect(packing.left).toEqual([
    { lineId: lamps, quantity: 1 },
    { lineId: tent, quantity: 1 },
  ])
  const first = packing.parcels[0]?.id ?? ''
  const sent = await hand(fulfillmentId, first)
  expect(sent.parcels[0]).toMatchObject({
    state: 'handed_to_carrier',
    trackingUrl: 'https://trace.dpd.fr/fr/trace/01234567890123',
    weightGrams: 1200,
  })
  // Paid whole, sent in part: the two are told apart.
  const half = await orderOf(orderId)
  expect([half.paymentState, half.fulfillmentState]).toEqual(['paid', 'partially_fulfilled'])
  expect(half.lines.map((line) => line.fulfilledQuantity)).toEqual([2, 0])
  const of = () => visitor(endpoints.getParcels, { params: { orderId }, query: { token: accessToken } })
  expect((await of()).state).toBe('partially_shipped')
  expect((await of()).lines[0]).toMatchObject({ ordered: 3, shipped: 2, open: 1, state: 'partially_shipped' })
  clock.advance(24 * 3_600_000)
  await move(fulfillmentId, first, 'delivered')
  expect((await of()).state).toBe('partially_delivered')
  const all = await pack(fulfillmentId, [
    { lineId: lamps, quantity: 1 },
    { lineId: tent, quantity: 1 },
  ])
  expect(all.fulfillment.state).toBe('ready')
  const second = all.parcels[1]?.id ?? ''
  const closed = await hand(fulfillmentId, second, { carrier: 'Escale Express', trackingNumber: 'EX 1' })
  expect(closed.fulfillment.state).toBe('shipped')
  expect((await of()).state).toBe('partially_delivered')
  await move(fulfillmentId, second, 'in_transit')
  await move(fulfillmentId, second, 'delivered')
  expect(await of()).toMatchObject({ state: 'delivered', items: [{ position: 1 }, { position: 2, trackingUrl: null }] })
  expect((await orderOf(orderId)).fulfillmentState).toBe('fulfilled')
  await settle()
  const { items } = await staff(endpoints.listMessages, { query: { orderId } })
  expect(items.filter(({ template }) => template === 'shipped')).toHaveLength(2)
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('the same articles packed by two people at once are packed once', async () => {
  const { orderId, fulfillmentId, lineIds } = await buy([2, 4])
  const [lineId = ''] = lineIds
  const attempts = await Promise.allSettled(
    Array.from({ length: 6 }, () => pack(fulfillmentId, [{ lineId, quantity: 3 }])),
  )
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const attempt of attempts)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('fulfillment.not_left_to_pack')
  // Asked again under the same key, by a network that stuttered: the same parcel.
  const again = await Promise.all(
    Array.from({ length: 3 }, () => pack(fulfillmentId, [{ lineId, quantity: 1 }], 'packed-once-only')),
  )
  expect(new Set(again.map(({ parcels }) => parcels.length))).toEqual(new Set([2]))
  const parcels = again[0]?.parcels.map(({ id }) => id) ?? []
  // And given to the carrier by both: it leaves the stock once.
  const sent = await Promise.allSettled([...parcels, ...parcels].map((parcelId) => hand(fulfillmentId, parcelId)))
  expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect((await orderOf(orderId)).lines[0]?.fulfilledQuantity).toBe(4)
  const promises = await query(
    ctx.db,
    sql`select quantity::int, state from promises.promise where reference_id = ${orderId} order by quantity`,
  )
  expect(promises).toEqual([
    { quantity: 1, state: 'fulfilled' },
    { quantity: 3, state: 'fulfilled' },
  ])
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a number that cannot be of its carrier is refused, and a parcel can be taken apart until it leaves', async () => {
  const { fulfillmentId, lineIds } = await buy([3, 2])
  const [lineId = ''] = lineIds
  const { parcels } = await pack(fulfillmentId, [{ lineId, quantity: 2 }])
  const parcelId = parcels[0]?.id ?? ''
  const wrong = { carrier: 'mondial relay', trackingNumber: '123' }
  expect(await hand(fulfillmentId, parcelId, wrong).catch(codeOf)).toBe('fulfillment.tracking_number_wrong')
  const params = { fulfillmentId, parcelId }
  expect(await staff(endpoints.refuseLine, { params, body: { lineId, reason: 'damaged' } }).catch(codeOf)).toBe(
    'fulfillment.line_packed',
  )
  expect(await move(fulfillmentId, parcelId, 'delivered').catch(codeOf)).toBe('fulfillment.wrong_state')
  const apart = await staff(endpoints.unpackParcel, { params })
  expect(apart).toMatchObject({ parcels: [], left: [{ lineId, quantity: 2 }] })
  // All at once, without packing first: one parcel with everything.
  const body = { carrier: 'UPS', trackingNumber: '1z 12345e 0205271686' }
  expect(await staff(endpoints.ship, { params, body })).toMatchObject({
    state: 'shipped',
    trackingNumber: '1Z12345E0205271686',
  })
  const elsewhere = asStaff(['fulfillment:write', 'orders:read'], [shop.sites['nantes'] ?? ''])
  expect(await elsewhere(endpoints.getPacking, { params, query: {} }).catch(codeOf)).toBe('access.wrong_site')
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('what is missing after a first parcel left is taken from another shop', async () => {
  const { orderId, fulfillmentId, lineIds } = await buy([4, 3])
  const [lineId = ''] = lineIds
  const { parcels } = await pack(fulfillmentId, [{ lineId, quantity: 2 }])
  await hand(fulfillmentId, parcels[0]?.id ?? '')
  const params = { fulfillmentId }
  const refused = await staff(endpoints.refuseLine, { params, body: { lineId, reason: 'not_found' } })
  expect(refused).toMatchObject({ outcome: 'moved', fulfillment: { state: 'shipped', lines: [{ quantity: 2 }] } })
  await settle()
  const rest = await openPreparation(orderId)
  expect(rest).toMatchObject({ siteName: 'Magasin de lyon', lines: [{ quantity: 1 }] })
  await staff(endpoints.ship, {
    params: { fulfillmentId: rest?.id ?? '' },
    body: { carrier: 'GLS', trackingNumber: null },
  })
  expect(await orderOf(orderId)).toMatchObject({ fulfillmentState: 'fulfilled', lines: [{ fulfilledQuantity: 3 }] })
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a lost parcel is sent again, or refunded; whichever comes first', async () => {
  const { orderId, fulfillmentId, lineIds } = await buy([5, 1], [6, 1])
  const [first = '', second = ''] = lineIds
  await pack(fulfillmentId, [{ lineId: first, quantity: 1 }])
  const { parcels } = await pack(fulfillmentId, [{ lineId: second, quantity: 1 }])
  const [one = '', two = ''] = parcels.map(({ id }) => id)
  for (const id of [one, two]) {
    await hand(fulfillmentId, id, { carrier: 'Colissimo', trackingNumber: '6A12345678901' })
    await move(fulfillmentId, id, 'lost')
  }
  const resolve = (parcelId: string, choice: 'reship' | 'refund') =>
    staff(endpoints.resolveParcel, { params: { fulfillmentId, parcelId }, body: { choice } })
  // Both choices at once: one of them.
  const both = await Promise.allSettled([resolve(one, 'reship'), resolve(one, 'refund'), resolve(one, 'reship')])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const chosen = both.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.resolution] : []))[0]
  const other = await resolve(two, chosen === 'reshipped' ? 'refund' : 'reship')
  const refunded = chosen === 'refunded' ? first : second
  expect(other.resolution).not.toBe(chosen)
  await makeRefunds(ctx, placement.provider)
  await settle()
  const order = await orderOf(orderId)
  expect(order.fulfillmentState).toBe('partially_fulfilled')
  expect(order.lines.find(({ id }) => id === refunded)).toMatchObject({ fulfilledQuantity: 1, returnedQuantity: 1 })
  expect(order.refunded.amountMinor).toBe(order.lines.find(({ id }) => id === refunded)?.lineTotal.amountMinor)
  const again = await openPreparation(orderId)
  expect(again?.lines).toHaveLength(1)
  await staff(endpoints.ship, {
    params: { fulfillmentId: again?.id ?? '' },
    body: { carrier: 'Colissimo', trackingNumber: null },
  })
  const { lines, items } = await staff(endpoints.getParcels, { params: { orderId }, query: {} })
  expect(items.map(({ resolution }) => resolution)).toEqual(
    chosen === 'reshipped' ? ['reshipped', 'refunded', null] : ['refunded', 'reshipped', null],
  )
  expect(lines.find(({ lineId }) => lineId !== refunded)).toMatchObject({ shipped: 1, lost: 0 })
  expect(await move(fulfillmentId, one, 'delivered').catch(codeOf)).toBe('fulfillment.wrong_state')
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('what its buyer brought back is not sent again nor refunded as lost', async () => {
  const { orderId, fulfillmentId, lineIds } = await buy([9, 1], [10, 1])
  const [back = ''] = lineIds
  const { parcels } = await pack(fulfillmentId, [{ lineId: back, quantity: 1 }])
  const parcelId = parcels[0]?.id ?? ''
  await hand(fulfillmentId, parcelId)
  await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: shop.sites['nantes'] ?? '',
      lines: [{ lineId: back, quantity: 1, reason: 'other', disposition: 'restock' }],
    },
  })
  await move(fulfillmentId, parcelId, 'lost')
  for (const choice of ['reship', 'refund'] as const) {
    const resolved = staff(endpoints.resolveParcel, { params: { fulfillmentId, parcelId }, body: { choice } })
    expect(await resolved.catch(codeOf)).toBe('fulfillment.came_back_already')
  }
  await move(fulfillmentId, parcelId, 'delivered')
})

test('an order whose only parcel was lost and refunded does not read as returned: nothing came back', async () => {
  const stateOf = async (orderId: string) => {
    const listed = await Promise.all(
      (['fulfilled', 'returned'] as const).map(async (fulfillmentState) => {
        const { items } = await staff(endpoints.listOrders, { query: { fulfillmentState, limit: 200 } })
        return items.filter(({ id }) => id === orderId).map((order) => order.fulfillmentState)
      }),
    )
    return [(await orderOf(orderId)).fulfillmentState, listed]
  }
  const fail = async (state: 'lost' | 'returned_to_sender') => {
    const { orderId, fulfillmentId, lineIds } = await buy([9, 1])
    const { parcels } = await pack(fulfillmentId, [{ lineId: lineIds[0] ?? '', quantity: 1 }])
    const parcelId = parcels[0]?.id ?? ''
    await hand(fulfillmentId, parcelId)
    await move(fulfillmentId, parcelId, state)
    await staff(endpoints.resolveParcel, { params: { fulfillmentId, parcelId }, body: { choice: 'refund' } })
    await makeRefunds(ctx, placement.provider)
    await settle()
    expect((await orderOf(orderId)).paymentState).toBe('refunded')
    return stateOf(orderId)
  }
  expect(await fail('lost')).toEqual(['fulfilled', [['fulfilled'], []]])
  expect(await fail('returned_to_sender')).toEqual(['returned', [[], ['returned']]])
})

test('a parcel that came back goes onto its shelf again, and its days to change one’s mind never began', async () => {
  const { orderId, fulfillmentId, lineIds } = await buy([7, 2])
  const { parcels } = await pack(fulfillmentId, [{ lineId: lineIds[0] ?? '', quantity: 2 }])
  const parcelId = parcels[0]?.id ?? ''
  const stock = async () => {
    const { items } = await staff(endpoints.listStock, {
      query: { variantId: variant(7), placeId: shop.places['entrepot'] },
    })
    return items[0]?.onHand
  }
  const before = await stock()
  await hand(fulfillmentId, parcelId)
  expect(await stock()).toBe((before ?? 0) - 2)
  await move(fulfillmentId, parcelId, 'returned_to_sender')
  await settle()
  expect((await orderOf(orderId)).returnUntil).toBeNull()
  const answer = await staff(endpoints.resolveParcel, {
    params: { fulfillmentId, parcelId },
    body: { choice: 'refund', restock: true },
  })
  const { total } = await orderOf(orderId)
  // Nothing of it is kept: carriage goes back too.
  expect(answer.refund).toEqual(total)
  expect(await stock()).toBe(before)
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('a line withdrawn from leaves the parcel it lies in; when all else has left, its preparation is shipped', async () => {
  const { orderId, accessToken, fulfillmentId, lineIds } = await buy([7, 1], [8, 1])
  const [kept = '', withdrawn = ''] = lineIds
  const withdraw = () =>
    visitor(endpoints.declareWithdrawal, {
      body: {
        contract: { orderId, token: accessToken },
        name: 'Camille Roux',
        email: 'camille@example.com',
        locale: 'fr',
        lines: [{ lineId: withdrawn, quantity: 1 }],
      },
    })
  await pack(fulfillmentId, [{ lineId: kept, quantity: 1 }])
  const { parcels } = await pack(fulfillmentId, [{ lineId: withdrawn, quantity: 1 }])
  await hand(fulfillmentId, parcels[0]?.id ?? '')
  await withdraw()
  await settle()
  await makeRefunds(ctx, placement.provider)
  await settle()
  const left = await visitor(endpoints.getParcels, { params: { orderId }, query: { token: accessToken } })
  expect(left.items).toHaveLength(1)
  expect((await orderOf(orderId)).fulfillmentState).toBe('fulfilled')
  expect(await openPreparation(orderId)).toBeUndefined()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('an order is cancelled with its packed parcels; not once one has left', async () => {
  const kept = await buy([8, 2])
  const lines = [{ lineId: kept.lineIds[0] ?? '', quantity: 1 }]
  const { parcels } = await pack(kept.fulfillmentId, lines)
  const free = await buy([8, 1])
  await pack(free.fulfillmentId, [{ lineId: free.lineIds[0] ?? '', quantity: 1 }])
  await hand(kept.fulfillmentId, parcels[0]?.id ?? '')
  const cancel = (orderId: string) => staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
  expect(await cancel(kept.orderId).catch(codeOf)).toBe('orders.not_cancellable')
  await cancel(free.orderId)
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect((await staff(endpoints.getParcels, { params: { orderId: free.orderId }, query: {} })).items).toEqual([])
  expect(await brokenAtRest(ctx.db)).toEqual([])
})
