import type { Queryable } from '../../kernel/db.ts'
import { areaOf } from './domain/postal-areas.ts'
import type { Coordinates } from './domain/sourcing/types.ts'
import { selectPostalPlaces } from './queries/postal-places.ts'

/** Where a postal code lies, and how well that is known: by itself, or by the chief town of its département. */
export type PostalPlace = Coordinates & { readonly knownBy: 'postal_code' | 'department' }

/**
 * Where postal codes lie: as imported, else the chief town of the département, within some tens of kilometres. Those of which
 * nothing is known are left out.
 * @returns by `country code`, as `FR 44000`
 */
export async function placesOfCodes(
  db: Queryable,
  codes: readonly { readonly code: string; readonly country: string }[],
): Promise<Map<string, PostalPlace>> {
  const places = new Map<string, PostalPlace>()
  for (const { code, country } of codes) {
    const { coordinates } = areaOf(code, country)
    if (coordinates) places.set(`${country} ${code}`, { ...coordinates, knownBy: 'department' })
  }
  for (const { country, postal_code, latitude, longitude } of await selectPostalPlaces(db, codes))
    places.set(`${country} ${postal_code}`, { latitude, longitude, knownBy: 'postal_code' })
  return places
}
