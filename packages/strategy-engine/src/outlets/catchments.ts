import { requireRange } from '../unanswerable.ts'
import { requireRegion, type Region } from './region.ts'

/** How distance and attraction weigh, and what else people may do. */
export interface HuffOptions {
  /** Exponent of attraction; 1 unless said. */
  alpha?: number
  /** Exponent of distance; 2 unless said, as in D. Huff’s own studies. */
  beta?: number
  /** Pull of buying elsewhere or not at all, beside outlets’ attraction over distance; 0: everybody buys here. */
  elsewhere?: number
}

/** Who goes where. */
export interface Catchments {
  /** Chance that somebody of a zone buys at an outlet, zone by zone; a zone’s sum and its `elsewhere` are 1. */
  shares: Float64Array
  /** Purchases a year of each outlet. */
  sales: Float64Array
  /** Purchases made elsewhere. */
  lost: number
}

/** Nearer than this counts as this: nobody is at no distance. */
const nearest = 0.1

/**
 * Catchments by the gravity model of D. Huff (Defining and estimating a trading area, Journal of Marketing 28(3), 1964): the chance of an
 * outlet is its pull A^α/d^β over that of all. `open` says which outlets there are; all unless said.
 */
export function catchments(
  region: Region,
  { alpha = 1, beta = 2, elsewhere = 0 }: HuffOptions = {},
  open: readonly boolean[] = region.outlets.map(() => true),
): Catchments {
  requireRegion(region)
  requireRange('alpha', alpha, 0, 10)
  requireRange('beta', beta, 0, 10)
  requireRange('elsewhere', elsewhere, 0, 1e12)
  const { zones, outlets, distances } = region
  const shares = new Float64Array(distances.length)
  const sales = new Float64Array(outlets.length)
  let lost = 0
  zones.forEach(({ demand }, zone) => {
    let sum = elsewhere
    outlets.forEach(({ attraction }, outlet) => {
      const at = zone * outlets.length + outlet
      if (!open[outlet]) return
      shares[at] = attraction ** alpha / Math.max(distances[at]!, nearest) ** beta
      sum += shares[at]
    })
    let kept = 0
    for (let outlet = 0; outlet < outlets.length; outlet++) {
      const at = zone * outlets.length + outlet
      shares[at] = sum > 0 ? shares[at]! / sum : 0
      sales[outlet]! += demand * shares[at]
      kept += shares[at]
    }
    lost += demand * (1 - kept)
  })
  return { shares, sales, lost }
}
