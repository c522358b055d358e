import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { changePools } from './queries/pools.ts'
import { movePromises, type PromiseState } from './queries/promises.ts'

type Settlement = 'commit' | 'release' | 'expire' | 'cancel' | 'fulfil'

const moves: Readonly<Record<Settlement, { from: PromiseState; to: PromiseState; held: bigint; committed: bigint }>> = {
  /** A hold is paid for. */
  commit: { from: 'held', to: 'committed', held: -1n, committed: 1n },
  /** A hold is given up. */
  release: { from: 'held', to: 'released', held: -1n, committed: 0n },
  /** A hold outlived its time. */
  expire: { from: 'held', to: 'expired', held: -1n, committed: 0n },
  /** What was committed will not be delivered after all. */
  cancel: { from: 'committed', to: 'released', held: 0n, committed: -1n },
  /** What was committed has been handed over; whoever owns the pool lowers its capacity by the same, in this transaction. */
  fulfil: { from: 'committed', to: 'fulfilled', held: 0n, committed: -1n },
}

/**
 * Moves promises on, all that are still in the state the settlement starts from; the others are left alone, so settling
 * twice settles once.
 * @returns the promises that moved
 */
export async function settlePromises(
  ctx: Ctx,
  tx: Tx,
  settlement: Settlement,
  promises: readonly { poolId: string; id: string }[],
): Promise<{ poolId: string; id: string; quantity: bigint }[]> {
  if (promises.length === 0) return []
  const { from, to, held, committed } = moves[settlement]
  const moved = await movePromises(tx, promises, from, to, ctx.clock.now())
  if (moved.length > 0) {
    await changePools(
      tx,
      moved.map(({ poolId, quantity }) => ({
        poolId,
        capacity: 0n,
        held: held * quantity,
        committed: committed * quantity,
      })),
    )
  }
  return moved
}
