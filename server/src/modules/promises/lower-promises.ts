import type { Tx } from '../../kernel/db.ts'
import { changePools } from './queries/pools.ts'
import { shrinkPromises } from './queries/promises.ts'

/**
 * Makes promises smaller than they were committed: what is no longer needed can be promised again. Those that are not committed, or
 * not larger, stay as they are; the caller holds the lock of what they were made to.
 */
export async function lowerPromises(
  tx: Tx,
  promises: readonly { poolId: string; id: string; quantity: bigint }[],
): Promise<void> {
  const lowered = await shrinkPromises(tx, promises)
  if (lowered.length === 0) return
  await changePools(
    tx,
    lowered.map(({ poolId, by }) => ({ poolId, capacity: 0n, held: 0n, committed: -by })),
  )
}
