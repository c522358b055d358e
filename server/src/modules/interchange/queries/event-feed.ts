import sql from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'

/**
 * Adds events to the list of events and gives each to the webhooks that want it, in one statement.
 * @returns how many deliveries were written
 */
export function recordEvents(tx: Tx, events: readonly StoredEvent[], now: Date): Promise<number> {
  const aggregates = events.map((event) => event.aggregateId)
  const sequences = events.map((event) => event.sequence)
  const ids = events.map((event) => event.id)
  const types = events.map((event) => event.type)
  // No event is recorded before it happened, by whatever clock: from that on it is looked for (`positionAfter`).
  const recordedAt = new Date(Math.max(now.getTime(), ...events.map((event) => event.occurredAt.getTime())))
  return execute(
    tx,
    sql`with next as (update interchange.event_feed set last_position = last_position + 1 returning last_position),
        page as (insert into interchange.event_page (position, recorded_at, aggregate_ids, sequences, event_ids, types)
          select last_position, ${recordedAt}::timestamptz, ${aggregates}::uuid[], ${sequences}::int[], ${ids}::uuid[], ${types}::text[] from next)
        insert into interchange.webhook_delivery
          (webhook_id, aggregate_id, sequence, event_id, type, created_at, next_attempt_at)
        select w.id, e.aggregate_id, e.sequence, e.id, e.type, ${now}::timestamptz, ${now}::timestamptz
        from interchange.webhook w
        cross join unnest(${aggregates}::uuid[], ${sequences}::int[], ${ids}::uuid[], ${types}::text[])
          as e (aggregate_id, sequence, id, type)
        where w.active and (w.types is null or e.type = any(w.types))
        on conflict do nothing`,
  )
}

/** A place in the list of events: after the `offset`-th event of a page. */
export type Position = { page: bigint; offset: number }

type Entry = { aggregateId: string; sequence: number; type: string }

/** How many pages one question looks through: a rare type is searched for in steps. */
const pagesAtOnce = 400

type FeedRow = { aggregate_id: string | null; sequence: number; type: string; position: bigint; n: number } & {
  last_page: bigint | null
  last_size: number | null
  full: boolean
}

/**
 * Events after a position, in order, at most `limit`.
 * @returns them, and where to go on: as far as the list was looked through, even when nothing was found
 */
export async function readFeed(
  db: Queryable,
  from: Position,
  types: readonly string[] | null,
  limit: number,
): Promise<{ entries: Entry[]; next: Position; hasMore: boolean }> {
  const rows = await query<FeedRow>(
    db,
    sql`with pages as materialized (
          select position, aggregate_ids, sequences, types from interchange.event_page
          where position >= ${from.page} order by position limit ${pagesAtOnce}),
        found as (
          select p.position, u.n::int as n, u.aggregate_id, u.sequence, u.type
          from pages p cross join lateral unnest(p.aggregate_ids, p.sequences, p.types) with ordinality as u (aggregate_id, sequence, type, n)
          where (p.position > ${from.page} or u.n > ${from.offset}) and (${types}::text[] is null or u.type = any(${types}::text[]))
          order by p.position, u.n limit ${limit + 1}),
        looked as (
          select max(position) as last_page, count(*) = ${pagesAtOnce} as full,
            (select cardinality(types) from pages order by position desc limit 1) as last_size from pages)
        select looked.*, found.* from looked left join found on true order by found.position, found.n`,
  )
  const found = rows.filter((row) => row.aggregate_id !== null)
  const entries = found.slice(0, limit)
  const last = entries.at(-1)
  const [first] = rows
  const more = found.length > limit
  let next = from
  if (more && last) next = { page: last.position, offset: last.n }
  else if (first && first.last_page !== null) next = { page: first.last_page, offset: first.last_size ?? 0 }
  return {
    entries: entries.map((row) => ({ aggregateId: row.aggregate_id ?? '', sequence: row.sequence, type: row.type })),
    next,
    hasMore: more || (first?.full ?? false),
  }
}

/** The position before the first page recorded at a time or later; at the end of the list when there is none. */
export async function positionAt(db: Queryable, since: Date): Promise<Position> {
  const row = await one<{ page: bigint }>(
    db,
    sql`select coalesce((select min(position) from interchange.event_page where recorded_at >= ${since}),
          (select last_position + 1 from interchange.event_feed)) as page`,
  )
  return { page: row.page, offset: 0 }
}

/** The position after an event; undefined when it is not in the list. */
export function positionAfter(
  db: Queryable,
  event: Pick<StoredEvent, 'id' | 'occurredAt'>,
): Promise<Position | undefined> {
  return maybeOne(
    db,
    // An event is recorded after it happened; an hour is for clocks that disagree.
    sql`select position as page, array_position(event_ids, ${event.id}::uuid) as "offset" from interchange.event_page
        where recorded_at >= ${event.occurredAt}::timestamptz - interval '1 hour' and ${event.id}::uuid = any(event_ids)
        order by recorded_at, position limit 1`,
  )
}

/** How many events there are after a position. */
export async function countFeed(db: Queryable, from: Position, types: readonly string[] | null): Promise<number> {
  const row = await one<{ count: number }>(
    db,
    sql`select count(*)::int as count
        from interchange.event_page p cross join lateral unnest(p.types) with ordinality as u (type, n)
        where p.position >= ${from.page} and (p.position > ${from.page} or u.n > ${from.offset})
          and (${types}::text[] is null or u.type = any(${types}::text[]))`,
  )
  return row.count
}

/** Has the events after a position wait for a webhook: those it never had, and those it had. */
export function replayFeed(
  tx: Tx,
  webhookId: string,
  from: Position,
  types: readonly string[] | null,
  now: Date,
): Promise<number> {
  return execute(
    tx,
    sql`insert into interchange.webhook_delivery
          (webhook_id, aggregate_id, sequence, event_id, type, created_at, next_attempt_at)
        select distinct on (u.aggregate_id, u.sequence) ${webhookId}::uuid, u.aggregate_id, u.sequence, u.id, u.type,
          ${now}::timestamptz, ${now}::timestamptz
        from interchange.event_page p
        cross join lateral unnest(p.aggregate_ids, p.sequences, p.event_ids, p.types) with ordinality
          as u (aggregate_id, sequence, id, type, n)
        where p.position >= ${from.page} and (p.position > ${from.page} or u.n > ${from.offset})
          and (${types}::text[] is null or u.type = any(${types}::text[]))
        on conflict (webhook_id, aggregate_id, sequence) do update set state = 'waiting', attempts = 0,
          next_attempt_at = excluded.next_attempt_at, first_attempt_at = null, delivered_at = null, lease = null, leased_until = null`,
  )
}
