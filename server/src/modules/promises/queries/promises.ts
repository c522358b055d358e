import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PromiseState = 'held' | 'committed' | 'fulfilled' | 'released' | 'expired'

export type NewPromise = {
  readonly id: string
  readonly poolId: string
  readonly quantity: bigint
  readonly referenceId: string
  readonly state: 'held' | 'committed' | 'fulfilled'
  readonly expiresAt: Date | null
}

export async function insertPromises(tx: Tx, promises: readonly NewPromise[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into promises.promise (pool_id, id, quantity, state, reference_id, expires_at, created_at, settled_at)
        select p.pool_id, p.id, p.quantity, p.state, p.reference_id, p.expires_at, ${now},
               case when p.state = 'fulfilled' then ${now}::timestamptz end
        from unnest(${promises.map((p) => p.poolId)}::uuid[], ${promises.map((p) => p.id)}::uuid[],
          ${promises.map((p) => p.quantity)}::bigint[], ${promises.map((p) => p.state)}::text[],
          ${promises.map((p) => p.referenceId)}::uuid[], ${promises.map((p) => p.expiresAt)}::timestamptz[])
          as p (pool_id, id, quantity, state, reference_id, expires_at)`,
  )
}

/**
 * Moves promises from one state to another and returns those that were in the first: whoever comes second moves nothing.
 */
export async function movePromises(
  tx: Tx,
  ids: readonly { poolId: string; id: string }[],
  from: PromiseState,
  to: PromiseState,
  now: Date,
): Promise<{ poolId: string; id: string; quantity: bigint }[]> {
  const sorted = [...ids].sort((a, b) => (a.poolId + a.id < b.poolId + b.id ? -1 : 1))
  return query(
    tx,
    sql`update promises.promise p
        set state = ${to}, settled_at = case when ${to} = 'committed' then null else ${now}::timestamptz end, expires_at = null
        from unnest(${sorted.map((p) => p.poolId)}::uuid[], ${sorted.map((p) => p.id)}::uuid[]) as d (pool_id, id)
        where p.pool_id = d.pool_id and p.id = d.id and p.state = ${from}
        returning p.pool_id as "poolId", p.id, p.quantity`,
  )
}

/** Makes holds those of another document, and commits those that are to be. @returns the ids of those that were still held */
export async function transferHeld(
  tx: Tx,
  transfers: readonly {
    poolId: string
    id: string
    quantity: bigint
    to: string
    as: 'held' | 'committed'
    expiresAt: Date | null
  }[],
): Promise<string[]> {
  const sorted = [...transfers].sort((a, b) => (a.poolId + a.id < b.poolId + b.id ? -1 : 1))
  const rows = await query<{ id: string }>(
    tx,
    sql`update promises.promise p
        set state = d.state, reference_id = d.reference_id, expires_at = d.expires_at
        from unnest(${sorted.map((t) => t.poolId)}::uuid[], ${sorted.map((t) => t.id)}::uuid[],
          ${sorted.map((t) => t.quantity)}::bigint[], ${sorted.map((t) => t.to)}::uuid[], ${sorted.map((t) => t.as)}::text[],
          ${sorted.map((t) => t.expiresAt)}::timestamptz[]) as d (pool_id, id, quantity, reference_id, state, expires_at)
        where p.pool_id = d.pool_id and p.id = d.id and p.quantity = d.quantity and p.state = 'held'
        returning p.id`,
  )
  return rows.map((row) => row.id)
}

/** Makes committed promises smaller. @returns by how much each became so */
export async function shrinkPromises(
  tx: Tx,
  promises: readonly { poolId: string; id: string; quantity: bigint }[],
): Promise<{ poolId: string; by: bigint }[]> {
  return query(
    tx,
    sql`update promises.promise p set quantity = d.quantity
        from (select old.pool_id, old.id, old.quantity as before, g.quantity
              from promises.promise old
              join unnest(${promises.map((p) => p.poolId)}::uuid[], ${promises.map((p) => p.id)}::uuid[],
                ${promises.map((p) => p.quantity)}::bigint[]) as g (pool_id, id, quantity)
                on old.pool_id = g.pool_id and old.id = g.id) d
        where p.pool_id = d.pool_id and p.id = d.id and p.state = 'committed' and p.quantity > d.quantity
        returning p.pool_id as "poolId", d.before - d.quantity as by`,
  )
}

/** What the promises say each pool should have held and committed, beside what it has: they must agree. */
export async function comparePools(
  db: Queryable,
): Promise<{ poolId: string; quantity: string; stored: bigint; recomputed: bigint }[]> {
  return query(
    db,
    sql`select p.id as "poolId", q.quantity, q.stored, q.recomputed
        from promises.pool p
        left join (select pool_id,
                     coalesce(sum(quantity) filter (where state = 'held'), 0)::bigint as held,
                     coalesce(sum(quantity) filter (where state = 'committed'), 0)::bigint as committed
                   from promises.promise where state in ('held', 'committed') group by pool_id) s on s.pool_id = p.id
        cross join lateral (values ('held', p.held, coalesce(s.held, 0)), ('committed', p.committed, coalesce(s.committed, 0)))
          as q (quantity, stored, recomputed)
        where q.stored <> q.recomputed`,
  )
}

/** Cuts parts off committed promises, each a promise of its own then; pools stay as they are. @returns the ids of the parts */
export async function cutCommitted(
  tx: Tx,
  cuts: readonly { poolId: string; id: string; partId: string; quantity: bigint }[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`with cut as (
          update promises.promise p set quantity = p.quantity - d.quantity
          from unnest(${cuts.map((c) => c.poolId)}::uuid[], ${cuts.map((c) => c.id)}::uuid[],
            ${cuts.map((c) => c.partId)}::uuid[], ${cuts.map((c) => c.quantity)}::bigint[]) as d (pool_id, id, part_id, quantity)
          where p.pool_id = d.pool_id and p.id = d.id and p.state = 'committed' and p.quantity > d.quantity
          returning p.pool_id, d.part_id, d.quantity, p.reference_id, p.created_at)
        insert into promises.promise (pool_id, id, quantity, state, reference_id, created_at)
        select pool_id, part_id, quantity, 'committed', reference_id, created_at from cut returning id`,
  )
  return rows.map((row) => row.id)
}

/** Joins committed promises to others of their pools; those joined are no promises any more. @returns the ids of those that grew */
export async function joinCommitted(
  tx: Tx,
  joins: readonly { poolId: string; id: string; intoId: string }[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`with gone as (
          update promises.promise p set state = 'released'
          from unnest(${joins.map((j) => j.poolId)}::uuid[], ${joins.map((j) => j.id)}::uuid[],
            ${joins.map((j) => j.intoId)}::uuid[]) as d (pool_id, id, into_id)
          where p.pool_id = d.pool_id and p.id = d.id and p.state = 'committed'
          returning p.pool_id, d.into_id, p.quantity)
        update promises.promise p set quantity = p.quantity + g.quantity
        from gone g where p.pool_id = g.pool_id and p.id = g.into_id and p.state = 'committed'
        returning p.id`,
  )
  return rows.map((row) => row.id)
}
