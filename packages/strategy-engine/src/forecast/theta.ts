import { lowestBetween } from '../numeric/golden-section.ts'
import { seasonalFigures, isSeasonal } from './seasonality.ts'
import { requireSeries, type Forecast, type Series } from './series.ts'

/**
 * The Theta method (V. Assimakopoulos, K. Nikolopoulos, The theta model, International Journal of Forecasting 16(4), 2000) in the form of
 * R. Hyndman and B. Billah (2003): simple exponential smoothing with half the slope of the trend as drift, after taking a season out
 * that stands out.
 */
export function theta(series: Series, horizon: number): Forecast {
  requireSeries(series, horizon)
  const { values, season } = series
  const figures = isSeasonal(series) ? seasonalFigures(series, 'factor') : null
  const plain = figures ? values.map((value, t) => value / figures[t % season]!) : values
  const { alpha, level, squares } = smoothLevel(plain)
  const count = plain.length
  const drift = slopeOf(plain) / 2
  const sigma = Math.sqrt(squares / Math.max(1, count - 2))
  const settled = (1 - (1 - alpha) ** count) / alpha
  const factor = (step: number): number => (figures ? figures[(count + step) % season]! : 1)
  return {
    mean: Float64Array.from({ length: horizon }, (_, step) => (level + drift * (step + settled)) * factor(step)),
    deviation: Float64Array.from(
      { length: horizon },
      (_, step) => sigma * Math.sqrt(step * alpha ** 2 + 1) * factor(step),
    ),
  }
}

/** The slope of the straight line through a series. */
export function slopeOf(values: Float64Array): number {
  const middle = (values.length - 1) / 2
  let [sum, squares] = [0, 0]
  values.forEach((value, t) => {
    sum += (t - middle) * value
    squares += (t - middle) ** 2
  })
  return squares === 0 ? 0 : sum / squares
}

/** Simple exponential smoothing whose weight and first level leave the smallest squares. */
export interface SmoothedLevel {
  alpha: number
  /** After the last value. */
  level: number
  squares: number
}

export function smoothLevel(values: Float64Array): SmoothedLevel {
  // The squares may have two valleys; the best of a coarse grid is refined. A weight below a hundredth would let the first values
  // count for hundreds of periods.
  const least = 0.01
  const most = 0.9999
  const points = 20
  const at = (point: number): number => least + ((most - least) * point) / points
  let best = 0
  let lowest = Infinity
  for (let point = 0; point <= points; point++) {
    const { squares } = smoothWith(values, at(point))
    if (squares < lowest) [best, lowest] = [point, squares]
  }
  const alpha = lowestBetween(
    (weight) => smoothWith(values, weight).squares,
    at(Math.max(0, best - 1)),
    at(Math.min(points, best + 1)),
    1e-7,
  )
  return smoothWith(values, alpha)
}

/**
 * The first level that fits best has a closed form: each error is a − r·level with r = (1 − α)^t, so that the level is Σ a·r / Σ r².
 */
export function smoothWith(values: Float64Array, alpha: number): SmoothedLevel {
  let fromNought = 0
  let share = 1
  let [cross, squares, shares] = [0, 0, 0]
  for (let t = 0; t < values.length; t++) {
    const error = values[t]! - fromNought
    cross += error * share
    squares += error * error
    shares += share * share
    fromNought += alpha * error
    share *= 1 - alpha
  }
  const first = cross / shares
  return { alpha, level: fromNought + share * first, squares: Math.max(0, squares - cross * first) }
}
