import { bisect, normalCdf, normalQuantile, studentQuantile } from '../numeric/distributions.ts'
import { betaCdf, logGamma } from '../numeric/gamma-functions.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** How sure an experiment is to be. */
export interface Certainty {
  /** The share of experiments without an effect that report one; 0.05 as a rule. */
  level: number
  /** 2 when an effect either way counts. */
  sides: 1 | 2
}

/** The distribution function of Student's t with a shifted numerator (R. Lenth, Algorithm AS 243, 1989). */
export function noncentralStudentCdf(t: number, degrees: number, shift: number): number {
  if (t < 0) return 1 - noncentralStudentCdf(-t, degrees, -shift)
  const x = (t * t) / (t * t + degrees)
  const half = (shift * shift) / 2
  const last = Math.ceil(half + 12 * Math.sqrt(half) + 60)
  let sum = 0
  for (let j = 0; j <= last && x > 0; j++) {
    const even = half === 0 ? Number(j === 0) : Math.exp(j * Math.log(half) - half - logGamma(j + 1))
    const odd = half === 0 ? 0 : (shift / Math.SQRT2) * Math.exp(j * Math.log(half) - half - logGamma(j + 1.5))
    sum += even * betaCdf(x, j + 0.5, degrees / 2) + odd * betaCdf(x, j + 1, degrees / 2)
  }
  return normalCdf(-shift) + sum / 2
}

/** The chance to find a difference of two means, by the t test on groups of equal size. */
export function powerOfMeans(
  perGroup: number,
  difference: number,
  deviation: number,
  { level, sides }: Certainty,
): number {
  requireRange('group', perGroup, 2, 1e12)
  requireRange('deviation', deviation, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('level', level, 1e-12, 0.5)
  const degrees = 2 * perGroup - 2
  const shift = (Math.sqrt(perGroup / 2) * Math.abs(difference)) / deviation
  const limit = studentQuantile(1 - level / sides, degrees)
  // So far beyond the limit, the series would be long for nothing: the mean would have to lie 8 deviations off, or χ² be 100 times its own.
  if (shift - 8 > 10 * limit) return 1
  return 1 - noncentralStudentCdf(limit, degrees, shift)
}

/** How many each group needs, not rounded, to find a difference of means with this chance. */
export function sizeForMeans(difference: number, deviation: number, power: number, certainty: Certainty): number {
  requireDifference(difference, power, certainty)
  return sizeFor((size) => powerOfMeans(size, difference, deviation, certainty), power, 2)
}

/** The chance to find a difference of two shares, by the usual normal test on groups of equal size. */
export function powerOfShares(perGroup: number, first: number, second: number, { level, sides }: Certainty): number {
  requireRange('group', perGroup, 1, 1e15)
  requireRange('share', first, 0, 1)
  requireRange('share', second, 0, 1)
  requireRange('level', level, 1e-12, 0.5)
  const both = first + second
  const without = Math.sqrt(both * (1 - both / 2))
  const spread = Math.sqrt(first * (1 - first) + second * (1 - second))
  return normalCdf(
    (Math.sqrt(perGroup) * Math.abs(first - second) - normalQuantile(1 - level / sides) * without) / spread,
  )
}

/** How many each group needs, not rounded, to find a difference of shares with this chance. */
export function sizeForShares(first: number, second: number, power: number, certainty: Certainty): number {
  requireDifference(first - second, power, certainty)
  return sizeFor((size) => powerOfShares(size, first, second, certainty), power, 1)
}

/**
 * How much larger groups must be when whole clusters (shops, towns) are assigned: 1 + (m − 1)·ρ (L. Kish 1965).
 * @param clusterSize m, people of a cluster
 * @param likeness ρ, the intraclass correlation
 */
export function designEffect(clusterSize: number, likeness: number): number {
  requireRange('cluster size', clusterSize, 1, 1e12)
  requireRange('likeness', likeness, 0, 1)
  return 1 + (clusterSize - 1) * likeness
}

function requireDifference(difference: number, power: number, { level }: Certainty): void {
  requireRange('power', power, level + 1e-9, 1 - 1e-9)
  if (!(Math.abs(difference) > 0)) throw new Unanswerable('impossible', { name: 'finding no difference' })
}

function sizeFor(powerAt: (size: number) => number, power: number, least: number): number {
  if (powerAt(least) >= power) return least
  let high = 2 * least
  while (powerAt(high) < power) {
    high *= 2
    if (high > 1e11) throw new Unanswerable('out_of_range', { name: 'group', value: high, least, most: 1e11 })
  }
  return bisect((size) => powerAt(size) - power, high / 2, high)
}
