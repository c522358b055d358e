import { requireFinite, requireRange } from '../unanswerable.ts'

/** One group of an experiment that is still running. */
export interface RunningGroup {
  count: number
  mean: number
  /** Sum of squared deviations from the mean. */
  squares: number
}

export const noObservations = (): RunningGroup => ({ count: 0, mean: 0, squares: 0 })

/** Takes one observation in (B. Welford 1962). */
export function observe(group: RunningGroup, value: number): void {
  group.count += 1
  const before = value - group.mean
  group.mean += before / group.count
  group.squares += before * (value - group.mean)
}

/** What may be said at any moment, however often one looked before. */
export interface AlwaysValidResult {
  /** May be compared with the level whenever one likes: the smallest so far. */
  pValue: number
  effect: number
  /** An interval that holds the true effect at all moments together with chance 1 − level. */
  low: number
  high: number
}

export interface AlwaysValidSettings {
  /** Standard deviation of the effects one expects, τ: the test is sharpest for effects of that size. */
  expectedEffect: number
  level: number
  /** Before so many in each group nothing is said, since the variance is not known yet. */
  fewest: number
}

/**
 * The mixture sequential probability ratio test for two means (R. Johari, P. Koomen, L. Pekelis, D. Walsh, Peeking at A/B tests, KDD 2017;
 * H. Robbins 1970). `before` is the p-value of the last look, 1 at first.
 */
export function alwaysValid(
  treated: RunningGroup,
  control: RunningGroup,
  { expectedEffect, level, fewest }: AlwaysValidSettings,
  before = 1,
): AlwaysValidResult {
  requireRange('expected effect', expectedEffect, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('level', level, 1e-12, 0.5)
  requireFinite('mean', [treated.mean, control.mean])
  const effect = treated.mean - control.mean
  const unknown = { pValue: before, effect, low: -Infinity, high: Infinity }
  if (Math.min(treated.count, control.count) < Math.max(2, fewest)) return unknown
  const variance = [treated, control].reduce((sum, { count, squares }) => sum + squares / (count - 1) / count, 0)
  if (variance === 0) return unknown
  const mixed = variance + expectedEffect ** 2
  const logRatio = 0.5 * Math.log(variance / mixed) + (effect * expectedEffect) ** 2 / (2 * variance * mixed)
  const width = Math.sqrt(
    ((variance * mixed) / expectedEffect ** 2) * (Math.log(mixed / variance) - 2 * Math.log(level)),
  )
  return { pValue: Math.min(before, Math.exp(-logRatio)), effect, low: effect - width, high: effect + width }
}
