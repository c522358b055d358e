import { testEventType } from '@ecluse/contracts/public-events.ts'
import type { Delivery } from '@ecluse/contracts/webhooks.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { eventsOf, publish } from '../../kernel/outbox.ts'
import { sendWebhooksJob } from './jobs/names.ts'
import { insertDelivery, resetDelivery } from './queries/deliveries.ts'
import { countFeed, positionAt, replayFeed, type Position } from './queries/event-feed.ts'
import { isActive } from './queries/webhooks.ts'
import { placeOf } from './read-events.ts'
import { readDelivery, readWebhook } from './webhook-view.ts'

/** So many events are sent again at once; more would be one statement too long. */
export const mostReplayed = 100_000

/**
 * Sends an event without content to one webhook, so that somebody sees whether it arrives. It waits behind nothing.
 * @throws interchange.webhook_not_found, interchange.webhook_paused
 */
export async function sendTestEvent(ctx: Ctx, tx: Tx, webhookId: string): Promise<Delivery> {
  await mustBeActive(tx, webhookId)
  const aggregateId = ctx.ids.next()
  await publish(tx, ctx, [{ type: testEventType, version: 1, aggregateId, payload: { webhookId } }])
  const [event] = await eventsOf(tx, aggregateId)
  assert(event, 'the test event was just written')
  await insertDelivery(tx, webhookId, event, ctx.clock.now())
  await callSender(tx)
  return readDelivery(tx, webhookId, event.id)
}

/**
 * Sends one event again, now, whatever became of it before.
 * @throws interchange.webhook_not_found, interchange.webhook_paused, interchange.delivery_not_found
 */
export async function resendDelivery(ctx: Ctx, tx: Tx, webhookId: string, eventId: string): Promise<Delivery> {
  await mustBeActive(tx, webhookId)
  if (!(await resetDelivery(tx, webhookId, eventId, ctx.clock.now()))) throw refuse('interchange.delivery_not_found')
  await callSender(tx)
  return readDelivery(tx, webhookId, eventId)
}

export type Replay = { since?: string | undefined; after?: string | undefined; types: readonly string[] | null }

/**
 * How many events a replay would send.
 * @throws interchange.webhook_not_found, interchange.event_not_found
 */
export async function countReplay(ctx: Ctx, db: Queryable, webhookId: string, replay: Replay): Promise<number> {
  const { types } = await readWebhook(ctx, db, webhookId)
  return countFeed(db, await startOf(db, replay), bothOf(types, replay.types))
}

/**
 * Has the events from a time or an event on sent to a webhook, in order; those it had already, once more.
 * @throws interchange.webhook_not_found, interchange.webhook_paused, interchange.event_not_found, interchange.replay_too_large
 */
export async function replayEvents(ctx: Ctx, tx: Tx, webhookId: string, replay: Replay): Promise<number> {
  await mustBeActive(tx, webhookId)
  const { types } = await readWebhook(ctx, tx, webhookId)
  const from = await startOf(tx, replay)
  const wanted = bothOf(types, replay.types)
  const count = await countFeed(tx, from, wanted)
  if (count > mostReplayed) throw refuse('interchange.replay_too_large', { count, most: mostReplayed })
  const written = await replayFeed(tx, webhookId, from, wanted, ctx.clock.now())
  await callSender(tx)
  return written
}

/** Where a replay begins: after an event, or at a time, or at the very beginning. */
async function startOf(db: Queryable, { since, after }: Replay): Promise<Position> {
  if (after === undefined) return positionAt(db, new Date(since ?? 0))
  return placeOf(db, after)
}

/** Types that are in both lists; null is every type. */
function bothOf(some: readonly string[] | null, others: readonly string[] | null): readonly string[] | null {
  if (some === null || others === null) return some ?? others
  return some.filter((type) => others.includes(type))
}

async function mustBeActive(tx: Tx, webhookId: string): Promise<void> {
  const active = await isActive(tx, webhookId)
  if (active === undefined) throw refuse('interchange.webhook_not_found')
  if (!active) throw refuse('interchange.webhook_paused')
}

async function callSender(tx: Tx): Promise<void> {
  await enqueue(tx, sendWebhooksJob, {}, { key: sendWebhooksJob.name, keepRunAt: true })
}
