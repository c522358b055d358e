import { digamma, hypergeometric, logBeta, logGamma } from '../numeric/gamma-functions.ts'
import { requireRange } from '../unanswerable.ts'
import { fitPositive, type LogLikelihood, type PositiveFit } from './fit-positive.ts'
import { groupHistories, requireHistory, type CustomerHistory, type PurchaseHistory } from './purchase-history.ts'

/**
 * Purchases while a customer is active are a Poisson process whose rate varies among customers as a gamma(r, α); after each purchase
 * the customer leaves for good with a chance that varies as a beta(a, b). α has the unit of time of the histories.
 */
export interface BgNbd {
  r: number
  alpha: number
  a: number
  b: number
}

/**
 * The BG/NBD model of P. Fader, B. Hardie, K. Lee (2005, Counting your customers the easy way, Marketing Science 24:275–284), by maximum
 * likelihood. Parameters in the order r, α, a, b. Throws `no_finite_optimum` where nobody can be seen to leave (a → 0).
 */
export function fitBgNbd(history: PurchaseHistory): PositiveFit & { model: BgNbd } {
  requireHistory(history)
  const time = mean(history.watchedFor)
  const starts = [
    [0.5, 0.3, 0.8, 2],
    [1, 1, 1, 1],
    [0.2, 0.1, 0.3, 5],
  ]
  const fit = fitPositive(['r', 'alpha', 'a', 'b'], bgNbdLikelihood(history), starts, [1, time, 1, 1])
  const [r = 0, alpha = 0, a = 0, b = 0] = fit.parameters
  return { ...fit, model: { r, alpha, a, b } }
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Equation (6) of the paper, summed over customers, with its slope by ln r, ln α, ln a, ln b. */
export function bgNbdLikelihood(history: PurchaseHistory): LogLikelihood {
  const { customers, counts } = groupHistories(history)
  return (parameters, slope) => {
    const [r, alpha, a, b] = parameters as unknown as [number, number, number, number]
    const [logA, gammaR, logAlpha, betaAB] = [Math.log(a), logGamma(r), Math.log(alpha), logBeta(a, b)]
    const [psiR, psiB, psiAB] = [digamma(r), digamma(b), digamma(a + b)]
    let sum = 0
    let [slopeR, slopeAlpha, slopeA, slopeB] = [0, 0, 0, 0]
    for (let at = 0; at < customers.length; at++) {
      const { repeats: x, lastAt, watchedFor } = customers[at]!
      const count = counts[at]!
      const [logWatched, logLast] = [Math.log(alpha + watchedFor), Math.log(alpha + lastAt)]
      // Still active, or left after the last purchase: e^alive + e^left, with what both share taken out.
      const alive = -(r + x) * logWatched
      const left = x > 0 ? logA - Math.log(b + x - 1) - (r + x) * logLast : -Infinity
      const top = Math.max(alive, left)
      const both = top + Math.log(Math.exp(alive - top) + Math.exp(left - top))
      sum += count * (logGamma(r + x) - gammaR + r * logAlpha + logBeta(a, b + x) - betaAB + both)
      const gone = Math.exp(left - both)
      const still = 1 - gone
      const psiABX = digamma(a + b + x)
      slopeR += count * (digamma(r + x) - psiR + logAlpha - still * logWatched - gone * logLast)
      slopeAlpha += count * (r / alpha - (r + x) * (still / (alpha + watchedFor) + gone / (alpha + lastAt)))
      slopeA += count * (psiAB - psiABX + gone / a)
      slopeB += count * (psiAB - psiB + digamma(b + x) - psiABX - (x > 0 ? gone / (b + x - 1) : 0))
    }
    slope.set([slopeR * r, slopeAlpha * alpha, slopeA * a, slopeB * b])
    return sum
  }
}

/** The chance that a customer with this history is still active. */
export function bgNbdActive({ r, alpha, a, b }: BgNbd, { repeats: x, lastAt, watchedFor }: CustomerHistory): number {
  if (x === 0) return 1
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + watchedFor) / (alpha + lastAt)) ** (r + x))
}

/** How many purchases to expect of a customer with this history in the next `horizon` (equation 10 of the paper). */
export function bgNbdExpected(model: BgNbd, customer: CustomerHistory, horizon: number): number {
  requireRange('horizon', horizon, 0)
  // The formula has removable holes at a = 1 and a + b + x = 1; beside them it is continuous.
  const { a, b } = model
  const x = customer.repeats
  const beside = Math.abs(a - 1) < 1e-6 || Math.abs(a + b + x - 1) < 1e-6 ? 2e-6 : 0
  return expectedBeside({ ...model, a: a + beside }, customer, horizon)
}

function expectedBeside(model: BgNbd, customer: CustomerHistory, horizon: number): number {
  const { r, alpha, a, b } = model
  const { repeats: x, watchedFor } = customer
  const whole = alpha + watchedFor + horizon
  const shrunk =
    ((alpha + watchedFor) / whole) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, horizon / whole)
  return ((a + b + x - 1) / (a - 1)) * (1 - shrunk) * bgNbdActive(model, customer)
}

/** The chance of exactly `x` repeat purchases in the time `t` since the first (equation 8 of the paper). */
export function bgNbdCount({ r, alpha, a, b }: BgNbd, x: number, t: number): number {
  requireRange('x', x, 0)
  requireRange('t', t, 0)
  const [logStay, share] = [r * Math.log(alpha / (alpha + t)), t / (alpha + t)]
  const log = (k: number): number => logGamma(r + k) - logGamma(r) - logGamma(k + 1) + logStay
  const bought = (k: number): number => (k === 0 ? Math.exp(log(0)) : Math.exp(log(k) + k * Math.log(share)))
  const still = Math.exp(logBeta(a, b + x) - logBeta(a, b)) * bought(x)
  if (x === 0) return still
  let fewer = 0
  for (let k = 0; k < x; k++) fewer += bought(k)
  return still + Math.exp(logBeta(a + 1, b + x - 1) - logBeta(a, b)) * Math.max(0, 1 - fewer)
}
