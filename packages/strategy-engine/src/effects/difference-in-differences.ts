import { normalQuantile, studentQuantile } from '../numeric/distributions.ts'
import { controlsOf, meanOutcome, requirePanel, type Panel } from './panel.ts'

export interface Effect {
  /** Mean change of the outcome of the treated, over their treated periods. */
  effect: number
  standardError: number
  /** The 95 % interval. */
  low: number
  high: number
}

/** An estimate with its 95 % interval; `degrees` of freedom for Student's t, else the normal distribution. */
export function withInterval(effect: number, standardError: number, degrees = Infinity): Effect {
  const reach = Number.isFinite(degrees) ? studentQuantile(0.975, degrees) : normalQuantile(0.975)
  return { effect, standardError, low: effect - reach * standardError, high: effect + reach * standardError }
}

/**
 * Difference-in-differences of a panel: the treated's change from before to after, less that of the others; the coefficient of the
 * treatment in a regression with an effect of each unit and each period. Standard errors allow for any dependence within a unit
 * (clustered, with the usual correction for few clusters; J. Angrist, J.-S. Pischke 2009, chapters 5 and 8), the interval takes Student's t
 * with one degree less than there are units. With one treated unit they say little: `placeboEffects` judges better.
 */
export function differenceInDifferences(panel: Panel): Effect {
  requirePanel(panel)
  const { units, periods, outcomes, treated, start } = panel
  const after = periods.length - start
  const [shareTreated, shareAfter] = [treated.length / units.length, after / periods.length]
  const overall = meanOutcome(panel, Array.from(units.keys()))
  const grandMean = overall.reduce((sum, value) => sum + value, 0) / periods.length
  // Both freed of their unit and period means; then the regression has one regressor.
  const unitMeans = outcomes.map((own) => own.reduce((sum, value) => sum + value, 0) / periods.length)
  const regressor = (unit: number, t: number): number =>
    ((treated.includes(unit) ? 1 : 0) - shareTreated) * ((t >= start ? 1 : 0) - shareAfter)
  const outcome = (unit: number, t: number): number => outcomes[unit]![t]! - unitMeans[unit]! - overall[t]! + grandMean
  let [squares, products] = [0, 0]
  units.forEach((_, unit) =>
    periods.forEach((_period, t) => {
      squares += regressor(unit, t) ** 2
      products += regressor(unit, t) * outcome(unit, t)
    }),
  )
  const effect = products / squares
  const scores = units.map((_, unit) =>
    periods.reduce((sum, _period, t) => {
      const residual = outcome(unit, t) - effect * regressor(unit, t)
      return sum + regressor(unit, t) * residual
    }, 0),
  )
  const cells = units.length * periods.length
  const parameters = units.length + periods.length
  const correction = (units.length / (units.length - 1)) * ((cells - 1) / Math.max(1, cells - parameters))
  const variance = (correction * scores.reduce((sum, score) => sum + score * score, 0)) / squares ** 2
  return withInterval(effect, Math.sqrt(variance), units.length - 1)
}

/** Mean change of the treated less mean change of the others, the two-by-two table itself. */
export function changeAgainstControls(panel: Panel): number {
  const { start, treated } = panel
  const change = (own: Float64Array): number => meanOf(own.subarray(start)) - meanOf(own.subarray(0, start))
  return change(meanOutcome(panel, treated)) - change(meanOutcome(panel, controlsOf(panel)))
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
