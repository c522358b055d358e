import sql, { type Sql } from 'sql-template-tag'
import { actorLabel, type Ctx } from './context.ts'
import { execute, maybeOne, query, type Queryable, type Tx } from './db.ts'

/** What happened, in the past tense: `orders.order_placed`, version 1. */
export type DomainEvent = {
  readonly type: string
  readonly version: number
  readonly aggregateId: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly channelCode?: string | null
  /** It may wait while many buyers want answers: nothing that people are shown depends on it. */
  readonly patient?: boolean
  /** Who did it, when it is not the context's actor: one transaction may carry the acts of many. */
  readonly actor?: string | null
}

/** An event as it lies in the outbox. */
export type StoredEvent<Payload = Record<string, unknown>> = {
  readonly aggregateId: string
  readonly sequence: number
  readonly id: string
  readonly type: string
  readonly version: number
  readonly payload: Payload
  readonly channelCode: string | null
  readonly actor: string | null
  readonly occurredAt: Date
}

/**
 * Writes events in the transaction of the change they tell. Each takes the next sequence of its aggregate; of two
 * transactions that take the same, the later is run again (`inTransaction`), so sequences follow the order of commits.
 */
export async function publish(tx: Tx, ctx: Ctx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  const seen = new Map<string, number>()
  const rows = events.map((event) => {
    const nth = (seen.get(event.aggregateId) ?? 0) + 1
    seen.set(event.aggregateId, nth)
    return {
      aggregate_id: event.aggregateId,
      nth,
      id: ctx.ids.next(),
      type: event.type,
      version: event.version,
      payload: event.payload,
      channel_code: event.channelCode ?? null,
      actor: event.actor === undefined ? actorLabel(ctx.actor) : event.actor,
      patient: event.patient ?? false,
    }
  })
  await execute(
    tx,
    sql`with events as (select e.*,
            e.nth + coalesce((select max(o.sequence) from kernel.outbox o where o.aggregate_id = e.aggregate_id), 0) as sequence
          from json_to_recordset(${JSON.stringify(rows)}::json)
            as e (aggregate_id uuid, nth int, id uuid, type text, version int, payload json, channel_code text, actor text,
                  patient boolean)),
        written as (insert into kernel.outbox
          (aggregate_id, sequence, id, type, version, payload, channel_code, actor, trace_id, occurred_at)
          select e.aggregate_id, e.sequence, e.id, e.type, e.version, e.payload, e.channel_code, e.actor, ${ctx.traceId},
                 ${ctx.clock.now()} from events e)
        insert into kernel.event_waiting (aggregate_id, sequence, id, patient)
        select aggregate_id, sequence, id, patient from events`,
  )
}

type EventRow = {
  aggregate_id: string
  sequence: number
  id: string
  type: string
  version: number
  payload: Record<string, unknown>
  channel_code: string | null
  actor: string | null
  occurred_at: Date
}

export function storedEvent(row: EventRow): StoredEvent {
  return {
    aggregateId: row.aggregate_id,
    sequence: row.sequence,
    id: row.id,
    type: row.type,
    version: row.version,
    payload: row.payload,
    channelCode: row.channel_code,
    actor: row.actor,
    occurredAt: row.occurred_at,
  }
}

/** The history of one aggregate, oldest first: timelines are read from it. */
export async function eventsOf(db: Queryable, aggregateId: string): Promise<StoredEvent[]> {
  const rows = await query<EventRow>(
    db,
    sql`select aggregate_id, sequence, id, type, version, payload, channel_code, actor, occurred_at
        from kernel.outbox where aggregate_id = ${aggregateId} order by sequence`,
  )
  return rows.map(storedEvent)
}

/** What one type of event told of an aggregate, as a JSON array, for the statement around it, in which `aggregateId` names the aggregate. */
export function payloadsOf(aggregateId: Sql, type: string): Sql {
  return sql`(select jsonb_agg(payload::jsonb) from kernel.outbox where aggregate_id = ${aggregateId} and type = ${type})`
}

/** What happened after one event and up to another, in no order, for the statement around it: aggregate_id, type and payload. */
export function eventsBetween(afterId: string, untilId: string): Sql {
  return sql`(select aggregate_id, type, payload from kernel.outbox where id > ${afterId}::uuid and id <= ${untilId}::uuid)`
}

/** The last event before all those that wait to be told; undefined while none was told. */
export async function lastTold(db: Queryable): Promise<string | undefined> {
  const row = await maybeOne<{ id: string }>(
    db,
    sql`select id from kernel.outbox
        where id < coalesce((select id from kernel.event_waiting order by id limit 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        order by id desc limit 1`,
  )
  return row?.id
}

/** How many events wait to be told: many in a rush. */
export async function countWaiting(db: Queryable): Promise<number> {
  return (await maybeOne<{ n: number }>(db, sql`select count(*)::int as n from kernel.event_waiting`))?.n ?? 0
}

/** Events known by aggregate and sequence, in no order. */
export async function eventsAt(
  db: Queryable,
  keys: readonly { aggregateId: string; sequence: number }[],
): Promise<StoredEvent[]> {
  if (keys.length === 0) return []
  const rows = await query<EventRow>(
    db,
    sql`select o.aggregate_id, o.sequence, o.id, o.type, o.version, o.payload, o.channel_code, o.actor, o.occurred_at
        from unnest(${keys.map((key) => key.aggregateId)}::uuid[], ${keys.map((key) => key.sequence)}::int[])
          as k (aggregate_id, sequence)
        join kernel.outbox o using (aggregate_id, sequence)`,
  )
  return rows.map(storedEvent)
}

/** One event by its own id. */
export async function eventById(db: Queryable, id: string): Promise<StoredEvent | undefined> {
  const row = await maybeOne<EventRow>(
    db,
    sql`select aggregate_id, sequence, id, type, version, payload, channel_code, actor, occurred_at
        from kernel.outbox where id = ${id}`,
  )
  return row && storedEvent(row)
}
