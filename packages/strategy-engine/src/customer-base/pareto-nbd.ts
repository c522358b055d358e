import { digamma, hypergeometricWithSlopes, logGamma } from '../numeric/gamma-functions.ts'
import { requireRange } from '../unanswerable.ts'
import type { CustomerHistory } from './bg-nbd.ts'
import { fitPositive, type LogLikelihood, type PositiveFit } from './fit-positive.ts'
import { requireHistory, type PurchaseHistory } from './purchase-history.ts'

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
  const { customers, counts } = grouped(history)
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

function grouped({ repeats, lastAt, watchedFor }: PurchaseHistory) {
  const groups = new Map<string, { customer: CustomerHistory; count: number }>()
  repeats.forEach((x, at) => {
    const customer = { repeats: x, lastAt: lastAt[at]!, watchedFor: watchedFor[at]! }
    const key = `${x} ${customer.lastAt} ${customer.watchedFor}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, count: 1 })
    else group.count++
  })
  const all = [...groups.values()]
  return { customers: all.map(({ customer }) => customer), counts: Float64Array.from(all, ({ count }) => count) }
}

/** The logarithm of the part of the likelihood in which the customer is still active. */
const logActive = ({ r, alpha, s, beta }: ParetoNbd, { repeats: x, watchedFor }: CustomerHistory): number =>
  -(r + x) * Math.log(alpha + watchedFor) - s * Math.log(beta + watchedFor)

/**
 * The logarithm of the likelihood's part that depends on times, still active or gone, with its slope by r, α, s, β in `slope` (Fader,
 * Hardie 2005, A note on deriving the Pareto/NBD model). The part of those gone is s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy over the time
 * since the last purchase: a difference of two hypergeometric functions, written with the larger of α and β so that they converge.
 */
function logWeight(model: ParetoNbd, customer: CustomerHistory, slope: Float64Array): number {
  const { r, alpha, s, beta } = model
  const { repeats: x, lastAt, watchedFor } = customer
  const power = r + s + x
  const direct = alpha >= beta
  const base = Math.max(alpha, beta)
  const gap = base - Math.min(alpha, beta)
  const second = direct ? s + 1 : r + x
  const last = hypergeometricWithSlopes(power, second, power + 1, gap / (base + lastAt))
  const now = hypergeometricWithSlopes(power, second, power + 1, gap / (base + watchedFor))
  const [logLast, logNow] = [Math.log(base + lastAt), Math.log(base + watchedFor)]
  const shrink = Math.exp(power * (logLast - logNow))
  // Not below 0 by rounding; 0 where the last purchase was just now.
  const inside = Math.max(0, last.value - now.value * shrink)
  const left = Math.log(s / power) + Math.log(inside) - power * logLast
  const active = logActive(model, customer)
  const top = Math.max(active, left)
  const both = top + Math.log(Math.exp(active - top) + Math.exp(left - top))
  const [still, gone] = [Math.exp(active - both), Math.exp(left - both)]

  // By the power, by the second argument, by the base and by the gap, of the part of those gone.
  const relative = inside > 0 ? gone / inside : 0
  const byPower =
    relative * (last.byA + last.byC - shrink * (now.byA + now.byC + now.value * (logLast - logNow))) -
    gone * (1 / power + logLast)
  const bySecond = relative * (last.byB - shrink * now.byB)
  const [reachLast, reachNow] = [base + lastAt, base + watchedFor]
  const byGap = relative * (last.byZ / reachLast - (shrink * now.byZ) / reachNow)
  const byBase =
    relative *
      (-(last.byZ * gap) / reachLast ** 2 +
        (shrink * now.byZ * gap) / reachNow ** 2 -
        shrink * now.value * power * (1 / reachLast - 1 / reachNow)) -
    (gone * power) / reachLast
  const ofLarger = byBase + byGap
  slope[0] = -still * Math.log(alpha + watchedFor) + byPower + (direct ? 0 : bySecond)
  slope[1] = (-still * (r + x)) / (alpha + watchedFor) + (direct ? ofLarger : -byGap)
  slope[2] = -still * Math.log(beta + watchedFor) + gone / s + byPower + (direct ? bySecond : 0)
  slope[3] = (-still * s) / (beta + watchedFor) + (direct ? -byGap : ofLarger)
  return both
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
