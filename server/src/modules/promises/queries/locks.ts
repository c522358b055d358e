import sql from 'sql-template-tag'
import { query, type Tx } from '../../../kernel/db.ts'

/**
 * Locks of the promise engine, taken in this order: promises by (pool, id), then pools by id. Takes need no lock: they are
 * guarded updates.
 */

/** Locks pools for a change that depends on what they hold, e.g. a count. */
export async function lockPools(tx: Tx, poolIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await query<{ id: string; capacity: bigint }>(
    tx,
    sql`select id, capacity from promises.pool where id = any(${poolIds}::uuid[]) order by id for update`,
  )
  return new Map(rows.map((row) => [row.id, row.capacity]))
}
