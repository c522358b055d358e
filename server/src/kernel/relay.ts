import { setTimeout as wait } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { systemContext, type Ctx, type Services } from './context.ts'
import { execute, inTransaction, maybeOne, query, type Db, type Tx } from './db.ts'
import { storedEvent, type StoredEvent } from './outbox.ts'

/**
 * Someone who wants to know what happened. `handle` runs in a transaction of its own, with events of one or many
 * aggregates, each aggregate's in order. It is called at least once for each event, so it must be idempotent; calls to the
 * outside belong in a job it enqueues.
 */
export type Subscriber = {
  /** Stable name: what was parked for it is found by it. */
  readonly name: string
  readonly types: readonly string[]
  handle(ctx: Ctx, tx: Tx, events: readonly StoredEvent[]): Promise<void>
}

export type Relay = {
  start(): void
  stop(): Promise<void>
  /** Look now rather than at the next interval. */
  wake(): void
  /** Delivers everything that waits, then returns: for tests, simulations and a clean stop. */
  drain(): Promise<void>
  lag(): Promise<{ waiting: number; parked: number }>
}

const batchSize = 500
const lockKey = 7_301_001
const pollMs = 500
const graceMs = 15
const rushGraceMs = 250
/** In a rush what follows gets this share of the time: buyers are answered first, and their preparations come a little later. */
const rushShare = 0.1
/** No rush keeps an event waiting longer than this, in milliseconds: then the relay goes on at full speed. */
const patienceMs = 10_000
/** While it rests, it looks this often whether something cannot wait. */
const restLookMs = 100

/**
 * Carries events from the outbox to the subscribers: at least once, in order per aggregate. One process of all does it at a
 * time, the one that holds the advisory lock. A subscriber that fails on an event keeps that aggregate parked for itself,
 * with growing pauses, while the others go on.
 *
 * @param inRush whether people wait for answers just now: the relay then rests between batches
 */
export function createRelay(
  services: Services,
  subscribers: readonly Subscriber[],
  inRush: () => boolean = () => false,
): Relay {
  const ctx = systemContext(services, 'relay')
  let running = false
  let wanted = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()
  let stopping = new AbortController()

  const tick = (): void => {
    if (!running) return
    clearTimeout(timer)
    wanted = false
    current = pass({ ctx, subscribers, inRush, stopping: stopping.signal })
      .catch((error: unknown) => services.log.error({ err: error }, 'relay pass failed'))
      .then(() => {
        if (running) timer = setTimeout(tick, wanted ? 0 : pollMs)
      })
  }

  return {
    start() {
      running = true
      stopping = new AbortController()
      tick()
    },
    async stop() {
      running = false
      stopping.abort()
      clearTimeout(timer)
      await current
    },
    wake() {
      if (wanted) return
      wanted = true
      // A moment's grace gathers the events of concurrent requests into one batch.
      if (running)
        void current.then(() => {
          clearTimeout(timer)
          timer = setTimeout(tick, inRush() ? rushGraceMs : graceMs)
        })
    },
    async drain() {
      await current
      while ((await relayBatch(ctx, subscribers, 'all')).count > 0);
      await retryParked(ctx, subscribers)
    },
    async lag() {
      const row = await maybeOne<{ waiting: number; parked: number }>(
        services.db,
        sql`select (select count(*)::int from kernel.event_waiting) as waiting,
                   (select count(*)::int from kernel.parked_event) as parked`,
      )
      return row ?? { waiting: 0, parked: 0 }
    },
  }
}

/** What a pass works with, until it is stopped. */
type Work = {
  readonly ctx: Ctx
  readonly subscribers: readonly Subscriber[]
  readonly inRush: () => boolean
  readonly stopping: AbortSignal
}

