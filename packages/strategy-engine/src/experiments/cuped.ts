import { requireFinite, Unanswerable } from '../unanswerable.ts'

/** What was measured of one group: the outcome, and something known before that goes with it. */
export interface Group {
  outcome: ArrayLike<number>
  before: ArrayLike<number>
}

export interface MeasuredEffect {
  effect: number
  standardError: number
}

export interface AdjustedEffect {
  plain: MeasuredEffect
  adjusted: MeasuredEffect
  /** The slope by which the known part is taken out. */
  slope: number
  /** Variance of the adjusted outcome over that of the plain one: 1 − ρ². */
  varianceRatio: number
}

/**
 * The effect of a treatment with what was known before taken out (A. Deng, Y. Xu, R. Kohavi, T. Walker, Improving the sensitivity of
 * online controlled experiments by utilizing pre-experiment data, WSDM 2013).
 */
export function adjustedEffect(treated: Group, control: Group): AdjustedEffect {
  for (const group of [treated, control]) requireGroup(group)
  const [first, second] = [momentsOf(treated), momentsOf(control)]
  const pooled = (pick: 'outcome' | 'before' | 'both'): number =>
    ((first.count - 1) * first[pick] + (second.count - 1) * second[pick]) / (first.count + second.count - 2)
  if (pooled('before') === 0) throw new Unanswerable('constant', { column: 'before' })
  if (pooled('outcome') === 0) throw new Unanswerable('constant', { column: 'outcome' })
  const slope = pooled('both') / pooled('before')
  const varianceRatio = 1 - (pooled('both') * slope) / pooled('outcome')
  const errorOf = (taken: number): number =>
    Math.sqrt(
      [first, second].reduce(
        (sum, { count, outcome, before, both }) => sum + (outcome - 2 * taken * both + taken * taken * before) / count,
        0,
      ),
    )
  const effect = first.mean - second.mean
  return {
    plain: { effect, standardError: errorOf(0) },
    adjusted: { effect: effect - slope * (first.meanBefore - second.meanBefore), standardError: errorOf(slope) },
    slope,
    varianceRatio,
  }
}

/** Means, variances and covariance, in two passes so that large numbers lose nothing. */
function momentsOf({ outcome, before }: Group) {
  const count = outcome.length
  let [mean, meanBefore] = [0, 0]
  for (let at = 0; at < count; at++) {
    mean += outcome[at]! / count
    meanBefore += before[at]! / count
  }
  let [ofOutcome, ofBefore, both] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const [y, x] = [outcome[at]! - mean, before[at]! - meanBefore]
    ofOutcome += y * y
    ofBefore += x * x
    both += x * y
  }
  const free = count - 1
  return { count, mean, meanBefore, outcome: ofOutcome / free, before: ofBefore / free, both: both / free }
}

function requireGroup({ outcome, before }: Group): void {
  if (outcome.length < 2) throw new Unanswerable('too_few', { what: 'observations', have: outcome.length, need: 2 })
  if (outcome.length !== before.length) {
    throw new Unanswerable('mismatch', { first: outcome.length, second: before.length })
  }
  requireFinite('outcome', outcome)
  requireFinite('before', before)
}
