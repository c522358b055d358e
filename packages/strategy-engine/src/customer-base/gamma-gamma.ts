import { digamma, logGamma } from '../numeric/gamma-functions.ts'
import { requireFinite, Unanswerable } from '../unanswerable.ts'
import { fitPositive, type LogLikelihood, type PositiveFit } from './fit-positive.ts'

/** The value of a purchase is a gamma(p, ν) whose ν varies among customers as a gamma(q, γ). γ has the unit of the values. */
export interface GammaGamma {
  p: number
  q: number
  gamma: number
}

/**
 * The gamma-gamma model of monetary value (P. Fader, B. Hardie 2013; Fader, Hardie, Lee 2005, RFM and CLV), by maximum likelihood over the
 * customers who came back: `repeats` purchases, worth `meanValue` on average. Customers without repeats or value are left out.
 */
export function fitGammaGamma(
  repeats: Float64Array,
  meanValue: Float64Array,
): PositiveFit & { model: GammaGamma; customers: number } {
  requireFinite('x', repeats)
  requireFinite('value', meanValue)
  const kept = Array.from(repeats.keys()).filter((at) => repeats[at]! > 0 && meanValue[at]! > 0)
  if (kept.length === 0) throw new Unanswerable('empty')
  if (kept.length < 3) throw new Unanswerable('too_few', { what: 'customers', have: kept.length, need: 3 })
  const x = Float64Array.from(kept, (at) => repeats[at]!)
  const z = Float64Array.from(kept, (at) => meanValue[at]!)
  if (z.every((value) => value === z[0])) throw new Unanswerable('constant', { column: 'value' })
  const typical = z.reduce((sum, value) => sum + value, 0) / z.length
  const starts = [
    [5, 4, 0.5],
    [1, 3, 3],
  ]
  const fit = fitPositive(['p', 'q', 'gamma'], gammaGammaLikelihood(x, z), starts, [1, 1, typical])
  const [p = 0, q = 0, gamma = 0] = fit.parameters
  return { ...fit, model: { p, q, gamma }, customers: kept.length }
}

/** The log-likelihood of mean values, with its slope by ln p, ln q, ln γ. */
export function gammaGammaLikelihood(repeats: Float64Array, meanValue: Float64Array): LogLikelihood {
  return (parameters, slope) => {
    const [p, q, gamma] = parameters as unknown as [number, number, number]
    const [logGammaQ, psiQ, logScale] = [logGamma(q), digamma(q), Math.log(gamma)]
    let sum = 0
    let [slopeP, slopeQ, slopeGamma] = [0, 0, 0]
    for (let at = 0; at < repeats.length; at++) {
      const [x, z] = [repeats[at]!, meanValue[at]!]
      const px = p * x
      const total = gamma + x * z
      const logTotal = Math.log(total)
      sum += logGamma(px + q) - logGamma(px) - logGammaQ + q * logScale
      sum += (px - 1) * Math.log(z) + px * Math.log(x) - (px + q) * logTotal
      const psiBoth = digamma(px + q)
      slopeP += x * (psiBoth - digamma(px) + Math.log(z * x) - logTotal)
      slopeQ += psiBoth - psiQ + logScale - logTotal
      slopeGamma += q / gamma - (px + q) / total
    }
    slope.set([slopeP * p, slopeQ * q, slopeGamma * gamma])
    return sum
  }
}

/**
 * What a purchase of this customer will be worth on average: between the customer's own mean and that of all, nearer to the own the
 * more purchases there were. The mean of all exists only where q is above 1; throws `no_finite_optimum` where it is asked and does not.
 */
export function expectedPurchaseValue({ p, q, gamma }: GammaGamma, repeats: number, meanValue: number): number {
  const weight = p * repeats + q - 1
  if (!(weight > 0)) throw new Unanswerable('no_finite_optimum', { name: 'q' })
  return ((gamma + repeats * meanValue) * p) / weight
}
