import { describe, expect, test, vi } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { publish } from '../../../kernel/outbox.ts'
import { createSender } from '../send-deliveries.ts'
import { isGenuine, openReceiver, type Received } from './receiver.ts'
import { day, openWebhookShop, sequencesOf } from './webhook-shop.ts'

const { ctx, clock, staff, settle, send, happen, subscribe } = await openWebhookShop()

describe('a webhook', () => {
  test('gets the events it subscribed to, signed, without what its schema does not name', async () => {
    const receiver = await openReceiver()
    const { secret, list, read } = await subscribe(receiver.url)
    const aggregateId = ctx.ids.next()
    await happen(aggregateId, aggregateId)
    await command(ctx, (tx) =>
      publish(tx, ctx, [{ type: 'catalog.category_changed', version: 1, aggregateId, payload: {} }]),
    )
    await settle()
    await send(ctx)
    expect(sequencesOf(receiver.received, aggregateId)).toEqual([1, 2])
    const [first] = receiver.received as [Received]
    vi.useFakeTimers({ now: clock.now(), toFake: ['Date'] })
    expect(isGenuine(secret, first)).toBe(true)
    expect(isGenuine(secret, { ...first, body: first.body.replace('1200', '1201') })).toBe(false)
    expect(first.headers['webhook-id']).toBe(first.event.id)
    expect(first.event).toMatchObject({ type: 'payments.payment_captured', version: 1, aggregateId, sequence: 1 })
    expect(first.event.timestamp).toBe(clock.now().toISOString())
    expect(Object.keys(first.event.data).toSorted()).toEqual(['amountMinor', 'currency', 'method', 'paymentId'])
    expect(await list()).toMatchObject([
      { state: 'delivered', attempts: 1, status: 204, error: null, sequence: 2 },
      { state: 'delivered', attempts: 1, status: 204, error: null, sequence: 1 },
    ])
    expect((await read()).health).toMatchObject({ waiting: 0, delivered24h: 2, failing24h: 0, lastError: null })
  })

  test('keeps its secret: shown once, the same for the same request, closed in the database', async () => {
    const body = { url: 'https://hooks.example.com/a', types: null }
    const options = { idempotencyKey: 'create-webhook-1' }
    const made = await staff(endpoints.createWebhook, { body }, options)
    const again = await staff(endpoints.createWebhook, { body }, options)
    expect(again).toEqual(made)
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect((await staff(endpoints.listWebhooks)).items).toHaveLength(1)
    expect(JSON.stringify(await staff(endpoints.listWebhooks))).not.toContain('whsec_')
    const bytes = Buffer.from(made.secret.slice(6), 'base64')
    const { rows } = await ctx.db.query('select secret from interchange.webhook')
    expect(rows[0].secret.includes(bytes)).toBe(false)
    const kept = await ctx.db.query('select response::text from kernel.idempotency_key')
    expect(JSON.stringify(kept.rows)).not.toContain(made.secret)
  })

  test('is signed for by both secrets while one replaces the other', async () => {
    const receiver = await openReceiver()
    const { secret: old, params } = await subscribe(receiver.url)
    const { secret: fresh } = await staff(endpoints.rotateWebhookSecret, { params, body: { overlapHours: 2 } })
    await happen(ctx.ids.next())
    await send(ctx)
    clock.advance(2 * 3_600_000)
    await happen(ctx.ids.next())
    await send(ctx)
    const [during, after] = receiver.received as [Received, Received]
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2)
    vi.useFakeTimers({ now: clock.now().getTime() - 2 * 3_600_000, toFake: ['Date'] })
    expect([isGenuine(old, during), isGenuine(fresh, during)]).toEqual([true, true])
    vi.setSystemTime(clock.now())
    expect([isGenuine(old, after), isGenuine(fresh, after)]).toEqual([false, true])
  })

  test('is tested with an event of its own, which waits behind nothing', async () => {
    const receiver = await openReceiver()
    const { params } = await subscribe(receiver.url)
    receiver.replyWith(() => ({ status: 500, body: '<b>no</b>\u0000' }))
    const first = await staff(endpoints.testWebhook, { params })
    await send(ctx)
    expect(
      (await staff(endpoints.getDelivery, { params: { ...params, eventId: first.eventId } })).delivery,
    ).toMatchObject({
      state: 'waiting',
      error: 'http',
      status: 500,
      answer: '<b>no</b>',
    })
    receiver.replyWith(() => ({ status: 200 }))
    const second = await staff(endpoints.testWebhook, { params })
    await send(ctx)
    const { delivery, event } = await staff(endpoints.getDelivery, { params: { ...params, eventId: second.eventId } })
    expect(delivery.state).toBe('delivered')
    expect(event).toMatchObject({ type: 'interchange.webhook_tested', data: {} })
  })
})

