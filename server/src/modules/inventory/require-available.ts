import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { ensurePools, lockPools, readPools } from '../promises/public.ts'

/**
 * Locks the pools and makes sure each has that many units nobody was promised.
 * @param alsoLock pools that will change in the same transaction: all are locked at once, in one order
 * @throws inventory.not_enough
 */
export async function requireAvailable(
  tx: Tx,
  wanted: readonly { poolId: string; quantity: number }[],
  alsoLock: readonly string[] = [],
): Promise<void> {
  const lock = [...new Set([...wanted.map(({ poolId }) => poolId), ...alsoLock])].sort()
  await ensurePools(tx, 'stock', lock)
  await lockPools(tx, lock)
  const pools = new Map((await readPools(tx, lock)).map((pool) => [pool.poolId, pool]))
  for (const { poolId, quantity } of wanted) {
    const pool = pools.get(poolId)
    // The safety margin binds promises to customers, not the people who move stock.
    const free = (pool?.available ?? 0n) + (pool?.safety ?? 0n)
    if (free < BigInt(quantity)) throw refuse('inventory.not_enough', { available: Number(free > 0n ? free : 0n) })
  }
}
