import type { Tx } from '../../kernel/db.ts'
import { ensureStockItems } from './ensure-stock-items.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { updateLocations } from './queries/locations.ts'

/** Where an article lies at a place; null: nobody says. */
export type Location = { readonly variantId: string; readonly placeId: string; readonly location: string | null }

/** Writes down where articles lie at places, aisle and shelf; those that have never lain there may from now on. */
export async function setLocations(tx: Tx, locations: readonly Location[]): Promise<void> {
  if (locations.length === 0) return
  const items = locations.map(({ variantId, placeId, location }) => ({
    poolId: poolIdOf(variantId, placeId),
    variantId,
    placeId,
    location: location?.trim() || null,
  }))
  await ensureStockItems(tx, items)
  await updateLocations(tx, items)
}
