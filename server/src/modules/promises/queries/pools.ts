import sql, { type Sql } from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** What is kept of a pool from whoever asks: so many units, and such a share of what it holds, rounded up. */
export type Kept = { readonly units: bigint; readonly shareBasisPoints: number }

/** What is different for one asker: what is kept from it, and how many units it may be promised before they are there. */
export type Bounds = Kept & { readonly ahead: bigint }

export type PoolTake = {
  readonly granted: bigint
  readonly available: bigint
  readonly capacity: bigint
  readonly advance: bigint
}

/**
 * Takes up to `quantity` from each pool in one statement and says how much each gave. Guarded, not locked: whatever else runs,
 * no pool gives what it has not, and the same statement works where pools are spread over several nodes. Pools are asked
 * in the order of their ids, so that two takes rarely wait for each other crosswise; when they do, one is run again.
 * @param bounds what is different at some pools; the usual statement knows nothing of it
 */
export async function takeFromPools(
  tx: Tx,
  wanted: ReadonlyMap<string, bigint>,
  as: 'held' | 'committed',
  bounds?: ReadonlyMap<string, Bounds>,
): Promise<Map<string, PoolTake>> {
  const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
  const poolIds = sorted.map(([poolId]) => poolId)
  const quantities = sorted.map(([, quantity]) => quantity)
  const rows = await query<PoolTake & { id: string }>(
    tx,
    bounds
      ? sql`update promises.pool p
            set granted = ${grantedOf(freeBetween)},
                held = p.held + case when ${as} = 'held' then ${grantedOf(freeBetween)} else 0 end,
                committed = p.committed + case when ${as} = 'committed' then ${grantedOf(freeBetween)} else 0 end
            from unnest(${poolIds}::uuid[], ${quantities}::bigint[], ${poolIds.map((id) => bounds.get(id)?.units ?? 0n)}::bigint[],
              ${poolIds.map((id) => bounds.get(id)?.shareBasisPoints ?? 0)}::bigint[],
              ${poolIds.map((id) => bounds.get(id)?.ahead ?? 0n)}::bigint[]) as d (pool_id, quantity, units, share, ahead)
            where p.id = d.pool_id returning ${taken}`
      : sql`update promises.pool p
            set granted = ${grantedOf(free)}, held = p.held + case when ${as} = 'held' then ${grantedOf(free)} else 0 end,
                committed = p.committed + case when ${as} = 'committed' then ${grantedOf(free)} else 0 end
            from unnest(${poolIds}::uuid[], ${quantities}::bigint[]) as d (pool_id, quantity)
            where p.id = d.pool_id returning ${taken}`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const free = sql`p.capacity + p.overbooking - p.safety - p.held - p.committed`
const freeBetween = sql`${free} + least(p.advance, d.ahead) - d.units - (p.capacity * d.share + 9999) / 10000`
const taken = sql`p.id, p.granted, p.capacity, p.advance, ${free} as available`
const grantedOf = (units: Sql): Sql => sql`least(d.quantity, greatest(0, ${units}))`

/** Gives back what was taken in this same transaction and is not needed. */
export async function giveBack(
  tx: Tx,
  remains: readonly { poolId: string; quantity: bigint }[],
  as: 'held' | 'committed',
): Promise<void> {
  await execute(
    tx,
    sql`update promises.pool p
        set held = p.held - case when ${as} = 'held' then d.quantity else 0 end,
            committed = p.committed - case when ${as} = 'committed' then d.quantity else 0 end
        from unnest(${remains.map((d) => d.poolId)}::uuid[], ${remains.map((d) => d.quantity)}::bigint[]) as d (pool_id, quantity)
        where p.id = d.pool_id`,
  )
}

/** Changes of the three quantities of pools, summed per pool. Lowering what is promised also lowers what is missing. */
export async function changePools(
  tx: Tx,
  changes: readonly { poolId: string; capacity: bigint; held: bigint; committed: bigint }[],
): Promise<void> {
  const sorted = [...changes].sort((a, b) => (a.poolId < b.poolId ? -1 : 1))
  await execute(
    tx,
    sql`update promises.pool p
        set capacity = p.capacity + d.capacity,
            held = p.held + d.held,
            committed = p.committed + d.committed,
            shortage = least(p.shortage, greatest(0,
              p.held + d.held + p.committed + d.committed - p.capacity - d.capacity - p.overbooking - p.advance))
        from (select pool_id, sum(capacity)::bigint as capacity, sum(held)::bigint as held, sum(committed)::bigint as committed
              from unnest(${sorted.map((d) => d.poolId)}::uuid[], ${sorted.map((d) => d.capacity)}::bigint[],
                ${sorted.map((d) => d.held)}::bigint[], ${sorted.map((d) => d.committed)}::bigint[])
                as u (pool_id, capacity, held, committed) group by pool_id) d
        where p.id = d.pool_id`,
  )
}

/**
 * Changes what pools can hold; they exist (`ensurePools`). What is promised stays promised: if less is there than was
 * promised, the difference is recorded as a shortage. A pool that would hold less than nothing is left as it is.
 * @returns the capacity after the change, of the pools that changed
 */
export async function changeCapacity(
  tx: Tx,
  changes: readonly { poolId: string; delta: bigint }[],
): Promise<Map<string, bigint>> {
  const rows = await query<{ id: string; capacity: bigint }>(
    tx,
    sql`update promises.pool p
        set capacity = p.capacity + d.delta,
            shortage = greatest(0, p.held + p.committed - p.capacity - d.delta - p.overbooking - p.advance)
        from (select pool_id, sum(delta)::bigint as delta
              from unnest(${changes.map((c) => c.poolId)}::uuid[], ${changes.map((c) => c.delta)}::bigint[])
                as u (pool_id, delta) group by pool_id order by pool_id) d
        where p.id = d.pool_id and p.capacity + d.delta >= 0
        returning p.id, p.capacity`,
  )
  return new Map(rows.map((row) => [row.id, row.capacity]))
}

/** Creates empty pools that do not exist yet, so that they can be locked. */
export async function ensurePools(tx: Tx, kind: string, poolIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`insert into promises.pool (id, kind) select p.id, ${kind} from unnest(${poolIds}::uuid[]) as p (id)
        on conflict (id) do nothing`,
  )
}

/**
 * Sets what pools hold, making those that are not there. What is promised stays promised: if that is more than a pool holds now,
 * the difference is recorded as a shortage, and nothing more is given.
 */
export async function setCapacity(
  tx: Tx,
  kind: string,
  pools: readonly { poolId: string; capacity: bigint }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into promises.pool as p (id, kind, capacity)
        select d.pool_id, ${kind}, d.capacity
        from unnest(${pools.map((pool) => pool.poolId)}::uuid[], ${pools.map((pool) => pool.capacity)}::bigint[])
          as d (pool_id, capacity) order by d.pool_id
        on conflict (id) do update set capacity = excluded.capacity,
          shortage = greatest(0, p.held + p.committed - excluded.capacity - p.overbooking)
        where p.capacity <> excluded.capacity`,
  )
}

/** Sets how many units of each pool are kept back. */
export async function setSafety(tx: Tx, levels: readonly { poolId: string; safety: bigint }[]): Promise<number> {
  return execute(
    tx,
    sql`update promises.pool p set safety = d.safety
        from unnest(${levels.map((l) => l.poolId)}::uuid[], ${levels.map((l) => l.safety)}::bigint[]) as d (pool_id, safety)
        where p.id = d.pool_id and p.safety <> d.safety`,
  )
}

/** Sets how many more a pool may promise than it holds. What is promised stays promised. */
export async function setOverbooking(tx: Tx, poolId: string, overbooking: bigint): Promise<void> {
  await execute(
    tx,
    sql`update promises.pool p
        set overbooking = ${overbooking},
            shortage = greatest(0, p.held + p.committed - p.capacity - ${overbooking} - p.advance)
        where p.id = ${poolId}`,
  )
}

/** Changes how many units of each pool are kept back, never to less than nothing. */
export async function changeSafety(tx: Tx, poolIds: readonly string[], by: bigint): Promise<void> {
  await execute(
    tx,
    sql`update promises.pool p set safety = greatest(0, p.safety + ${by}) where id = any(${poolIds}::uuid[])`,
  )
}

/**
 * Sets how many units of pools may be promised before they are there. What is promised stays promised: if less is to come than
 * was promised, the difference is recorded as a shortage.
 */
export async function setAdvance(
  tx: Tx,
  levels: readonly { readonly poolId: string; readonly advance: bigint }[],
): Promise<void> {
  const sorted = [...levels].sort((a, b) => (a.poolId < b.poolId ? -1 : 1))
  await execute(
    tx,
    sql`update promises.pool p
        set advance = d.advance,
            shortage = greatest(0, p.held + p.committed - p.capacity - p.overbooking - d.advance)
        from unnest(${sorted.map((l) => l.poolId)}::uuid[], ${sorted.map((l) => l.advance)}::bigint[]) as d (pool_id, advance)
        where p.id = d.pool_id and p.advance <> d.advance`,
  )
}

export type PoolLevel = {
  poolId: string
  capacity: bigint
  held: bigint
  committed: bigint
  safety: bigint
  available: bigint
}

/** The quantities of pools as they are committed now. */
export async function readPools(db: Queryable, poolIds: readonly string[]): Promise<PoolLevel[]> {
  return query<PoolLevel>(
    db,
    sql`select id as "poolId", capacity, held, committed, safety,
               capacity + overbooking - safety - held - committed as available
        from promises.pool where id = any(${poolIds}::uuid[])`,
  )
}