describe('a receiver that fails', () => {
  test('has events of one aggregate wait for the first, while the others go on', async () => {
    const receiver = await openReceiver()
    const { list } = await subscribe(receiver.url)
    const [bad, good] = [ctx.ids.next(), ctx.ids.next()]
    receiver.replyWith(({ event }) => ({ status: event.aggregateId === bad ? 500 : 200 }))
    await happen(bad, bad, good, good)
    await send(ctx)
    expect(sequencesOf(receiver.received, bad)).toEqual([1])
    expect(sequencesOf(receiver.received, good)).toEqual([1, 2])
    expect((await list({ state: 'waiting' })).map(({ sequence, behind }) => [sequence, behind])).toEqual([
      [2, true],
      [1, false],
    ])
    receiver.replyWith(() => ({ status: 200 }))
    await send(ctx)
    expect(sequencesOf(receiver.received, bad)).toEqual([1])
    clock.advance(6_000)
    await send(ctx)
    expect(sequencesOf(receiver.received, bad)).toEqual([1, 1, 2])
  })

  test('is tried ten times over three days, then the webhook is switched off and others are told', async () => {
    const receiver = await openReceiver()
    const watching = await openReceiver()
    const { read, list, params } = await subscribe(receiver.url)
    await subscribe(watching.url, null)
    receiver.replyWith(() => 'cut')
    const began = clock.now().getTime()
    await happen(ctx.ids.next())
    const times: number[] = []
    while ((await read()).active) {
      const before = receiver.received.length
      await send(ctx)
      await settle()
      if (receiver.received.length > before) times.push(clock.now().getTime() - began)
      if (times.length === 7 && (await list()).length === 1) await happen(ctx.ids.next())
      clock.advance(30 * 60_000)
      if (times.length === 0 || clock.now().getTime() - began > 10 * day) break
    }
    expect(times.length).toBeGreaterThan(7)
    expect(times.at(-1)).toBeGreaterThanOrEqual(3 * day)
    expect(await read()).toMatchObject({ active: false, disabledReason: 'unreachable' })
    expect((await list())[0]?.error).toBe('connection')
    await send(ctx)
    expect(watching.received.at(-1)?.event).toMatchObject({
      type: 'interchange.webhook_disabled',
      data: { endpointId: params.webhookId, reason: 'unreachable' },
    })
    // Nothing is written for it any more; what waited is sent when it is switched on again.
    const missed = ctx.ids.next()
    await happen(missed)
    receiver.replyWith(() => ({ status: 200 }))
    await staff(endpoints.updateWebhook, { params, body: { active: true } })
    const { waiting } = (await read()).health
    expect(waiting).toBeGreaterThan(0)
    await send(ctx)
    expect(receiver.accepted()).toHaveLength(waiting)
    expect(sequencesOf(receiver.received, missed)).toEqual([])
  })

  test('gives up one event that it never takes, and gets those behind it', async () => {
    const receiver = await openReceiver()
    const { list, read } = await subscribe(receiver.url)
    const aggregateId = ctx.ids.next()
    receiver.replyWith(({ event }) => ({
      status: event.aggregateId === aggregateId && event.sequence === 1 ? 422 : 200,
    }))
    await happen(aggregateId, aggregateId)
    for (let turn = 0; turn < 24; turn++) {
      await send(ctx)
      // Others are taken meanwhile: it is the event that is at fault.
      await happen(ctx.ids.next())
      await send(ctx)
      clock.advance(5 * 3_600_000)
    }
    await send(ctx)
    expect(sequencesOf(receiver.received, aggregateId)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2])
    expect(await list({ state: 'failed' })).toMatchObject([{ sequence: 1, attempts: 10, status: 422, error: 'http' }])
    expect(await read()).toMatchObject({ active: true })
  })

  test('is switched off at once by 410', async () => {
    const receiver = await openReceiver()
    const { read, list } = await subscribe(receiver.url)
    receiver.replyWith(() => ({ status: 410 }))
    await happen(ctx.ids.next())
    await send(ctx)
    expect(await read()).toMatchObject({ active: false, disabledReason: 'gone' })
    expect(await list()).toMatchObject([{ state: 'failed', attempts: 1 }])
  })

  test('is left alone as long as it asks for', async () => {
    const receiver = await openReceiver()
    const { read } = await subscribe(receiver.url)
    receiver.replyWith(() => ({ status: 503, headers: { 'retry-after': '3600' } }))
    await happen(ctx.ids.next())
    await send(ctx)
    await happen(ctx.ids.next())
    clock.advance(3_590_000)
    await send(ctx)
    expect(receiver.received).toHaveLength(1)
    expect((await read()).restingUntil).not.toBeNull()
    receiver.replyWith(() => ({ status: 200 }))
    clock.advance(11_000)
    await send(ctx)
    expect(receiver.received).toHaveLength(3)
    expect((await read()).restingUntil).toBeNull()
  })

  test('is not waited for beyond the limit, not followed elsewhere, and not read without end', async () => {
    const receiver = await openReceiver()
    const elsewhere = await openReceiver()
    const { list } = await subscribe(receiver.url)
    receiver.replyWith(() => 'hang')
    await happen(ctx.ids.next())
    await send(ctx)
    expect((await list())[0]).toMatchObject({ error: 'timeout', state: 'waiting' })
    clock.advance(60_000)
    receiver.replyWith(() => ({ status: 302, headers: { location: elsewhere.url } }))
    await send(ctx)
    expect((await list())[0]).toMatchObject({ error: 'redirect', status: 302 })
    expect(elsewhere.received).toEqual([])
    clock.advance(day)
    receiver.replyWith(() => ({ status: 200, body: 'x'.repeat(5_000_000) }))
    await send(ctx)
    const [delivery] = await list()
    expect(delivery?.state).toBe('delivered')
    expect(delivery?.answer).toHaveLength(500)
  })
})

