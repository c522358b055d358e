import { normalQuantile } from '../numeric/distributions.ts'
import { requireRange } from '../unanswerable.ts'

/** How an uncertain figure may fall. */
export type Distribution =
  | { kind: 'fixed'; value: number }
  | { kind: 'uniform'; least: number; most: number }
  | { kind: 'triangular'; least: number; likely: number; most: number }
  | { kind: 'normal'; mean: number; deviation: number }
  /** Above zero: half of the cases below the median, two thirds within a factor of `spread` around it. */
  | { kind: 'lognormal'; median: number; spread: number }

/** The value that is not exceeded with this chance, 0 < chance < 1. */
export function quantileOf(distribution: Distribution, chance: number): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.value
    case 'uniform':
      return distribution.least + chance * (distribution.most - distribution.least)
    case 'triangular':
      return triangularQuantile(distribution, chance)
    case 'normal':
      return distribution.mean + distribution.deviation * normalQuantile(chance)
    case 'lognormal':
      return distribution.median * distribution.spread ** normalQuantile(chance)
  }
}

function triangularQuantile(
  { least, likely, most }: Extract<Distribution, { kind: 'triangular' }>,
  chance: number,
): number {
  const range = most - least
  if (range === 0) return least
  const below = (likely - least) / range
  if (chance < below) return least + Math.sqrt(chance * range * (likely - least))
  return most - Math.sqrt((1 - chance) * range * (most - likely))
}

export function requireDistribution(distribution: Distribution): void {
  const [least, most] = [-1e15, 1e15]
  switch (distribution.kind) {
    case 'fixed':
      return requireRange('value', distribution.value, least, most)
    case 'uniform':
      requireRange('least', distribution.least, least, most)
      return requireRange('most', distribution.most, distribution.least, most)
    case 'triangular':
      requireRange('least', distribution.least, least, most)
      requireRange('likely', distribution.likely, distribution.least, most)
      return requireRange('most', distribution.most, distribution.likely, most)
    case 'normal':
      requireRange('mean', distribution.mean, least, most)
      return requireRange('deviation', distribution.deviation, 0, most)
    case 'lognormal':
      requireRange('median', distribution.median, Number.MIN_VALUE, most)
      return requireRange('spread', distribution.spread, 1, 1000)
  }
}

/** A number of a name, the same on every machine (G. Fowler, L. Noll, P. Vo’s hash, variant 1a). */
export function keyOfName(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
