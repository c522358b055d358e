import type { Queryable } from '../../kernel/db.ts'
import { comparePools } from '../promises/public.ts'
import { compareLots } from './queries/lots.ts'
import { compareOnHand, countItems, itemsOfPools } from './queries/stock.ts'

export type StockDifference = {
  variantId: string
  placeId: string
  quantity: string
  stored: number
  recomputed: number
}

/** Recomputes every quantity from what caused it — on hand from movements, held and committed from promises, of followed
 * articles the lots — and lists what differs. */
export async function verifyStock(db: Queryable): Promise<{ checked: number; differences: StockDifference[] }> {
  const [onHand, promised, lots, checked] = await Promise.all([
    compareOnHand(db),
    comparePools(db),
    compareLots(db),
    countItems(db),
  ])
  const pools = promised.map((row) => row.poolId)
  const items = new Map(
    pools.length === 0 ? [] : (await itemsOfPools(db, pools)).map((item) => [item.poolId, item] as const),
  )
  const differences = [
    ...onHand.map((row) => ({
      variantId: row.variantId,
      placeId: row.placeId,
      quantity: 'on_hand',
      stored: Number(row.stored),
      recomputed: Number(row.recomputed),
    })),
    ...promised.flatMap((row) => {
      const item = items.get(row.poolId)
      return item
        ? [
            {
              variantId: item.variantId,
              placeId: item.placeId,
              quantity: row.quantity,
              stored: Number(row.stored),
              recomputed: Number(row.recomputed),
            },
          ]
        : []
    }),
  ]
  for (const { stored, recomputed, ...row } of lots)
    differences.push({ ...row, stored: Number(stored), recomputed: Number(recomputed) })
  return { checked, differences }
}
