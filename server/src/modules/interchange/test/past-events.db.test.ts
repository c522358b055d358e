import { describe, expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { webPurchase } from '../../../../test/kit/shop.ts'
import { deleteOldDeliveries } from '../jobs/delete-old-deliveries.ts'
import { openReceiver } from './receiver.ts'
import { day, openWebhookShop, sequencesOf } from './webhook-shop.ts'

const { ctx, clock, staff, visitor, shop, settle, send, tell, happen, subscribe } = await openWebhookShop()

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : error
}

describe('events of the past', () => {
  test('are sent again from a time or an event on, in order, those of some types', async () => {
    const receiver = await openReceiver()
    const [a, b] = [ctx.ids.next(), ctx.ids.next()]
    clock.advance(day)
    const since = clock.now().toISOString()
    await happen(a, b, a)
    await happen(b, a)
    const { params, list } = await subscribe(receiver.url, null)
    const count = (query: object) => staff(endpoints.countReplay, { params, query })
    expect(await count({ since })).toMatchObject({ count: 5 })
    expect(await count({ since, types: 'orders.order_placed' })).toMatchObject({ count: 0 })
    expect(await staff(endpoints.replayEvents, { params, body: { since } })).toEqual({ count: 5 })
    await send(ctx)
    expect(sequencesOf(receiver.received, a)).toEqual([1, 2, 3])
    expect(sequencesOf(receiver.received, b)).toEqual([1, 2])
    const second = (await list()).find(({ aggregateId, sequence }) => aggregateId === a && sequence === 2)
    expect(await count({ after: second?.eventId })).toMatchObject({ count: 2 })
    await staff(endpoints.replayEvents, { params, body: { after: second?.eventId } })
    await send(ctx)
    expect(sequencesOf(receiver.received, a)).toEqual([1, 2, 3, 3])
    expect(sequencesOf(receiver.received, b)).toEqual([1, 2, 2])
    // One alone, delivered long ago.
    await staff(endpoints.resendDelivery, { params: { ...params, eventId: second?.eventId ?? '' } })
    await send(ctx)
    expect(sequencesOf(receiver.received, a)).toEqual([1, 2, 3, 3, 2])
    await staff(endpoints.updateWebhook, { params, body: { active: false } })
    expect(await refusal(staff(endpoints.replayEvents, { params, body: { since } }))).toBe('interchange.webhook_paused')
    expect(await refusal(count({ after: ctx.ids.next() }))).toBe('interchange.event_not_found')
    expect(await refusal(count({ types: 'orders.nothing' }))).toBe('interchange.unknown_event_type')
  })

  test('are listed in order for those who fetch them, and the end of the list is a place to go on from', async () => {
    const [a, b] = [ctx.ids.next(), ctx.ids.next()]
    clock.advance(day)
    const since = clock.now().toISOString()
    await happen(a, b, a)
    await happen(b)
    const first = await staff(endpoints.listEvents, { query: { since, limit: 3 } })
    expect(first.items).toHaveLength(3)
    expect(first.hasMore).toBe(true)
    const second = await staff(endpoints.listEvents, { query: { after: first.next } })
    expect(second.items.map(({ aggregateId }) => aggregateId)).toEqual([b])
    expect(second.hasMore).toBe(false)
    expect((await staff(endpoints.listEvents, { query: { after: second.next } })).items).toEqual([])
    await happen(a)
    const third = await staff(endpoints.listEvents, { query: { after: second.next } })
    expect(third.items.map(({ sequence }) => sequence)).toEqual([3])
    const byId = await staff(endpoints.listEvents, { query: { after: second.items[0]?.id ?? '' } })
    expect(byId.items).toEqual(third.items)
    const none = await staff(endpoints.listEvents, { query: { since, types: 'orders.order_placed' } })
    expect(none.items).toEqual([])
    expect((await staff(endpoints.listEvents, { query: { after: none.next } })).items).toEqual([])
    expect(await refusal(staff(endpoints.listEvents, { query: { after: 'nonsense' } }))).toBe('kernel.invalid_cursor')
  })

  test('a clock that goes back loses no event for who goes on from it', async () => {
    const [a, b] = [ctx.ids.next(), ctx.ids.next()]
    clock.advance(10 * day)
    await tell([a])
    clock.advance(-9 * day)
    await settle()
    await happen(b)
    const { items } = await staff(endpoints.listEvents, { query: { limit: 200 } })
    const id = items.find(({ aggregateId }) => aggregateId === a)?.id ?? ''
    const { items: later } = await staff(endpoints.listEvents, { query: { after: id } })
    expect(later.map(({ aggregateId }) => aggregateId)).toEqual([b])
    clock.advance(9 * day)
  })

  test('what really happens is what the schemas say', async () => {
    const since = clock.now().toISOString()
    const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
    const { orderId } = await visitor(endpoints.placeOrder, { body: webPurchase(lines) })
    await settle()
    await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'asked by Camille' } })
    await settle()
    const { items } = await staff(endpoints.listEvents, { query: { since, limit: 200 } })
    const ours = items.filter(({ aggregateId }) => aggregateId === orderId)
    expect(ours.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['orders.order_placed', 'orders.order_cancelled']),
    )
    expect(JSON.stringify(items)).not.toMatch(/camille/i)
  })

  test('deliveries that are over go after a time; those that wait stay', async () => {
    const receiver = await openReceiver()
    const { list } = await subscribe(receiver.url)
    const [done, waits] = [ctx.ids.next(), ctx.ids.next()]
    receiver.replyWith(({ event }) => ({ status: event.aggregateId === done ? 200 : 500 }))
    await happen(done, waits)
    await send(ctx)
    clock.advance(31 * day)
    await deleteOldDeliveries.run(ctx, {})
    expect((await list()).map(({ aggregateId }) => aggregateId)).toEqual([waits])
  })
})
