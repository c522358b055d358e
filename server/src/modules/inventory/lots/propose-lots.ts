import type { ShelfLot } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { inOrderOfExpiry, isSellable, unitsOf } from '../domain/choose-lots.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { selectShelf, selectTrackingOf } from '../queries/lot-moves.ts'

export type ShelfOfVariant = {
  readonly variantId: string
  readonly tracking: StockTracking
  readonly lots: readonly ShelfLot[]
}

type Asked = {
  readonly variantIds: readonly string[]
  readonly placeIds: readonly string[]
  readonly today: string
  /** Lines for which what is put aside is proposed all the same. */
  readonly lineIds?: readonly string[]
}

/**
 * Lots of followed articles that places can sell, in the order in which they should leave; articles that are not followed
 * are left out. What is put aside for lines of orders is not proposed to others.
 */
export async function proposeLots(db: Queryable, asked: Asked): Promise<ShelfOfVariant[]> {
  const tracked = await selectTrackingOf(db, asked.variantIds)
  if (tracked.length === 0) return []
  const pools = tracked.flatMap(({ variantId }) => asked.placeIds.map((placeId) => poolIdOf(variantId, placeId)))
  const shelf = await selectShelf(db, pools)
  return tracked.map(({ variantId, ...tracking }) => {
    const open = shelf
      .filter((row) => row.variantId === variantId && row.units > 0)
      .filter((row) => isSellable(row, { today: asked.today, minDaysLeft: tracking.minDaysLeft }))
      .map((row) => ({
        lotId: row.lotId,
        number: row.number,
        expiresOn: row.expiresOn,
        units: row.units - unitsOf(row.picks.filter(({ lineId }) => !asked.lineIds?.includes(lineId))),
      }))
      .filter(({ units }) => units > 0)
    return { variantId, tracking, lots: inOrderOfExpiry(open) }
  })
}
