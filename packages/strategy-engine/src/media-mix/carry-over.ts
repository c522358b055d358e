import { requireRange } from '../unanswerable.ts'

/**
 * What a week's advertising still does in the weeks after: a mean of the last `weeks` weeks, each counting `retention` times the one
 * after it (Jin and others 2017, equation 1; S. Broadbent 1979 called it adstock). Weights sum to 1, so the sum of the series is
 * kept but for its ends; weeks before the first count as none.
 */
export function carryOver(spend: Float64Array, retention: number, weeks = 8): Float64Array {
  requireRange('retention', retention, 0, 1)
  const weights = Array.from({ length: weeks }, (_, lag) => retention ** lag)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return spend.map((_, t) => {
    let sum = 0
    for (let lag = 0; lag < weeks && lag <= t; lag++) sum += weights[lag]! * spend[t - lag]!
    return sum / total
  })
}

/** How response flattens: `logistic`, (1 − e^−λx)/(1 + e^−λx); `hill`, x^s/(k^s + x^s) with half of the effect at k. */
export type Saturation = 'logistic' | 'hill'

/** How many shapes a saturation has: λ; or k and s. */
export const shapesOf = (saturation: Saturation): number => (saturation === 'logistic' ? 1 : 2)

/** Response between 0 and 1 to what is carried over; `shapes` are λ, or k and s. */
export function saturate(carried: Float64Array, saturation: Saturation, shapes: ArrayLike<number>): Float64Array {
  const [first, second] = [shapes[0]!, shapes[1]!]
  if (saturation === 'logistic') return carried.map((x) => Math.tanh((first * x) / 2))
  return carried.map((x) => (x <= 0 ? 0 : 1 / (1 + (first / x) ** second)))
}