/** Carries everything that waits, if no other process does it just now. */
async function pass(work: Work): Promise<void> {
  const { ctx, subscribers, inRush, stopping } = work
  const client = await ctx.db.connect()
  try {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lockKey])
    if (!rows[0]?.held) return
    try {
      while (!stopping.aborted) {
        const began = performance.now()
        const batch = await relayBatch(ctx, subscribers, 'all')
        if (batch.count < batchSize) break
        if (inRush() && batch.ageMs < patienceMs) await rest(work, (performance.now() - began) * (1 / rushShare - 1))
      }
      await retryParked(ctx, subscribers)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lockKey])
    }
  } finally {
    client.release()
  }
}

/** Lets buyers go first for so long, and carries meanwhile only what cannot wait. */
async function rest({ ctx, subscribers, inRush, stopping }: Work, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (!stopping.aborted && inRush() && performance.now() < until) {
    await wait(restLookMs, undefined, { signal: stopping }).catch(() => undefined)
    while ((await relayBatch(ctx, subscribers, 'urgent')).count >= batchSize);
  }
}

/** Everything that waits, what cannot wait first; or that alone. */
type Which = 'all' | 'urgent'

/** What a pass relayed: how many events, and how long the oldest had waited. */
type Batch = { readonly count: number; readonly ageMs: number }

async function relayBatch(ctx: Ctx, subscribers: readonly Subscriber[], which: Which): Promise<Batch> {
  const events = await waitingEvents(ctx.db, which)
  if (events.length === 0) return { count: 0, ageMs: 0 }
  const parked = await parkedAggregates(ctx.db, subscribers, events)
  for (const subscriber of subscribers) {
    const wanted = events.filter((event) => subscriber.types.includes(event.type))
    if (wanted.length > 0) await deliver(ctx, subscriber, wanted, new Set(parked.get(subscriber.name)))
  }
  await execute(
    ctx.db,
    sql`delete from kernel.event_waiting w
        using unnest(${events.map((e) => e.aggregateId)}::uuid[], ${events.map((e) => e.sequence)}::int[]) as d (aggregate_id, sequence)
        where w.aggregate_id = d.aggregate_id and w.sequence = d.sequence`,
  )
  const oldest = events.reduce((first, event) => Math.min(first, event.occurredAt.getTime()), Infinity)
  return { count: events.length, ageMs: ctx.clock.now().getTime() - oldest }
}

/**
 * The oldest waiting events, those that cannot wait first, sorted so that each aggregate's come in sequence. An aggregate's earlier event is always
 * visible when a later one is (its lock was held), but ids of two processes may disagree by their clocks: so whole
 * aggregates are taken.
 */
async function waitingEvents(db: Db, which: Which): Promise<StoredEvent[]> {
  const rows = await query<Parameters<typeof storedEvent>[0]>(
    db,
    sql`with batch as (select distinct aggregate_id from
          (select aggregate_id from kernel.event_waiting where patient <= ${which === 'all'}
           order by patient, id limit ${batchSize}) oldest)
        select o.aggregate_id, o.sequence, o.id, o.type, o.version, o.payload, o.channel_code, o.actor, o.occurred_at
        from batch join kernel.event_waiting using (aggregate_id) join kernel.outbox o using (aggregate_id, sequence)
        order by o.aggregate_id, o.sequence`,
  )
  return rows.map(storedEvent)
}

/** Delivers to one subscriber: all at once, and one by one only if that fails. Of aggregates left `behind` it gets nothing. */
async function deliver(
  ctx: Ctx,
  subscriber: Subscriber,
  events: readonly StoredEvent[],
  behind: Set<string>,
): Promise<void> {
  const free = events.filter((event) => !behind.has(event.aggregateId))
  const blocked = events.filter((event) => behind.has(event.aggregateId))
  try {
    if (free.length > 0) await inTransaction(ctx.db, (tx) => subscriber.handle(ctx, tx, free))
  } catch (error) {
    ctx.log.warn({ err: error, subscriber: subscriber.name, events: free.length }, 'subscriber failed on a batch')
    for (const event of free) {
      if (behind.has(event.aggregateId)) blocked.push(event)
      else if (!(await deliverOne(ctx, subscriber, event))) behind.add(event.aggregateId)
    }
  }
  for (const event of blocked) await park(ctx, subscriber.name, event, 'waits behind an earlier event')
}

