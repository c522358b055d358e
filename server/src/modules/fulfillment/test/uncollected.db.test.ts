import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { verifyStock } from '../../inventory/public.ts'
import { comparePools } from '../../promises/public.ts'
import { expirePickups, remindOfPickups } from '../expire-pickups.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 8, unitsPerPlace: 5 })
const staff = asStaff()
const { nantes = '' } = shop.sites
const { provider } = app.wiring.placement
const day = 86_400_000
let next = 0

async function run(name: string): Promise<void> {
  await app.wiring.jobs.find((job) => job.name === name)?.run(ctx, {})
}
/** A paid pick-up, ready in Nantes. */
async function ready() {
  const variantId = shop.variantIds[next++] ?? ''
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 2 }], { delivery: { method: 'pickup', siteId: nantes } }),
  })
  await settle()
  await run('payments.capture')
  const { items } = await staff(endpoints.listFulfillments, { query: { q: placed.number } })
  const id = items[0]?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId: id } })
  await settle()
  return { ...placed, id, variantId }
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const messagesOf = async (orderId: string) =>
  (await staff(endpoints.listMessages, { query: { orderId } })).items.map(({ template }) => template)
async function stockOf(variantId: string) {
  const { items } = await staff(endpoints.listStock, { query: { variantId } })
  const { onHand, committed } = items.find((item) => item.placeName.includes('nantes')) ?? {}
  return { onHand, committed }
}
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

describe('a pick-up nobody fetches', () => {
  test('is reminded of once, and back in stock and refunded when its time is over', async () => {
    const pickup = await ready()
    expect(await remindOfPickups(ctx)).toBe(0)
    clock.advance(3 * day)
    expect(await remindOfPickups(ctx)).toBe(1)
    expect(await remindOfPickups(ctx)).toBe(0)
    await settle()
    expect(await messagesOf(pickup.orderId)).toContain('pickup_waiting')
    clock.advance(6 * day)
    expect(await expirePickups(ctx, provider)).toBe(0)
    clock.advance(day)
    // Whoever looks first.
    const ended = await Promise.all([expirePickups(ctx, provider), expirePickups(ctx, provider)])
    expect(ended[0] + ended[1]).toBe(1)
    await settle()
    await run('payments.make-refunds')
    const order = await orderOf(pickup.orderId)
    expect(order).toMatchObject({ documentState: 'cancelled', paymentState: 'refunded' })
    expect(await stockOf(pickup.variantId)).toEqual({ onHand: 5, committed: 0 })
    const told = await messagesOf(pickup.orderId)
    expect(told).toContain('pickup_expired')
    expect(told).not.toContain('order_cancelled')
    const handOver = { params: { fulfillmentId: pickup.id }, body: { pickupCode: 'AAAA' } }
    expect(await refusal(staff(endpoints.handOver, handOver))).toBe('fulfillment.wrong_state')
  })

  test('is not ended before its buyer has been told for a day, nor once it was fetched', async () => {
    const late = await ready()
    const fetched = await ready()
    clock.advance(20 * day)
    expect(await expirePickups(ctx, provider)).toBe(0)
    expect(await remindOfPickups(ctx)).toBe(2)
    expect(await expirePickups(ctx, provider)).toBe(0)
    const { delivery } = await orderOf(fetched.orderId)
    await staff(endpoints.handOver, {
      params: { fulfillmentId: fetched.id },
      body: { pickupCode: delivery.pickupCode ?? '' },
    })
    clock.advance(day)
    expect(await expirePickups(ctx, provider)).toBe(1)
    expect((await orderOf(late.orderId)).documentState).toBe('cancelled')
    expect((await orderOf(fetched.orderId)).documentState).toBe('confirmed')
    expect(await comparePools(ctx.db)).toEqual([])
    expect((await verifyStock(ctx.db)).differences).toEqual([])
  })

  test('waits as long as was decided', async () => {
    await staff(endpoints.putPickupRules, { body: { remindAfterDays: 1, keepDays: 2 } })
    const pickup = await ready()
    clock.advance(day)
    await remindOfPickups(ctx)
    clock.advance(day)
    await expirePickups(ctx, provider)
    expect((await orderOf(pickup.orderId)).documentState).toBe('cancelled')
    expect(await refusal(staff(endpoints.putPickupRules, { body: { remindAfterDays: 5, keepDays: 4 } }))).toBe(
      'kernel.invalid_input',
    )
    await staff(endpoints.putPickupRules, { body: { remindAfterDays: 3, keepDays: 10 } })
  })
})

test('somebody else fetches it: named by its buyer, noted by the shop', async () => {
  const pickup = await ready()
  const params = { orderId: pickup.orderId }
  const token = pickup.accessToken
  expect(await refusal(visitor(endpoints.nameCollector, { params, body: { token: 'no', name: 'Paul' } }))).toBe(
    'orders.not_found',
  )
  await visitor(endpoints.nameCollector, { params, body: { token, name: 'Paul Le Goff' } })
  expect(await visitor(endpoints.getCollector, { params, query: { token } })).toEqual({ name: 'Paul Le Goff' })
  const { items } = await staff(endpoints.listFulfillments, { query: { q: pickup.number } })
  expect(items[0]).toMatchObject({ collectorName: 'Paul Le Goff', collectedBy: null })
  const { delivery } = await orderOf(pickup.orderId)
  const handed = await staff(endpoints.handOver, {
    params: { fulfillmentId: pickup.id },
    body: { pickupCode: delivery.pickupCode ?? '', collectedBy: 'Paul Le Goff' },
  })
  expect(handed).toMatchObject({ state: 'handed_over', collectedBy: 'Paul Le Goff' })
  const { timeline } = await orderOf(pickup.orderId)
  expect(timeline.find(({ type }) => type === 'fulfillment.handed_over')?.details).toMatchObject({
    collectedBy: 'Paul Le Goff',
  })
})
