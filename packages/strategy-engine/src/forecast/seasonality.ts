import type { Series } from './series.ts'

/** Whether a series repeats itself with its season: its autocorrelation there stands out at 90 % (as in Assimakopoulos, Nikolopoulos 2000). */
export function isSeasonal({ values, season }: Series): boolean {
  const count = values.length
  if (season === 1 || count <= 2 * season) return false
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  let variance = 0
  for (const value of values) variance += (value - mean) ** 2
  if (variance === 0) return false
  const correlation = (lag: number): number => {
    let sum = 0
    for (let t = lag; t < count; t++) sum += (values[t]! - mean) * (values[t - lag]! - mean)
    return sum / variance
  }
  let squares = 0
  for (let lag = 1; lag < season; lag++) squares += correlation(lag) ** 2
  return Math.abs(correlation(season)) > 1.6448536269514722 * Math.sqrt((1 + 2 * squares) / count)
}

/**
 * Seasonal figures by classical decomposition: what each period of the season is to the centred moving average, as a factor (mean 1) or
 * a difference (mean 0); the first belongs to the first value. Null where a factor would not be above zero.
 */
export function seasonalFigures({ values, season }: Series, kind: 'factor' | 'difference'): Float64Array | null {
  const sums = new Float64Array(season)
  const counts = new Float64Array(season)
  const half = Math.floor(season / 2)
  for (let t = half; t < values.length - half; t++) {
    const average = centredAverage(values, t, season)
    const figure = kind === 'factor' ? values[t]! / average : values[t]! - average
    if (!Number.isFinite(figure)) return null
    sums[t % season]! += figure
    counts[t % season]! += 1
  }
  if (counts.some((count) => count === 0)) return null
  const figures = sums.map((sum, at) => sum / counts[at]!)
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / season
  if (kind === 'difference') return figures.map((figure) => figure - mean)
  const factors = figures.map((figure) => figure / mean)
  return factors.every((factor) => factor > 1e-10) ? factors : null
}

/** With an even season the two ends count half. */
function centredAverage(values: Float64Array, centre: number, season: number): number {
  const half = Math.floor(season / 2)
  let sum = 0
  for (let t = centre - half; t <= centre + half; t++) sum += values[t]!
  if (season % 2 === 0) sum -= (values[centre - half]! + values[centre + half]!) / 2
  return sum / season
}
