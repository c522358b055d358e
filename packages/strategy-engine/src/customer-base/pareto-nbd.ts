import { digamma, logGamma } from '../numeric/gamma-functions.ts'
import { gaussQuadrature } from '../numeric/quadrature.ts'
import { requireRange } from '../unanswerable.ts'
import { fitPositive, type LogLikelihood, type PositiveFit } from './fit-positive.ts'
import { groupHistories, requireHistory, type CustomerHistory, type PurchaseHistory } from './purchase-history.ts'

/**
 * Purchases while a customer is active are a Poisson process whose rate varies as a gamma(r, α); activity lasts an exponential time
 * whose rate varies as a gamma(s, β). α and β have the unit of time of the histories.
 */
export interface ParetoNbd {
  r: number
  alpha: number
  s: number
  beta: number
}

/**
 * The Pareto/NBD model of D. Schmittlein, D. Morrison, R. Colombo (1987, Counting your customers, Management Science 33:1–24), by maximum
 * likelihood. Parameters in the order r, α, s, β.
 */
export function fitParetoNbd(history: PurchaseHistory): PositiveFit & { model: ParetoNbd } {
  requireHistory(history)
  const time = history.watchedFor.reduce((sum, value) => sum + value, 0) / history.watchedFor.length
  const starts = [
    [0.5, 0.3, 0.6, 0.3],
    [1, 0.5, 1, 2],
  ]
  const fit = fitPositive(['r', 'alpha', 's', 'beta'], paretoNbdLikelihood(history), starts, [1, time, 1, time])
  const [r = 0, alpha = 0, s = 0, beta = 0] = fit.parameters
  return { ...fit, model: { r, alpha, s, beta } }
}

/** The log-likelihood, with its slope by ln r, ln α, ln s, ln β; customers with the same history are summed once. */
export function paretoNbdLikelihood(history: PurchaseHistory): LogLikelihood {
  const { customers, counts } = groupHistories(history)
  return (parameters, slope) => {
    const [r, alpha, s, beta] = parameters as unknown as [number, number, number, number]
    const model = { r, alpha, s, beta }
    const shared = r * Math.log(alpha) + s * Math.log(beta) - logGamma(r)
    const sums = new Float64Array(4)
    const parts = new Float64Array(4)
    const psiR = digamma(r)
    let sum = 0
    for (let at = 0; at < customers.length; at++) {
      const count = counts[at]!
      const x = customers[at]!.repeats
      sum += count * (shared + logGamma(r + x) + logWeight(model, customers[at]!, parts))
      sums[0]! += count * (Math.log(alpha) - psiR + digamma(r + x) + parts[0]!)
      sums[1]! += count * (r / alpha + parts[1]!)
      sums[2]! += count * (Math.log(beta) + parts[2]!)
      sums[3]! += count * (s / beta + parts[3]!)
    }
    slope.set(sums.map((one, k) => one * parameters[k]!))
    return sum
  }
}

/** The logarithm of the part of the likelihood in which the customer is still active. */
const logActive = ({ r, alpha, s, beta }: ParetoNbd, { repeats: x, watchedFor }: CustomerHistory): number =>
  -(r + x) * Math.log(alpha + watchedFor) - s * Math.log(beta + watchedFor)

const rule = gaussQuadrature(16)

/**
 * The logarithm of the likelihood's part that depends on times, still active or gone, with its slope by r, α, s, β in `slope`. The part of
 * those gone is s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy over the time since the last purchase. Written in closed form (Fader, Hardie 2005, A
 * note on deriving the Pareto/NBD model) it is a difference of two hypergeometric functions that nearly cancel for loyal customers;
 * summed as an integral it keeps its digits everywhere, and its slopes come along.
 */
