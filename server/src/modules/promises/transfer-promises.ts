import type { Tx } from '../../kernel/db.ts'
import { changePools } from './queries/pools.ts'
import { transferHeld } from './queries/promises.ts'

/** A hold on its way from one document to another: from a cart to the order it becomes. */
export type Transfer = {
  readonly poolId: string
  readonly id: string
  readonly quantity: bigint
  readonly to: string
  /** `held` until `expiresAt` still, or `committed` with the passage. */
  readonly as: 'held' | 'committed'
  readonly expiresAt: Date | null
}

/**
 * Hands holds over without a gap: between the hold and the commitment nobody else can take the units. Those no longer held, or
 * held in another quantity, stay as they are.
 * @returns the ids of those that went over
 */
export async function transferPromises(tx: Tx, transfers: readonly Transfer[]): Promise<Set<string>> {
  if (transfers.length === 0) return new Set()
  const moved = new Set(await transferHeld(tx, transfers))
  const committed = transfers.filter((transfer) => transfer.as === 'committed' && moved.has(transfer.id))
  if (committed.length > 0)
    await changePools(
      tx,
      committed.map(({ poolId, quantity }) => ({ poolId, capacity: 0n, held: -quantity, committed: quantity })),
    )
  return moved
}
