import type { Queryable } from '../../kernel/db.ts'
import { listSites } from '../channels/public.ts'
import { listPlaces } from '../inventory/public.ts'
import { UnreadableFile } from './read-csv.ts'

/**
 * The place a file's quantities lie at: the one asked for, or the warehouse, or the only place there is.
 * @returns its id; null when the company has no place yet
 * @throws UnreadableFile import.place_missing
 */
export async function stockPlace(db: Queryable, code: string | null): Promise<string | null> {
  const places = await listPlaces(db)
  if (code !== null) {
    const asked = places.find((place) => place.code === code)
    if (!asked) throw new UnreadableFile('import.place_missing', { code })
    return asked.id
  }
  const warehouses = new Set((await listSites(db)).filter((site) => site.kind === 'warehouse').map((site) => site.id))
  return (places.find((place) => warehouses.has(place.siteId)) ?? places[0])?.id ?? null
}
