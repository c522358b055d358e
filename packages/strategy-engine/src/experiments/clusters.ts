import { requireFinite, Unanswerable } from '../unanswerable.ts'

export interface Clusters {
  readonly count: number
  /** Σm² / Σm: the size that counts for the design effect where sizes differ (L. Kish 1965). */
  readonly size: number
  /** The intraclass correlation ρ, at least 0. */
  readonly likeness: number
}

/**
 * How alike the members of a cluster are, by the analysis of variance (A. Donner, J. Koval, The estimation of intraclass correlation in
 * the analysis of family data, Biometrics 1980). An estimate below 0 says that they are no more alike than strangers: 0 is given.
 */
export function clustersOf(groups: readonly ArrayLike<number>[]): Clusters {
  const full = groups.filter(({ length }) => length > 0)
  if (full.length < 2) throw new Unanswerable('too_few', { what: 'groups', have: full.length, need: 2 })
  for (const group of full) requireFinite('outcome', group)
  const [count, all] = [full.length, full.reduce((sum, { length }) => sum + length, 0)]
  const squares = full.reduce((sum, { length }) => sum + length ** 2, 0)
  const means = full.map((group) => sumOf(group, (value) => value) / group.length)
  const mean = full.reduce((sum, group, at) => sum + (means[at] ?? 0) * group.length, 0) / all
  const between = full.reduce((sum, group, at) => sum + group.length * ((means[at] ?? 0) - mean) ** 2, 0) / (count - 1)
  const inside = full.reduce((sum, group, at) => sum + sumOf(group, (value) => (value - (means[at] ?? 0)) ** 2), 0)
  const size = squares / all
  // Nobody has a companion: nothing tells how alike companions are.
  if (all === count) return { count, size, likeness: 0 }
  const within = inside / (all - count)
  const balanced = (all - squares / all) / (count - 1)
  const total = between + (balanced - 1) * within
  return { count, size, likeness: total > 0 ? Math.min(1, Math.max(0, (between - within) / total)) : 0 }
}

function sumOf(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += of(values[at] ?? NaN)
  return sum
}
