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
  const onHand = await compareOnHand(db)
  const promised = await comparePools(db)
  const lots = await compareLots(db)
  const items = new Map(
    (
      await itemsOfPools(
        db,
        promised.map((row) => row.poolId),
      )
    ).map((item) => [item.poolId, item]),
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
  return { checked: await countItems(db), differences }
}