async function deliverOne(ctx: Ctx, subscriber: Subscriber, event: StoredEvent): Promise<boolean> {
  try {
    await inTransaction(ctx.db, (tx) => subscriber.handle(ctx, tx, [event]))
    return true
  } catch (error) {
    ctx.log.error({ err: error, subscriber: subscriber.name, event: event.id, type: event.type }, 'event parked')
    await park(ctx, subscriber.name, event, error instanceof Error ? error.message : String(error))
    return false
  }
}

/** Which aggregates of these events wait behind an earlier one, for each subscriber. Only the relay parks, so asking once is enough. */
async function parkedAggregates(
  db: Db,
  subscribers: readonly Subscriber[],
  events: readonly StoredEvent[],
): Promise<Map<string, string[]>> {
  const rows = await query<{ subscriber: string; ids: string[] }>(
    db,
    sql`select subscriber, array_agg(distinct aggregate_id::text) as ids from kernel.parked_event
        where subscriber = any(${subscribers.map(({ name }) => name)})
          and aggregate_id = any(${[...new Set(events.map((e) => e.aggregateId))]}::uuid[]) group by subscriber`,
  )
  return new Map(rows.map(({ subscriber, ids }) => [subscriber, ids]))
}

async function park(ctx: Ctx, subscriber: string, event: StoredEvent, reason: string): Promise<void> {
  await execute(
    ctx.db,
    sql`insert into kernel.parked_event (subscriber, aggregate_id, sequence, attempts, next_attempt_at, last_error)
        values (${subscriber}, ${event.aggregateId}, ${event.sequence}, 1, ${ctx.clock.now()}::timestamptz + interval '1 second', ${reason})
        on conflict (subscriber, aggregate_id, sequence) do update
          set attempts = kernel.parked_event.attempts + 1,
              last_error = excluded.last_error,
              next_attempt_at = ${ctx.clock.now()}::timestamptz
                + least(interval '1 hour', interval '1 second' * power(2, kernel.parked_event.attempts))`,
  )
}

/** Tries the first parked event of each aggregate again, and those behind it as long as they succeed. */
async function retryParked(ctx: Ctx, subscribers: readonly Subscriber[]): Promise<void> {
  const due = await query<Parameters<typeof storedEvent>[0] & { subscriber: string }>(
    ctx.db,
    sql`select p.subscriber, o.aggregate_id, o.sequence, o.id, o.type, o.version, o.payload, o.channel_code, o.actor, o.occurred_at
        from kernel.parked_event p join kernel.outbox o using (aggregate_id, sequence)
        where (p.subscriber, p.aggregate_id) in (
          select distinct on (subscriber, aggregate_id) subscriber, aggregate_id from kernel.parked_event f
          where f.next_attempt_at <= ${ctx.clock.now()}
            and not exists (select 1 from kernel.parked_event e where e.subscriber = f.subscriber
                              and e.aggregate_id = f.aggregate_id and e.sequence < f.sequence))
        order by p.subscriber, p.aggregate_id, p.sequence limit 200`,
  )
  const stuck = new Set<string>()
  for (const row of due) {
    const lane = `${row.subscriber} ${row.aggregate_id}`
    const subscriber = subscribers.find((candidate) => candidate.name === row.subscriber)
    if (!subscriber || stuck.has(lane)) continue
    if (!(await deliverOne(ctx, subscriber, storedEvent(row)))) stuck.add(lane)
    else
      await execute(
        ctx.db,
        sql`delete from kernel.parked_event where subscriber = ${row.subscriber}
              and aggregate_id = ${row.aggregate_id} and sequence = ${row.sequence}`,
      )
  }
}
