import { expect, test } from 'vitest'
import { createTestDatabase } from '../kit/database.ts'
import { createTestServices } from '../kit/services.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { command } from '../../src/kernel/command.ts'
import { systemContext } from '../../src/kernel/context.ts'
import { publish } from '../../src/kernel/outbox.ts'
import { createRelay, type Subscriber } from '../../src/kernel/relay.ts'

const { db } = await createTestDatabase()
const services = createTestServices(db, { clock: systemClock })
const ctx = systemContext(services, 'test')

/** Publishes so many events, each of an aggregate of its own. */
async function happen(type: string, count: number, patient: boolean): Promise<void> {
  const events = Array.from({ length: count }, () => ({
    type,
    version: 1,
    aggregateId: ctx.ids.next(),
    payload: {},
    patient,
  }))
  await command(ctx, (tx) => publish(tx, ctx, events))
}

test('in a rush what can wait waits, what cannot is carried at once, and nothing is lost when it is over', async () => {
  const heard: string[] = []
  let rush = true
  const observer: Subscriber = {
    name: 'observer',
    types: ['test.order_placed', 'test.price_changed'],
    // A slow one, so that the share of the time it may take in a rush is seconds away.
    handle: async (_ctx, _tx, events) => {
      heard.push(...events.map((event) => event.type))
      await new Promise((resolve) => setTimeout(resolve, 300))
    },
  }
  const relay = createRelay(services, [observer], () => rush)
  await happen('test.order_placed', 1_200, true)
  relay.start()
  try {
    await expect.poll(() => heard.length).toBe(500)
    const asked = performance.now()
    await happen('test.price_changed', 1, false)
    await expect.poll(() => heard.includes('test.price_changed'), { interval: 20 }).toBe(true)
    expect(performance.now() - asked).toBeLessThan(1_500)
    expect(heard.filter((type) => type === 'test.order_placed')).toHaveLength(500)
    rush = false
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(1_201)
    await expect.poll(() => relay.lag()).toEqual({ waiting: 0, parked: 0 })
  } finally {
    await relay.stop()
  }
})

test('a rush keeps nothing waiting for ever, and a relay at rest stops at once', async () => {
  const late = { ...services, clock: { now: () => new Date(Date.now() + 60_000) } }
  let carried = 0
  const counter: Subscriber = {
    name: 'counter',
    types: ['test.order_placed'],
    handle: async (_ctx, _tx, events) => {
      carried += events.length
      await new Promise((resolve) => setTimeout(resolve, 200))
    },
  }
  await happen('test.order_placed', 1_100, true)
  const hurried = createRelay(late, [counter], () => true)
  hurried.start()
  await expect.poll(() => carried, { timeout: 1_700 }).toBe(1_100)
  await hurried.stop()

  await happen('test.order_placed', 600, true)
  const resting = createRelay(services, [counter], () => true)
  resting.start()
  await expect.poll(() => carried).toBe(1_600)
  const asked = performance.now()
  await resting.stop()
  expect(performance.now() - asked).toBeLessThan(1_000)
})

test('who fails on an event gets what follows of that aggregate after it, in order, while others go on', async () => {
  const [ill, well] = [ctx.ids.next(), ctx.ids.next()]
  const heard: Record<string, string[]> = { fragile: [], sturdy: [] }
  let broken = true
  const listener = (name: string, fails: () => boolean): Subscriber => ({
    name,
    types: ['test.thing_changed'],
    handle: async (_ctx, _tx, events) => {
      if (fails() && events.some(({ aggregateId }) => aggregateId === ill)) throw new Error('cannot yet')
      heard[name]?.push(...events.map(({ aggregateId, sequence }) => `${aggregateId} ${sequence}`))
    },
  })
  let now = new Date('2026-03-02T09:00:00Z')
  const relay = createRelay({ ...services, clock: { now: () => now } }, [
    listener('fragile', () => broken),
    listener('sturdy', () => false),
  ])
  const change = () =>
    command(ctx, (tx) =>
      publish(
        tx,
        ctx,
        [ill, well].map((aggregateId) => ({ type: 'test.thing_changed', version: 1, aggregateId, payload: {} })),
      ),
    )
  await change()
  await relay.drain()
  broken = false
  await change()
  await relay.drain()
  expect(heard['fragile']?.toSorted()).toEqual([`${well} 1`, `${well} 2`])
  expect(heard['sturdy']?.filter((told) => told.startsWith(ill))).toEqual([`${ill} 1`, `${ill} 2`])
  expect(await relay.lag()).toEqual({ waiting: 0, parked: 2 })
  now = new Date(now.getTime() + 3_600_000)
  await relay.drain()
  expect(heard['fragile']?.filter((told) => told.startsWith(ill))).toEqual([`${ill} 1`, `${ill} 2`])
  expect(await relay.lag()).toEqual({ waiting: 0, parked: 0 })
})
