import type { Place, Travel } from './problem.ts'

/** Mean radius of the Earth in metres: R₁ of the GRS 80 ellipsoid, (2a + b) / 3 (H. Moritz, Geodetic Reference System 1980). */
const earthRadius = 6_371_008.8
const radians = Math.PI / 180

/**
 * Metres between two points of the globe along the great circle, by the haversine formula (R. W. Sinnott, "Virtues of the
 * Haversine", Sky & Telescope 68, 1984), which keeps its precision for neighbours. On a sphere: within 0.6 % of the ellipsoid.
 */
export function greatCircle(
  from: { latitude: number; longitude: number },
  to: { latitude: number; longitude: number },
): number {
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2)
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const haversine = north * north + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * east * east
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

/**
 * Travel between addresses without a map: the great circle times a road factor, at one speed. 1.35 is a cautious factor for France:
 * R. H. Ballou, H. Rahardja and N. Sakai ("Selected country circuity factors for road travel distance estimation", Transportation
 * Research A 36, 2002) give 1.2 to 1.5 for countries of Europe. 30 km/h is a van in a town, lights and parking included. Durations
 * are whole seconds, rounded up, so that adding and subtracting them is exact.
 */
export function roadTravel({ roadFactor = 1.35, kilometresPerHour = 30, secondsPerLeg = 0 } = {}): Travel {
  const distance = (from: Place, to: Place): number => {
    if (!('latitude' in from) || !('latitude' in to)) throw new Error('Road travel needs latitudes and longitudes')
    return greatCircle(from, to) * roadFactor
  }
  return {
    distance,
    duration: (from, to) => {
      const metres = distance(from, to)
      return metres === 0 ? 0 : Math.ceil(metres / (kilometresPerHour / 3.6)) + secondsPerLeg
    },
  }
}

/** Travel on a plane at speed 1, where distance is duration: what Solomon's instances use. `round` is applied to each leg. */
export function planeTravel(round: (length: number) => number = (length) => length): Travel {
  const distance = (from: Place, to: Place): number => {
    if (!('x' in from) || !('x' in to)) throw new Error('Plane travel needs x and y')
    // Not `Math.hypot`, whose last bit may be wrong: cut after a decimal, 5 must not become 4.9.
    return round(Math.sqrt((to.x - from.x) ** 2 + (to.y - from.y) ** 2))
  }
  return { distance, duration: distance }
}

/** Travel by given matrices of `size` × `size`, row by row, from × to: metres and seconds, as a routing service gives them. */
export function matrixTravel(size: number, distances: ArrayLike<number>, durations: ArrayLike<number>): Travel {
  if (distances.length !== size * size || durations.length !== size * size)
    throw new Error(`A travel matrix of ${size} places has ${size * size} entries`)
  const read = (matrix: ArrayLike<number>, from: Place, to: Place): number => {
    const known = 'node' in from && 'node' in to && from.node < size && to.node < size
    const value = known ? matrix[from.node * size + to.node] : undefined
    if (value === undefined) throw new Error('A place is not in the travel matrix')
    return value
  }
  return {
    distance: (from, to) => read(distances, from, to),
    duration: (from, to) => read(durations, from, to),
  }
}
