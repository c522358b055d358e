import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/** What happened, one value per period, the oldest first. */
export interface Series {
  values: Float64Array
  /** Periods in a season: 12 for months of a year, 4 for quarters, 7 for days of a week, 1 where there is none. */
  season: number
}

/** What a method expects, period by period, and between what it expects it to lie. */
export interface Forecast {
  mean: Float64Array
  /** Standard deviation of what will happen around the mean. */
  deviation: Float64Array
}

export function requireSeries({ values, season }: Series, horizon: number): void {
  if (values.length === 0) throw new Unanswerable('empty')
  requireFinite('value', values)
  requireRange('season', season, 1, 1000)
  requireRange('horizon', horizon, 1, 10_000)
  if (!Number.isInteger(season))
    throw new Unanswerable('out_of_range', { name: 'season', value: season, least: 1, most: 1000 })
}

/** The last season again; without a season, the last value again. */
export function seasonalNaive(series: Series, horizon: number): Forecast {
  requireSeries(series, horizon)
  const { values } = series
  const season = Math.min(series.season, values.length)
  const last = values.length - season
  let squares = 0
  for (let t = season; t < values.length; t++) squares += (values[t]! - values[t - season]!) ** 2
  const spread = Math.sqrt(squares / Math.max(1, values.length - season))
  return {
    mean: Float64Array.from({ length: horizon }, (_, step) => values[last + (step % season)]!),
    deviation: Float64Array.from({ length: horizon }, (_, step) => spread * Math.sqrt(Math.floor(step / season) + 1)),
  }
}

/** Symmetric mean absolute percentage error of a forecast, in percent, |x − f| over their mean (S. Makridakis 1982). */
export function symmetricError(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < actual.length; at++) {
    const size = Math.abs(actual[at]!) + Math.abs(forecast[at]!)
    sum += size === 0 ? 0 : Math.abs(actual[at]! - forecast[at]!) / size
  }
  return (200 * sum) / actual.length
}

/**
 * Mean absolute error over that of repeating the last season within the history (R. Hyndman, A. Koehler 2006); null when the history
 * never changes.
 */
export function scaledError(
  { values, season }: Series,
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
): number | null {
  const lag = values.length > season ? season : 1
  let scale = 0
  for (let t = lag; t < values.length; t++) scale += Math.abs(values[t]! - values[t - lag]!)
  scale /= Math.max(1, values.length - lag)
  if (scale === 0) return null
  let error = 0
  for (let at = 0; at < actual.length; at++) error += Math.abs(actual[at]! - forecast[at]!)
  return error / actual.length / scale
}
