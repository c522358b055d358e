import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { lockPools, setSafety } from '../promises/public.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { ensureStockItems } from './ensure-stock-items.ts'
import { markOwnSafety } from './queries/availability.ts'
import { recordMovements } from './record-movements.ts'

export type Count = {
  readonly variantId: string
  readonly placeId: string
  /** What was found on the shelf. */
  readonly counted: number
  readonly reasonCode?: ReasonCode
  readonly reason: string | null
  /** Which were missing or found, of a followed article. */
  readonly lots?: readonly LotUnits[] | undefined
  /** Units kept back from being promised; unchanged when absent. */
  readonly safety?: number
}

/**
 * Records counts: for each article at each place, a movement by the difference between what was found and what was
 * recorded; nothing where they agree. Counting twice the same changes nothing.
 * @returns for each count, the difference
 */
export async function recordCounts(ctx: Ctx, tx: Tx, counts: readonly Count[]): Promise<number[]> {
  if (counts.length === 0) return []
  const items = counts.map((count) => ({ ...count, poolId: poolIdOf(count.variantId, count.placeId) }))
  const poolIds = [...new Set(items.map((item) => item.poolId))].sort()
  await ensureStockItems(tx, items)
  const onHand = await lockPools(tx, poolIds)
  const differences = items.map((item) => {
    const difference = BigInt(item.counted) - (onHand.get(item.poolId) ?? 0n)
    onHand.set(item.poolId, BigInt(item.counted))
    return difference
  })
  await recordMovements(
    ctx,
    tx,
    items.flatMap((item, index) => {
      const quantity = differences[index] ?? 0n
      return quantity === 0n
        ? []
        : [
            {
              kind: 'count' as const,
              variantId: item.variantId,
              placeId: item.placeId,
              quantity,
              reasonCode: item.reasonCode ?? ('count_difference' as const),
              reason: item.reason,
              lots: item.lots,
            },
          ]
    }),
  )
  const safeties = items.flatMap((item) =>
    item.safety === undefined ? [] : [{ poolId: item.poolId, safety: BigInt(item.safety) }],
  )
  if (safeties.length > 0) {
    await setSafety(tx, safeties)
    const own = safeties.map(({ poolId }) => poolId)
    await markOwnSafety(tx, own, true)
  }
  return differences.map(Number)
}
