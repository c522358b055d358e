import { studentCdf, studentQuantile } from '../numeric/distributions.ts'
import { Unanswerable } from '../unanswerable.ts'

/** An outcome in one arm of a test: a share when the outcome is 0 or 1. */
export interface ArmOutcome {
  readonly count: number
  readonly mean: number
  /** The sample's variance, with n − 1. */
  readonly variance: number
}

/** What an arm brought beside another. */
export interface ArmDifference {
  readonly difference: number
  readonly standardError: number
  /** The interval that holds the true difference with the confidence asked. */
  readonly low: number
  readonly high: number
  /** Two-sided: how likely a difference at least as large is where there is none. */
  readonly pValue: number
}

/** @throws Unanswerable when an arm has fewer than two people */
export function outcomeOf(values: ArrayLike<number>): ArmOutcome {
  if (values.length < 2) throw new Unanswerable('too_few', { what: 'people', have: values.length, need: 2 })
  let mean = 0
  let squares = 0
  // Welford's update: no digits are lost where the mean is large beside the spread.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN
    const off = value - mean
    mean += off / (at + 1)
    squares += off * (value - mean)
  }
  return { count: values.length, mean, variance: squares / (values.length - 1) }
}

/**
 * The difference of two arms whose variances need not be the same.
 *
 * Welch, B. L. (1947), The generalization of Student's problem when several different population variances are involved.
 *
 * @param confidence of the interval, between 0 and 1
 */
export function differenceOfArms(arm: ArmOutcome, control: ArmOutcome, confidence = 0.95): ArmDifference {
  if (!(confidence > 0 && confidence < 1))
    throw new Unanswerable('out_of_range', { name: 'confidence', value: confidence })
  const [own, other] = [arm.variance / arm.count, control.variance / control.count]
  const standardError = Math.sqrt(own + other)
  const difference = arm.mean - control.mean
  // Nobody in either arm differs from the others: then the difference is what it is.
  if (standardError === 0)
    return { difference, standardError, low: difference, high: difference, pValue: difference === 0 ? 1 : 0 }
  const degrees = (own + other) ** 2 / (own ** 2 / (arm.count - 1) + other ** 2 / (control.count - 1))
  const reach = studentQuantile(1 - (1 - confidence) / 2, degrees) * standardError
  const pValue = 2 * (1 - studentCdf(Math.abs(difference) / standardError, degrees))
  return { difference, standardError, low: difference - reach, high: difference + reach, pValue }
}
