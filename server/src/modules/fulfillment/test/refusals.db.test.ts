import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { changeCapacity, ensurePools, takePromises } from '../../promises/public.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 14, unitsPerPlace: 5 })
const { model, placement } = app.wiring
const variant = (n: number): string => shop.variantIds[n] ?? ''
const staff = asStaff()

/** One shop sends parcels too. */
await inTransaction(ctx.db, async (tx) => {
  const lyon = (await listPlaces(tx)).find(({ code }) => code === 'lyon')
  if (lyon) await putPlace(ctx, tx, { ...lyon, shipsParcels: true })
})
await model.refreshTerms()

async function buy(lines: { variantId: string; quantity: number }[], pickupAt?: string): Promise<string> {
  const delivery = pickupAt ? { delivery: { method: 'pickup' as const, siteId: shop.sites[pickupAt] ?? '' } } : {}
  const { orderId } = await visitor(endpoints.placeOrder, { body: webPurchase(lines, delivery) })
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  return orderId
}

const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })

async function preparationsOf(orderId: string) {
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  return items.filter((item) => item.orderId === orderId)
}

async function refuse(orderId: string, lineId: string, reason: RefusalReason, key?: string, client = staff) {
  const open = (await preparationsOf(orderId)).find(
    ({ state, lines }) => state !== 'cancelled' && lines.some((line) => line.lineId === lineId),
  )
  return client(
    endpoints.refuseLine,
    { params: { fulfillmentId: open?.id ?? '' }, body: { lineId, reason } },
    key ? { idempotencyKey: key } : {},
  )
}

async function levels(variantId: string, place: string) {
  const { items } = await staff(endpoints.listStock, { query: { variantId, placeId: shop.places[place] } })
  const { onHand, committed, safety, available } = items[0]!
  return { onHand, committed, safety, available }
}

const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))

test.each([
  ['not_found', { onHand: 3, committed: 0, safety: 0, available: 3 }],
  ['damaged', { onHand: 3, committed: 0, safety: 0, available: 3 }],
  ['display_only', { onHand: 5, committed: 0, safety: 2, available: 3 }],
] as const)('%s: the line goes elsewhere, and the right quantity is put right', async (reason, left) => {
  const variantId = variant(['not_found', 'damaged', 'display_only'].indexOf(reason))
  const orderId = await buy([{ variantId, quantity: 2 }])
  const [line] = (await orderOf(orderId)).lines
  expect(await levels(variantId, 'entrepot')).toEqual({ onHand: 5, committed: 2, safety: 0, available: 3 })
  const answer = await refuse(orderId, line!.id, reason)
  expect(answer).toMatchObject({ outcome: 'moved', placeName: 'Magasin de lyon', fulfillment: { state: 'cancelled' } })
  expect(await levels(variantId, 'entrepot')).toEqual(left)
  expect(await levels(variantId, 'lyon')).toMatchObject({ onHand: 5, committed: 2 })
  const open = (await preparationsOf(orderId)).filter(({ state }) => state === 'to_prepare')
  expect(open.map(({ siteName, lines }) => [siteName, lines.length])).toEqual([['Magasin de lyon', 1]])
  await settle()
  const { timeline, lines } = await orderOf(orderId)
  expect(lines[0]).toMatchObject({ placeName: 'Magasin de lyon', exception: null })
  expect(timeline.at(-1)).toMatchObject({ type: 'fulfillment.line_refused', details: { refusal: reason } })
  const { decisions } = await staff(endpoints.getOrderSourcing, { params: { orderId } })
  expect(decisions.map(({ cause }) => cause)).toEqual(['placed', 'refused'])
  expect(decisions[1]?.sourcing.plans[0]?.allocations[0]?.placeId).toBe(shop.places['lyon'])
  const refusing = decisions[1]?.sourcing.places.find(({ placeId }) => placeId === shop.places['entrepot'])
  expect(refusing?.outcome).toBe(reason === 'not_found' || left.available > 0 ? 'forbidden' : 'has_nothing')
})

test('a refusal under the same key is one refusal; the same line refused again is not there any more', async () => {
  const orderId = await buy([
    { variantId: variant(3), quantity: 1 },
    { variantId: variant(4), quantity: 1 },
  ])
  const { lines } = await orderOf(orderId)
  const lineId = lines[0]!.id
  const [open] = await preparationsOf(orderId)
  const ask = (key?: string) =>
    staff(
      endpoints.refuseLine,
      { params: { fulfillmentId: open!.id }, body: { lineId, reason: 'damaged' } },
      key ? { idempotencyKey: key } : {},
    )
  const answers = await Promise.all([ask('said-once-only'), ask('said-once-only'), ask('said-once-only')])
  expect(answers.map(({ placeId }) => placeId)).toEqual(Array(3).fill(shop.places['lyon']))
  expect(answers[0]?.fulfillment).toMatchObject({ state: 'to_prepare', lines: [{ lineId: lines[1]!.id }] })
  expect(await ask().catch(codeOf)).toBe('fulfillment.line_gone')
  expect((await levels(variant(3), 'entrepot')).onHand).toBe(4)
})