function logWeight(model: ParetoNbd, customer: CustomerHistory, slope: Float64Array): number {
  const { r, alpha, s, beta } = model
  const { repeats: x, watchedFor } = customer
  const active = logActive(model, customer)
  const means = new Float64Array(4)
  const logGone = Math.log(s) + logIntegral(model, customer, means)
  const top = Math.max(active, logGone)
  const both = top + Math.log(Math.exp(active - top) + Math.exp(logGone - top))
  const [still, gone] = [Math.exp(active - both), Math.exp(logGone - both)]
  slope[0] = -still * Math.log(alpha + watchedFor) - gone * means[0]!
  slope[1] = (-still * (r + x)) / (alpha + watchedFor) - gone * (r + x) * means[1]!
  slope[2] = -still * Math.log(beta + watchedFor) + gone * (1 / s - means[2]!)
  slope[3] = (-still * s) / (beta + watchedFor) - gone * (s + 1) * means[3]!
  return both
}

/**
 * ln ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy from the last purchase to now, with the means under that weight of ln(α+y), 1/(α+y), ln(β+y), 1/(β+y). Over the
 * logarithm of time beyond the smaller of α and β, in panels short enough for sixteen places, until nothing is added any more.
 */
function logIntegral(
  { r, alpha, s, beta }: ParetoNbd,
  { repeats: x, lastAt, watchedFor }: CustomerHistory,
  means: Float64Array,
) {
  const origin = Math.min(alpha, beta)
  const start = Math.log(origin + lastAt)
  const end = Math.log(origin + watchedFor)
  const height = (y: number): number =>
    -(r + x) * Math.log(alpha + y) - (s + 1) * Math.log(beta + y) + Math.log(origin + y)
  // All weights are told relative to the highest panel so far, so that none overflows.
  let reference = height(lastAt)
  let sum = 0
  means.fill(0)
  for (let from = start; from < end;) {
    const reach = Math.exp(from)
    const steepness = ((r + x) * reach) / (alpha - origin + reach) + ((s + 1) * reach) / (beta - origin + reach) + 1
    const length = Math.min(end - from, 6 / steepness, 1)
    const higher = Math.max(reference, height(reach - origin))
    const shrink = Math.exp(reference - higher)
    reference = higher
    sum *= shrink
    for (let k = 0; k < 4; k++) means[k]! *= shrink
    let panel = 0
    for (let at = 0; at < rule.places.length; at++) {
      const y = Math.exp(from + length * rule.places[at]!) - origin
      const [logAlpha, logBeta] = [Math.log(alpha + y), Math.log(beta + y)]
      const exponent = -(r + x) * logAlpha - (s + 1) * logBeta + Math.log(origin + y) - reference
      const weight = length * rule.weights[at]! * Math.exp(exponent)
      panel += weight
      means[0]! += weight * logAlpha
      means[1]! += weight / (alpha + y)
      means[2]! += weight * logBeta
      means[3]! += weight / (beta + y)
    }
    sum += panel
    from += length
    // Past its top the weight falls faster and faster.
    if (panel < 1e-18 * sum) break
  }
  for (let at = 0; at < 4; at++) means[at] = sum > 0 ? means[at]! / sum : 0
  return reference + Math.log(sum)
}

/** The chance that a customer with this history is still active. */
export const paretoNbdActive = (model: ParetoNbd, customer: CustomerHistory): number =>
  Math.exp(logActive(model, customer) - logWeight(model, customer, new Float64Array(4)))

/** How many purchases to expect of a customer with this history in the next `horizon`. */
export function paretoNbdExpected(model: ParetoNbd, customer: CustomerHistory, horizon: number): number {
  requireRange('horizon', horizon, 0)
  const { r, alpha, s, beta } = model
  const since = beta + customer.watchedFor
  const growth = Math.log1p(horizon / since)
  // (1 − e^−(s−1)g) / (s − 1), which is g at s = 1.
  const lasting = Math.abs(s - 1) < 1e-8 ? growth : -Math.expm1(-(s - 1) * growth) / (s - 1)
  const rate = (r + customer.repeats) / (alpha + customer.watchedFor)
  return paretoNbdActive(model, customer) * rate * since * lasting
}
