import type { Queryable } from '../../kernel/db.ts'
import { greatCircleKm, placesOfCodes, type PostalPlace } from '../inventory/public.ts'

/** Somewhere by its postal code, or by its own place where that is known. */
export type Somewhere = {
  readonly country: string
  readonly postalCode: string
  readonly latitude?: number | null
  readonly longitude?: number | null
}

export type Placed = {
  readonly latitude: number
  readonly longitude: number
  /** By the chief town of its département, within some tens of kilometres. */
  readonly approximate: boolean
}

/** Where each of these lies, in their order; null where nobody knows. */
export async function placeAreas(db: Queryable, areas: readonly Somewhere[]): Promise<(Placed | null)[]> {
  const places = await placesOfCodes(
    db,
    areas.map(({ country, postalCode: code }) => ({ country, code })),
  )
  return areas.map(({ country, postalCode, latitude = null, longitude = null }) =>
    latitude !== null && longitude !== null
      ? { latitude, longitude, approximate: false }
      : placedBy(places.get(`${country} ${postalCode}`)),
  )
}

function placedBy(place: PostalPlace | undefined): Placed | null {
  if (!place) return null
  const { latitude, longitude, knownBy } = place
  return { latitude, longitude, approximate: knownBy === 'department' }
}

/** Kilometres as the crow flies from each of the first to each of the others, row by row. */
export function measureAreas(from: readonly Placed[], to: readonly Placed[]): Float64Array {
  return Float64Array.from({ length: from.length * to.length }, (_, at) => {
    const [one, other] = [from[Math.floor(at / to.length)], to[at % to.length]]
    return one && other ? greatCircleKm(one, other) : 0
  })
}
