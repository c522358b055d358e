import sql from 'sql-template-tag'
import { query, type Tx } from '../../../kernel/db.ts'

/**
 * Locks of the promise engine, taken in this order: promises by (pool, id), then pools by id. Takes need no lock: they are
 * guarded updates.
 */

/** Locks holds and says which are still held. */
export async function lockHeld(tx: Tx, ids: readonly { poolId: string; id: string }[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    tx,
    sql`select p.id from promises.promise p
        join unnest(${ids.map((p) => p.poolId)}::uuid[], ${ids.map((p) => p.id)}::uuid[]) as d (pool_id, id)
          on p.pool_id = d.pool_id and p.id = d.id
        where p.state = 'held' order by p.pool_id, p.id for update of p`,
  )
  return new Set(rows.map((row) => row.id))
}

/** Locks pools for a change that depends on what they hold, e.g. a count. */
export async function lockPools(tx: Tx, poolIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await query<{ id: string; capacity: bigint }>(
    tx,
    sql`select id, capacity from promises.pool where id = any(${poolIds}::uuid[]) order by id for update`,
  )
  return new Map(rows.map((row) => [row.id, row.capacity]))
}
