import type { DeliveryError, DeliveryState } from '@ecluse/contracts/webhooks.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'

export type DeliveryRow = {
  event_id: string
  aggregate_id: string
  sequence: number
  type: string
  state: DeliveryState
  behind: boolean
  attempts: number
  created_at: Date
  next_attempt_at: Date
  last_attempt_at: Date | null
  delivered_at: Date | null
  status: number | null
  duration_ms: number | null
  error: DeliveryError | null
  answer: string | null
}

/** Whether an earlier event of the same aggregate waits for the same webhook. */
const isBehind = sql`exists (select from interchange.webhook_delivery b where b.webhook_id = d.webhook_id
  and b.aggregate_id = d.aggregate_id and b.sequence < d.sequence and b.state = 'waiting')`

const columns = sql`d.event_id, d.aggregate_id, d.sequence, d.type, d.state, d.state = 'waiting' and ${isBehind} as behind, d.attempts,
  d.created_at, d.next_attempt_at, d.last_attempt_at, d.delivered_at, d.status, d.duration_ms, d.error, d.answer`

export type Claimed = {
  webhook_id: string
  aggregate_id: string
  sequence: number
  event_id: string
  attempts: number
  /** Failures of the webhook in a row, before this attempt. */
  failures: number
}

/**
 * Takes what is due, for one sender until its lease is over: what a crash leaves behind is then due again. An event whose earlier
 * one waits is not taken; a webhook has at most `each` under way, and one that just rested is given a single try.
 */
export function claimDue(
  tx: Tx,
  { lease, now, leasedUntil, each }: { lease: string; now: Date; leasedUntil: Date; each: number },
): Promise<Claimed[]> {
  return query(
    tx,
    sql`with room as (
          select w.id, w.failures, greatest(0, case when w.resting_until is null then ${each}::int else 1 end
            - (select count(*)::int from interchange.webhook_delivery d
               where d.webhook_id = w.id and d.state = 'waiting' and d.leased_until > ${now})) as free
          from interchange.webhook w
          where w.active and (w.resting_until is null or w.resting_until <= ${now})),
        due as (
          select room.failures, d.* from room cross join lateral (
            select d.webhook_id, d.aggregate_id, d.sequence from interchange.webhook_delivery d
            where d.webhook_id = room.id and d.state = 'waiting' and d.next_attempt_at <= ${now}
              and (d.leased_until is null or d.leased_until <= ${now}) and not ${isBehind}
            order by d.next_attempt_at, d.event_id limit room.free) d)
        update interchange.webhook_delivery d set lease = ${lease}, leased_until = ${leasedUntil}, attempts = d.attempts + 1,
          first_attempt_at = coalesce(d.first_attempt_at, ${now})
        from due
        where d.webhook_id = due.webhook_id and d.aggregate_id = due.aggregate_id and d.sequence = due.sequence
        returning d.webhook_id, d.aggregate_id, d.sequence, d.event_id, d.attempts, due.failures`,
  )
}

/** What came of an attempt. */
export type Attempt = {
  status: number | null
  durationMs: number | null
  error: DeliveryError | null
  answer: string | null
}

/** Notes that an event was taken, and that its webhook answers. Nothing when the lease has passed to another. */
export async function markDelivered(
  db: Queryable,
  one: Claimed,
  lease: string,
  attempt: Attempt,
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`with woken as (
          update interchange.webhook set failures = 0, failing_since = null, resting_until = null
          where id = ${one.webhook_id} and failing_since is not null)
        update interchange.webhook_delivery set state = 'delivered', delivered_at = ${now}, last_attempt_at = ${now},
          status = ${attempt.status}, duration_ms = ${attempt.durationMs}, error = null, answer = ${attempt.answer},
          lease = null, leased_until = null
        where webhook_id = ${one.webhook_id} and aggregate_id = ${one.aggregate_id} and sequence = ${one.sequence}
          and lease = ${lease}`,
  )
}

/** Notes that an attempt failed; without a next one the event is given up, and those behind it go on. */
export async function markFailed(
  db: Queryable,
  one: Claimed,
  lease: string,
  attempt: Attempt,
  now: Date,
  nextAt: Date | null,
): Promise<void> {
  await execute(
    db,
    sql`update interchange.webhook_delivery set state = ${nextAt === null ? 'failed' : 'waiting'},
          next_attempt_at = coalesce(${nextAt}::timestamptz, next_attempt_at), last_attempt_at = ${now}, status = ${attempt.status},
          duration_ms = ${attempt.durationMs}, error = ${attempt.error}, answer = ${attempt.answer}, lease = null, leased_until = null
        where webhook_id = ${one.webhook_id} and aggregate_id = ${one.aggregate_id} and sequence = ${one.sequence}
          and lease = ${lease}`,
  )
}

/** Deliveries of a webhook, newest events first. */
export function selectDeliveries(
  db: Queryable,
  filter: {
    webhookId: string
    state: DeliveryState | undefined
    type: string | undefined
    beforeId: string | undefined
    limit: number
  },
): Promise<DeliveryRow[]> {
  return query(
    db,
    sql`select ${columns} from interchange.webhook_delivery d where d.webhook_id = ${filter.webhookId}
        ${filter.state ? sql`and d.state = ${filter.state}` : empty}
        ${filter.type ? sql`and d.type = ${filter.type}` : empty}
        ${filter.beforeId ? sql`and d.event_id < ${filter.beforeId}` : empty}
        order by d.event_id desc limit ${filter.limit}`,
  )
}

export function selectDelivery(db: Queryable, webhookId: string, eventId: string): Promise<DeliveryRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from interchange.webhook_delivery d where d.webhook_id = ${webhookId} and d.event_id = ${eventId}`,
  )
}

/** Has one event wait again, to be sent at once. @returns whether there is such a delivery */
export async function resetDelivery(tx: Tx, webhookId: string, eventId: string, now: Date): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update interchange.webhook_delivery set state = 'waiting', attempts = 0, next_attempt_at = ${now}, first_attempt_at = null,
          delivered_at = null, lease = null, leased_until = null
        where webhook_id = ${webhookId} and event_id = ${eventId}`,
  )
  return changed > 0
}

/** Has one event wait for a webhook, whatever it subscribed to. */
export async function insertDelivery(tx: Tx, webhookId: string, event: StoredEvent, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into interchange.webhook_delivery
          (webhook_id, aggregate_id, sequence, event_id, type, created_at, next_attempt_at)
        values (${webhookId}, ${event.aggregateId}, ${event.sequence}, ${event.id}, ${event.type}, ${now}, ${now})`,
  )
}

/** Deletes deliveries that were over before a time. */
export function deleteDeliveriesBefore(db: Queryable, before: Date): Promise<number> {
  return execute(
    db,
    sql`delete from interchange.webhook_delivery where state <> 'waiting' and last_attempt_at < ${before}`,
  )
}
