import { normalCdf, normalDensity, normalQuantile } from '../numeric/distributions.ts'
import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/** Uncertain demand of one season, period or class, as far as deciding about quantities needs it. Units of goods. */
export interface DemandDistribution {
  mean: number
  /** The least quantity that covers demand with at least this chance; 0 < chance < 1. */
  quantile(chance: number): number
  /** What is sold on average of a quantity: E[min(quantity, demand)]. */
  expectedSales(quantity: number): number
}

/** E[(Z − z)⁺] of a standard normal Z (Snyder and Shen 2019, app. C). */
export const normalLoss = (z: number): number => normalDensity(z) - z * normalCdf(-z)

/** ½ E[((Z − z)⁺)²]. */
export const normalSecondLoss = (z: number): number => ((z * z + 1) * normalCdf(-z) - z * normalDensity(z)) / 2

export function normalDemand(mean: number, deviation: number): DemandDistribution {
  requireRange('mean demand', mean, 0, Number.MAX_VALUE)
  requireRange('deviation', deviation, 0, Number.MAX_VALUE)
  if (deviation === 0) return certainDemand(mean)
  return {
    mean,
    quantile: (chance) => mean + deviation * normalQuantile(chance),
    expectedSales: (quantity) => mean - deviation * normalLoss((quantity - mean) / deviation),
  }
}

const certainDemand = (mean: number): DemandDistribution => ({
  mean,
  quantile: () => mean,
  expectedSales: (quantity) => Math.min(quantity, mean),
})

/** Demand anywhere between two quantities with the same chance. */
export function uniformDemand(least: number, most: number): DemandDistribution {
  requireRange('least', least, 0, Number.MAX_VALUE)
  requireRange('most', most, least * (1 + Number.EPSILON) + Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    mean: (least + most) / 2,
    quantile: (chance) => least + chance * (most - least),
    expectedSales: (quantity) => {
      const reached = Math.min(quantity, most)
      return reached <= least ? reached : reached - (reached - least) ** 2 / (2 * (most - least))
    },
  }
}

export function exponentialDemand(mean: number): DemandDistribution {
  requireRange('mean demand', mean, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    mean,
    quantile: (chance) => -mean * Math.log1p(-chance),
    expectedSales: (quantity) => -mean * Math.expm1(-quantity / mean),
  }
}

/** Whole units with these chances, from none on; they must sum to 1. */
export function discreteDemand(chances: Float64Array): DemandDistribution {
  if (chances.length === 0) throw new Unanswerable('empty')
  requireFinite('chance', chances)
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  if (Math.abs(total - 1) > 1e-9) throw new Unanswerable('mismatch', { first: total, second: 1 })
  return {
    mean: chances.reduce((sum, chance, units) => sum + chance * units, 0),
    quantile: (chance) => {
      let below = 0
      const units = chances.findIndex((one) => (below += one) >= chance - 1e-12)
      return units < 0 ? chances.length - 1 : units
    },
    expectedSales: (quantity) => chances.reduce((sum, chance, units) => sum + chance * Math.min(units, quantity), 0),
  }
}

/** Chances of 0, 1, 2 … units of Poisson demand, up to where what is left is negligible. */
export function poissonChances(mean: number): Float64Array {
  requireRange('mean demand', mean, 0, 1e6)
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 20)
  const chances = new Float64Array(last + 1)
  let log = -mean
  chances[0] = Math.exp(log)
  for (let units = 1; units <= last && mean > 0; units++) {
    log += Math.log(mean / units)
    chances[units] = Math.exp(log)
  }
  return chances
}

export const poissonDemand = (mean: number): DemandDistribution => discreteDemand(poissonChances(mean))
