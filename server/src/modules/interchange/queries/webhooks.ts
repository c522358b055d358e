import type { DeliveryError } from '@ecluse/contracts/webhooks.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type DisabledReason = 'paused' | 'gone' | 'unreachable'

export type WebhookRow = {
  id: string
  url: string
  description: string
  types: string[] | null
  active: boolean
  disabled_reason: DisabledReason | null
  disabled_at: Date | null
  previous_until: Date | null
  resting_until: Date | null
  created_at: Date
  created_by: string | null
  waiting: number
  oldest_waiting_at: Date | null
  delivered_24h: number
  failing_24h: number
  last_delivered_at: Date | null
  last_error: DeliveryError | null
  last_error_at: Date | null
}

/** Webhooks and how they fared within a day, oldest first; one of them when its id is given. */
export function selectWebhooks(db: Queryable, now: Date, id?: string): Promise<WebhookRow[]> {
  return query(
    db,
    sql`select w.id, w.url, w.description, w.types, w.active, w.disabled_reason, w.disabled_at, w.previous_until, w.resting_until,
          w.created_at, w.created_by, waits.*, day.*, bad.last_error, bad.last_error_at
        from interchange.webhook w
        cross join lateral (
          select count(*)::int as waiting, min(d.created_at) as oldest_waiting_at from interchange.webhook_delivery d
          where d.webhook_id = w.id and d.state = 'waiting') waits
        cross join lateral (
          select count(*) filter (where d.error is null)::int as delivered_24h, count(*) filter (where d.error is not null)::int as failing_24h,
            max(d.delivered_at) as last_delivered_at
          from interchange.webhook_delivery d
          where d.webhook_id = w.id and d.last_attempt_at > ${now}::timestamptz - interval '1 day') day
        left join lateral (
          select d.error as last_error, d.last_attempt_at as last_error_at from interchange.webhook_delivery d
          where d.webhook_id = w.id and d.error is not null order by d.last_attempt_at desc nulls last limit 1) bad on true
        ${id === undefined ? empty : sql`where w.id = ${id}`} order by w.created_at, w.id`,
  )
}

export async function insertWebhook(
  tx: Tx,
  row: {
    id: string
    url: string
    description: string
    types: readonly string[] | null
    secret: Buffer
    createdBy: string | null
  },
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into interchange.webhook (id, url, description, types, secret, created_at, created_by)
        values (${row.id}, ${row.url}, ${row.description}, ${row.types}::text[], ${row.secret}, ${now}, ${row.createdBy})`,
  )
}

/** Changes what is given and leaves the rest. @returns whether there is such a webhook */
export async function updateWebhookRow(
  tx: Tx,
  id: string,
  change: { url?: string; description?: string; types?: readonly string[] | null },
): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update interchange.webhook set url = coalesce(${change.url ?? null}, url),
          description = coalesce(${change.description ?? null}, description),
          types = case when ${change.types !== undefined} then ${change.types ?? null}::text[] else types end
        where id = ${id}`,
  )
  return changed > 0
}

/** Switches a webhook off. @returns whether it was on */
export async function disableWebhook(db: Queryable, id: string, reason: DisabledReason, now: Date): Promise<boolean> {
  const changed = await execute(
    db,
    sql`update interchange.webhook set active = false, disabled_reason = ${reason}, disabled_at = ${now}
        where id = ${id} and active`,
  )
  return changed > 0
}

/** Switches a webhook on again: what waits is tried at once, and counted anew. */
export async function enableWebhook(tx: Tx, id: string, now: Date): Promise<void> {
  await execute(
    tx,
    sql`with woken as (update interchange.webhook set active = true, disabled_reason = null, disabled_at = null, failures = 0,
            failing_since = null, resting_until = null where id = ${id} and not active returning id)
        update interchange.webhook_delivery d set attempts = 0, next_attempt_at = ${now}, first_attempt_at = null
        from woken where d.webhook_id = woken.id and d.state = 'waiting'`,
  )
}

export async function deleteWebhookRow(tx: Tx, id: string): Promise<boolean> {
  return (await execute(tx, sql`delete from interchange.webhook where id = ${id}`)) > 0
}

/** Puts a new secret in place; the one before goes on signing until a time. @returns whether there is such a webhook */
export async function replaceSecret(tx: Tx, id: string, secret: Buffer, previousUntil: Date | null): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update interchange.webhook set previous_secret = case when ${previousUntil}::timestamptz is null then null else secret end,
          previous_until = ${previousUntil}, secret = ${secret} where id = ${id}`,
  )
  return changed > 0
}

export type Target = {
  id: string
  url: string
  secret: Buffer
  previous_secret: Buffer | null
  previous_until: Date | null
}

/** Where to send, and what to sign with. */
export async function selectTargets(db: Queryable, ids: readonly string[]): Promise<Target[]> {
  return query(
    db,
    sql`select id, url, secret, previous_secret, previous_until from interchange.webhook where id = any(${ids}::uuid[])`,
  )
}

/**
 * Notes that an attempt failed; until a time, if one is given, nobody knocks.
 * @returns since when every attempt failed
 */
export async function noteFailure(
  db: Queryable,
  id: string,
  failures: number,
  restUntil: Date | null,
  now: Date,
): Promise<Date | undefined> {
  const row = await maybeOne<{ failing_since: Date }>(
    db,
    sql`update interchange.webhook set failures = greatest(failures, ${failures}), failing_since = coalesce(failing_since, ${now}),
          resting_until = greatest(resting_until, ${restUntil}::timestamptz)
        where id = ${id} returning failing_since`,
  )
  return row?.failing_since
}

/** Whether there is a webhook, and whether it is on; undefined when there is none. */
export async function isActive(db: Queryable, id: string): Promise<boolean | undefined> {
  const row = await maybeOne<{ active: boolean }>(db, sql`select active from interchange.webhook where id = ${id}`)
  return row?.active
}
