import { normalCdf, normalQuantile } from '../numeric/distributions.ts'
import type { DemandDistribution } from '../stock/demand-distribution.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** A class of buyers for the same places: those who pay least come first, those who pay most last. Demand is normal. */
export interface FareClass {
  fare: number
  mean: number
  deviation: number
}

/**
 * Littlewood's rule (K. Littlewood 1972): keep places for those who pay more as long as the chance that they come is at least the
 * ratio of the fares.
 */
export function littlewoodProtection(highFare: number, lowFare: number, highDemand: DemandDistribution): number {
  requireRange('low fare', lowFare, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('high fare', highFare, lowFare, Number.MAX_VALUE)
  return highFare === lowFare ? 0 : Math.max(0, highDemand.quantile(1 - lowFare / highFare))
}

/**
 * EMSR-a (P. Belobaba 1987): places kept for all classes above one are those that each of them alone would have kept against it.
 * @param classes the dearest first
 * @returns for each class but the last, the places kept for it and all dearer ones
 */
export function emsrA(classes: readonly FareClass[]): Float64Array {
  requireClasses(classes)
  return Float64Array.from(classes.slice(1), ({ fare }, at) =>
    Math.max(
      0,
      classes.slice(0, at + 1).reduce((sum, above) => sum + keptFor(above, fare), 0),
    ),
  )
}

/** EMSR-b (P. Belobaba 1989): the classes above one are taken as one class of their total demand and mean fare. */
export function emsrB(classes: readonly FareClass[]): Float64Array {
  requireClasses(classes)
  let [mean, variance, revenue] = [0, 0, 0]
  return Float64Array.from(classes.slice(1), ({ fare }, at) => {
    const above = classes[at]!
    mean += above.mean
    variance += above.deviation ** 2
    revenue += above.fare * above.mean
    return Math.max(0, keptFor({ fare: revenue / mean, mean, deviation: Math.sqrt(variance) }, fare))
  })
}

const keptFor = ({ fare, mean, deviation }: FareClass, other: number): number =>
  fare <= other ? 0 : mean + deviation * normalQuantile(1 - other / fare)

/** What the best nested protection brings, and what to keep. */
export interface BestProtection {
  /** As of EMSR. */
  protection: Float64Array
  /** Expected, of selling so many places. */
  revenue: number
}

/**
 * The best protection levels when classes ask one after the other, the cheapest first, by dynamic programming (S. Brumelle,
 * J. McGill, Operations Research 41(1), 1993).
 * @param step places are counted in this unit: 1 for whole ones, less to come near the textbook's divisible places
 */
export function bestProtection(classes: readonly FareClass[], capacity: number, step = 1): BestProtection {
  requireClasses(classes)
  requireRange('capacity', capacity, step, 1e5 * step)
  const points = Math.round(capacity / step)
  const protection = new Float64Array(classes.length - 1)
  let value: Float64Array = new Float64Array(points + 1)
  classes.forEach((one, at) => {
    const kept = at === 0 ? 0 : lastWorthKeeping(value, one.fare * step)
    if (at > 0) protection[at - 1] = kept * step
    value = valueWith(value, one.fare * step, kept, demandChances(one, step, points))
  })
  return { protection, revenue: value[points]! }
}

/** Expected revenue of given nested protection levels, by the same recursion: what another rule would bring. */
export function revenueOf(
  classes: readonly FareClass[],
  capacity: number,
  protection: ArrayLike<number>,
  step = 1,
): number {
  requireClasses(classes)
  if (protection.length !== classes.length - 1) {
    throw new Unanswerable('mismatch', { first: protection.length, second: classes.length - 1 })
  }
  const points = Math.round(capacity / step)
  let value: Float64Array = new Float64Array(points + 1)
  classes.forEach((one, at) => {
    const kept = at === 0 ? 0 : Math.min(points, Math.max(0, Math.round(protection[at - 1]! / step)))
    value = valueWith(value, one.fare * step, kept, demandChances(one, step, points))
  })
  return value[points]!
}

/** How many places are worth more to the classes above than this fare; a place is worth less the more there are. */
function lastWorthKeeping(value: Float64Array, fare: number): number {
  let kept = 0
  while (kept + 1 < value.length && value[kept + 1]! - value[kept]! > fare) kept++
  return kept
}

/** The value of each number of places once a class may ask for those beyond what is kept. */
function valueWith(value: Float64Array, fare: number, kept: number, chances: Float64Array): Float64Array {
  return value.map((_, places) => {
    const open = Math.max(0, places - kept)
    let expected = 0
    let left = 1
    for (let asked = 0; asked < open && asked < chances.length; asked++) {
      expected += chances[asked]! * (fare * asked + value[places - asked]!)
      left -= chances[asked]!
    }
    return expected + Math.max(0, left) * (fare * open + value[places - open]!)
  })
}

/** A normal demand on a grid, what is below nothing counted as none. */
function demandChances({ mean, deviation }: FareClass, step: number, points: number): Float64Array {
  const below = (units: number): number =>
    deviation === 0 ? Number(units >= mean) : normalCdf((units - mean) / deviation)
  return Float64Array.from({ length: points + 1 }, (_, at) =>
    at === 0 ? below(0.5 * step) : below((at + 0.5) * step) - below((at - 0.5) * step),
  )
}

function requireClasses(classes: readonly FareClass[]): void {
  if (classes.length < 2) throw new Unanswerable('too_few', { what: 'classes', have: classes.length, need: 2 })
  classes.forEach(({ fare, mean, deviation }, at) => {
    requireRange('fare', fare, Number.MIN_VALUE, at === 0 ? Number.MAX_VALUE : classes[at - 1]!.fare)
    requireRange('mean demand', mean, Number.MIN_VALUE, Number.MAX_VALUE)
    requireRange('deviation', deviation, 0, Number.MAX_VALUE)
  })
}
