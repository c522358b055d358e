import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { bundled } from '../../../../simulation/bundled.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { command } from '../../../kernel/command.ts'
import { systemContext } from '../../../kernel/context.ts'
import { publish } from '../../../kernel/outbox.ts'
import { createRelay } from '../../../kernel/relay.ts'
import { writeDeliveries } from '../subscribers/write-deliveries.ts'
import { createWebhook, webhookSecretFor } from '../write-webhook.ts'
import { openReceiver } from './receiver.ts'

const { db, connectionString } = await createTestDatabase()
const services = createTestServices(db, { clock: systemClock, config: { webhookPrivateAddresses: 'allow' } })
const ctx = systemContext(services, 'test')
const relay = createRelay(services, [writeDeliveries])

async function startSender(aheadMs: number) {
  const program = await bundled(new URL('sender-child.ts', import.meta.url))
  return fork(program, [connectionString, services.config.sessionSecret, String(aheadMs)], { execArgv: [] })
}

test('senders killed in the middle lose nothing and keep the order', { timeout: 120_000 }, async () => {
  const receiver = await openReceiver()
  await command(ctx, (tx) =>
    createWebhook(ctx, tx, { url: receiver.url, description: '', types: null, secret: webhookSecretFor(ctx) }),
  )
  const aggregates = Array.from({ length: 40 }, () => ctx.ids.next())
  const payload = { categoryId: ctx.ids.next(), code: 'velos' }
  for (let round = 0; round < 5; round++)
    await command(ctx, (tx) =>
      publish(
        tx,
        ctx,
        aggregates.map((aggregateId) => ({ type: 'catalog.category_changed', version: 1, aggregateId, payload })),
      ),
    )
  await relay.drain()
  receiver.replyWith(() => ({ status: 200, afterMs: 5 }))
  // Each new sender lives after the leases of those that were killed.
  for (const [turn, enough] of [40, 100, 150].entries()) {
    const child = await startSender(turn * 61_000)
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(enough), { timeout: 20_000, interval: 2 })
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect(receiver.accepted().length).toBeLessThan(200)
  const last = await startSender(4 * 61_000)
  await once(last, 'message')
  await once(last, 'exit')

  const firsts = [...new Set(receiver.accepted())].map(
    (id) => receiver.received.find(({ event }) => event.id === id)?.event,
  )
  expect(firsts).toHaveLength(200)
  for (const aggregateId of aggregates)
    expect(firsts.filter((event) => event?.aggregateId === aggregateId).map((event) => event?.sequence)).toEqual([
      1, 2, 3, 4, 5,
    ])
  const { rows } = await db.query(`select state, count(*)::int as n from interchange.webhook_delivery group by 1`)
  expect(rows).toEqual([{ state: 'delivered', n: 200 }])
})
