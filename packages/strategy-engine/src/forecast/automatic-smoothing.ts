import { requireSeries, seasonalNaive, type Forecast, type Series } from './series.ts'
import { fitSmoothing, spreadOf, type FittedSmoothing, type SmoothingForm } from './smoothing-model.ts'

/**
 * Chooses a form of exponential smoothing for a series by Akaike's corrected criterion (R. Hyndman, A. Koehler, R. Snyder, S. Grose 2002).
 * First the season with a level alone, then the trend with that season: six to eight forms fitted rather than all. Best first; empty
 * where the series is too short or never changes.
 */
export function fitFamily(series: Series): FittedSmoothing[] {
  const level = { trend: 'none' } as const
  const plain = fitAll(series, [
    { ...level, error: 'additive', season: 'none' },
    { ...level, error: 'multiplicative', season: 'none' },
  ])
  const seasonal =
    series.season === 1
      ? []
      : fitAll(series, [
          { ...level, error: 'additive', season: 'additive' },
          { ...level, error: 'multiplicative', season: 'multiplicative' },
        ])
  const [best] = [...plain, ...seasonal].sort(byCriterion)
  if (best === undefined) return []
  const trends = (['additive', 'damped'] as const).map((trend): SmoothingForm => ({ ...best.form, trend }))
  return [...plain, ...seasonal, ...fitAll(series, trends)].sort(byCriterion)
}

const byCriterion = (a: FittedSmoothing, b: FittedSmoothing): number => a.criterion - b.criterion

const fitAll = (series: Series, forms: readonly SmoothingForm[]): FittedSmoothing[] =>
  forms.map((form) => fitSmoothing(series, form)).filter((fitted) => fitted !== null)

/** What the chosen form expects. A series too short to choose by repeats itself, one that never changes stays. */
export function automaticSmoothing(series: Series, horizon: number): Forecast & { form: SmoothingForm | null } {
  requireSeries(series, horizon)
  const [best] = spreadOf(series.values) === 0 ? [] : fitFamily(series)
  if (best === undefined) return { ...seasonalNaive(series, horizon), form: null }
  return { ...project(best, series.values.length, horizon), form: best.form }
}

/**
 * The forecasts of all fitted forms, weighted by how likely the criterion makes each (S. Kolassa, Combining exponential smoothing
 * forecasts using Akaike weights, International Journal of Forecasting 27(2), 2011).
 */
export function combinedSmoothing(series: Series, horizon: number): Forecast {
  requireSeries(series, horizon)
  const fitted = spreadOf(series.values) === 0 ? [] : fitFamily(series)
  const [best] = fitted
  if (best === undefined) return seasonalNaive(series, horizon)
  const weights = fitted.map(({ criterion }) => Math.exp((best.criterion - criterion) / 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const parts = fitted.map((one) => project(one, series.values.length, horizon))
  const mean = new Float64Array(horizon)
  const variance = new Float64Array(horizon)
  parts.forEach((part, at) => part.mean.forEach((value, step) => (mean[step]! += (weights[at]! / total) * value)))
  parts.forEach((part, at) =>
    part.deviation.forEach((deviation, step) => {
      variance[step]! += (weights[at]! / total) * (deviation ** 2 + (part.mean[step]! - mean[step]!) ** 2)
    }),
  )
  return { mean, deviation: variance.map(Math.sqrt) }
}

/**
 * Means, and deviations in closed form (Hyndman and others 2008, ch. 6): an error that happens at one step moves the j-th after it by
 * c_j = α + β(φ + … + φ^j), and γ where the season comes round. Where errors grow with the level this is an approximation.
 */
export function project({ form, weights, end, sigma }: FittedSmoothing, count: number, horizon: number): Forecast {
  const { alpha, beta, gamma, phi } = weights
  const season = end.figures.length
  const mean = new Float64Array(horizon)
  const deviation = new Float64Array(horizon)
  let reach = 0
  let power = 1
  let added = 1
  let multiplied = 1 + sigma ** 2
  for (let step = 0; step < horizon; step++) {
    power *= phi
    reach += power
    const level = end.level + (form.trend === 'none' ? 0 : reach * end.slope)
    const figure = end.figures[(count + step) % season]!
    mean[step] = form.season === 'multiplicative' ? level * figure : level + figure
    deviation[step] =
      form.error === 'additive' ? sigma * Math.sqrt(added) : Math.abs(mean[step]!) * Math.sqrt(multiplied - 1)
    const moved =
      alpha + (form.trend === 'none' ? 0 : beta * reach) + (season > 1 && (step + 1) % season === 0 ? gamma : 0)
    added += moved ** 2
    multiplied *= 1 + (moved * sigma) ** 2
  }
  return { mean, deviation }
}
