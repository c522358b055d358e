import type { Tx } from '../../kernel/db.ts'
import { ensurePools, setSafety } from '../promises/public.ts'
import { placeSafeties } from './queries/availability.ts'
import { insertStockItems } from './queries/movements.ts'

/** Makes sure that articles can lie at places; where one lies for the first time, the place keeps back what it always does. */
export async function ensureStockItems(
  tx: Tx,
  items: readonly { readonly poolId: string; readonly variantId: string; readonly placeId: string }[],
): Promise<void> {
  await ensurePools(tx, 'stock', [...new Set(items.map((item) => item.poolId))].sort())
  const added = await insertStockItems(tx, items)
  if (added.length === 0) return
  const usual = await placeSafeties(tx)
  const levels = added.flatMap(({ poolId, placeId }) => {
    const units = usual.get(placeId)
    return units === undefined ? [] : [{ poolId, safety: BigInt(units) }]
  })
  if (levels.length > 0) await setSafety(tx, levels)
}
