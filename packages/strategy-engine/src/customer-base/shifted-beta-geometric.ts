import { digamma, logBeta } from '../numeric/gamma-functions.ts'
import { requireFinite, Unanswerable } from '../unanswerable.ts'
import { fitPositive, type LogLikelihood, type PositiveFit } from './fit-positive.ts'

/** At each renewal a customer leaves with a chance that varies among customers as a beta(α, β). */
export interface ShiftedBetaGeometric {
  alpha: number
  beta: number
}

/**
 * The shifted-beta-geometric model of P. Fader, B. Hardie (2007, How to project customer retention, Journal of Interactive Marketing 21:76–90),
 * by maximum likelihood. `survivors` are the customers left after 0, 1, 2… renewals, the first being all of them.
 */
export function fitShiftedBetaGeometric(survivors: ArrayLike<number>): PositiveFit & { model: ShiftedBetaGeometric } {
  const left = Float64Array.from(survivors)
  requireSurvivors(left)
  const starts = [
    [1, 1],
    [0.5, 3],
  ]
  const fit = fitPositive(['alpha', 'beta'], survivalLikelihood(left), starts)
  const [alpha = 0, beta = 0] = fit.parameters
  return { ...fit, model: { alpha, beta } }
}

function requireSurvivors(left: Float64Array): void {
  if (left.length === 0 || !(left[0]! > 0)) throw new Unanswerable('empty')
  requireFinite('survivors', left)
  if (left.length < 3) throw new Unanswerable('too_few', { what: 'periods', have: left.length, need: 3 })
  left.forEach((count, at) => {
    if (count < 0 || (at > 0 && count > left[at - 1]!)) {
      throw new Unanswerable('out_of_range', { name: 'survivors', value: count })
    }
  })
  if (left.at(-1) === left[0]) throw new Unanswerable('constant', { column: 'survivors' })
}

/** Σ lost ln P(lost then) + left ln S(end), with its slope by ln α and ln β. */
export function survivalLikelihood(left: Float64Array): LogLikelihood {
  const periods = left.length - 1
  return (parameters, slope) => {
    const [alpha, beta] = parameters as unknown as [number, number]
    const base = logBeta(alpha, beta)
    const [psiA, psiB, psiAB] = [digamma(alpha), digamma(beta), digamma(alpha + beta)]
    let sum = 0
    let [slopeA, slopeB] = [0, 0]
    const add = (count: number, a: number, b: number): void => {
      const psiSum = digamma(a + b)
      sum += count * (logBeta(a, b) - base)
      slopeA += count * (digamma(a) - psiSum - psiA + psiAB)
      slopeB += count * (digamma(b) - psiSum - psiB + psiAB)
    }
    for (let t = 1; t <= periods; t++) add(left[t - 1]! - left[t]!, alpha + 1, beta + t - 1)
    add(left[periods]!, alpha, beta + periods)
    slope.set([slopeA * alpha, slopeB * beta])
    return sum
  }
}

/** The share of customers left after `renewals`. */
export const survivalAfter = ({ alpha, beta }: ShiftedBetaGeometric, renewals: number): number =>
  Math.exp(logBeta(alpha, beta + renewals) - logBeta(alpha, beta))

/** The share that stays at the given renewal (from 1) of those still there; it rises, since who is prone to leave has left. */
export const retentionAt = ({ alpha, beta }: ShiftedBetaGeometric, renewal: number): number =>
  (beta + renewal - 1) / (alpha + beta + renewal - 1)