describe('under load', () => {
  test('two senders send each event once, in order per aggregate, over few connections', async () => {
    const receiver = await openReceiver()
    const { read } = await subscribe(receiver.url)
    const aggregates = Array.from({ length: 30 }, () => ctx.ids.next())
    let n = 0
    receiver.replyWith(() => ({ status: n++ % 7 === 3 ? 500 : 200, afterMs: n % 5 }))
    for (let round = 0; round < 4; round++) await happen(...aggregates)
    const senders = [createSender(), createSender()]
    for (let turn = 0; turn < 60 && (await read()).health.waiting > 0; turn++) {
      await Promise.all(senders.map((one) => one(ctx)))
      clock.advance(400_000)
    }
    expect((await read()).health.waiting).toBe(0)
    expect(new Set(receiver.accepted()).size).toBe(120)
    expect(receiver.accepted()).toHaveLength(120)
    const taken = receiver.accepted().map((id) => receiver.received.find(({ event }) => event.id === id)?.event)
    for (const aggregateId of aggregates)
      expect(taken.filter((event) => event?.aggregateId === aggregateId).map((event) => event?.sequence)).toEqual([
        1, 2, 3, 4,
      ])
    expect(receiver.busiest()).toBeLessThanOrEqual(8)
    expect(receiver.connections()).toBeLessThanOrEqual(16)
  })

  test('one turn sends everything that is due', async () => {
    const receiver = await openReceiver()
    const { read } = await subscribe(receiver.url)
    await happen(...Array.from({ length: 400 }, () => ctx.ids.next()))
    await send(ctx)
    expect(receiver.accepted()).toHaveLength(400)
    expect((await read()).health.waiting).toBe(0)
  })

  test('what a sender that died had taken is sent by another when the lease is over', async () => {
    const receiver = await openReceiver()
    await subscribe(receiver.url)
    receiver.replyWith(() => 'hang')
    await happen(ctx.ids.next())
    const dying = createSender({ timeoutMs: 2_000 })(ctx)
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1))
    receiver.replyWith(() => ({ status: 200 }))
    await send(ctx)
    expect(receiver.received).toHaveLength(1)
    clock.advance(61_000)
    await send(ctx)
    expect(receiver.accepted()).toHaveLength(1)
    // Its answer comes too late to count.
    await dying
    expect(receiver.accepted()).toHaveLength(1)
  })
})