test('only who works there may refuse, and only what has not left', async () => {
  const orderId = await buy([{ variantId: variant(5), quantity: 1 }])
  const { lines } = await orderOf(orderId)
  const elsewhere = asStaff(['fulfillment:write', 'orders:read'], [shop.sites['nantes'] ?? ''])
  expect(await refuse(orderId, lines[0]!.id, 'damaged', undefined, elsewhere).catch(codeOf)).toBe('access.wrong_site')
  const [row] = await preparationsOf(orderId)
  // Both at once: exactly one of them happens.
  const [shipped, refused] = await Promise.allSettled([
    staff(endpoints.ship, {
      params: { fulfillmentId: row!.id },
      body: { carrier: 'Colissimo', trackingNumber: null },
    }),
    refuse(orderId, lines[0]!.id, 'not_found'),
  ])
  expect([shipped, refused].filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await settle()
  const order = await orderOf(orderId)
  expect(order.fulfillmentState).toBe(shipped.status === 'fulfilled' ? 'fulfilled' : 'to_prepare')
  expect((await levels(variant(5), 'entrepot')).onHand).toBe(4)
})

test('hand-over and refusal of a pick-up at the same moment: one of them wins', async () => {
  for (let round = 0; round < 4; round++) {
    const orderId = await buy([{ variantId: variant(6), quantity: 1 }], 'nantes')
    const order = await orderOf(orderId)
    const [row] = await preparationsOf(orderId)
    await staff(endpoints.markPrepared, { params: { fulfillmentId: row!.id } })
    const both = await Promise.allSettled([
      staff(endpoints.handOver, {
        params: { fulfillmentId: row!.id },
        body: { pickupCode: order.delivery.pickupCode ?? '' },
      }),
      refuse(orderId, order.lines[0]!.id, 'not_found'),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const after = await orderOf(orderId)
    expect(after.lines[0]?.exception).toBe(both[0]?.status === 'fulfilled' ? null : 'unsourced')
  }
})

test('nobody has it: it waits until stock comes in, and is then prepared', async () => {
  const variantId = variant(7)
  const orderId = await buy([{ variantId, quantity: 5 }])
  const lineId = (await orderOf(orderId)).lines[0]!.id
  await refuse(orderId, lineId, 'not_found')
  expect(await refuse(orderId, lineId, 'not_found')).toMatchObject({ outcome: 'unsourced', placeId: null })
  const decide = (choice: 'retry' | 'wait' | 'cancel') =>
    staff(endpoints.resolveLine, { params: { orderId, lineId }, body: { choice } })
  expect(await decide('retry')).toEqual({ outcome: 'unsourced' })
  expect(await decide('wait')).toEqual({ outcome: 'waiting' })
  clock.advance(60_000)
  await staff(endpoints.recordMovement, {
    body: { kind: 'receipt', variantId, placeId: shop.places['entrepot'] ?? '', quantity: 6, reason: null },
  })
  await settle()
  const order = await orderOf(orderId)
  expect(order.lines[0]).toMatchObject({ exception: null, placeName: 'Entrepôt' })
  expect(order.timeline.at(-1)?.type).toBe('fulfillment.line_served')
  expect(await levels(variantId, 'entrepot')).toMatchObject({ onHand: 6, committed: 5 })
  expect(await decide('cancel').catch(codeOf)).toBe('orders.line_not_open')
})

test('nobody has it: the line is cancelled and refunded, the last one takes the order with it', async () => {
  const orderId = await buy(
    [
      { variantId: variant(8), quantity: 1 },
      { variantId: variant(9), quantity: 2 },
    ],
    'lille',
  )
  const { lines, total } = await orderOf(orderId)
  for (const line of lines) await refuse(orderId, line.id, 'damaged')
  const cancel = (lineId: string) =>
    staff(endpoints.resolveLine, { params: { orderId, lineId }, body: { choice: 'cancel' } })
  expect(await cancel(lines[0]!.id)).toEqual({ outcome: 'cancelled' })
  await settle()
  await makeRefunds(ctx, placement.provider)
  await settle()
  const half = await orderOf(orderId)
  expect(half.refunded).toEqual(lines[0]!.lineTotal)
  expect(half).toMatchObject({ documentState: 'confirmed', paymentState: 'paid' })
  expect(await cancel(lines[1]!.id)).toEqual({ outcome: 'order_cancelled' })
  await settle()
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect(await orderOf(orderId)).toMatchObject({ documentState: 'cancelled', refunded: total })
})

test('too busy: nothing more is asked of the place today, and the stock is as it was', async () => {
  const orderId = await buy([{ variantId: variant(10), quantity: 1 }])
  const line = (await orderOf(orderId)).lines[0]!
  await refuse(orderId, line.id, 'too_busy')
  expect(await levels(variant(10), 'entrepot')).toEqual({ onHand: 5, committed: 0, safety: 0, available: 5 })
  await settle()
  await model.refreshTerms()
  const next = await buy([{ variantId: variant(10), quantity: 1 }])
  expect((await orderOf(next)).lines[0]?.placeName).toBe('Magasin de lyon')
  clock.advance(26 * 3_600_000)
  const tomorrow = await buy([{ variantId: variant(10), quantity: 1 }])
  expect((await orderOf(tomorrow)).lines[0]?.placeName).toBe('Entrepôt')
})

test('after all this everything still adds up', async () => {
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('what was promised in a window is only looked for where the window is driven from', async () => {
  const orderId = await buy([{ variantId: variant(11), quantity: 1 }])
  const [line] = (await orderOf(orderId)).lines
  await inTransaction(ctx.db, async (tx) => {
    const poolId = ctx.ids.next()
    const promiseId = ctx.ids.next()
    await ensurePools(tx, 'window', [poolId])
    await changeCapacity(tx, [{ poolId, delta: 1n }])
    const lines = [{ promiseId, poolId, quantity: 1n }]
    await takePromises(ctx, tx, [{ referenceId: orderId, as: 'committed', expiresAt: null, lines }])
    await tx.query(
      `insert into orders.order_promise (order_id, promise_id, pool_id, kind, quantity) values ($1, $2, $3, 'window', 1)`,
      [orderId, promiseId, poolId],
    )
  })
  expect(await refuse(orderId, line!.id, 'damaged')).toMatchObject({ outcome: 'unsourced' })
})
