import { createRandom, type Random } from '../numeric/random.ts'
import { requireRange } from '../unanswerable.ts'
import { fitFamily } from './automatic-smoothing.ts'
import { requireSeries, seasonalNaive, type Series } from './series.ts'
import { spreadOf, type FittedSmoothing } from './smoothing-model.ts'

/**
 * Ways the series may go on: `draws` rows of `horizon` values. Each follows one form of the exponential smoothing family, drawn as likely
 * as Akaike’s criterion makes it, with errors as large as those of the past (R. Hyndman and others 2008, ch. 6.1). A series too short to
 * choose a form by goes on as its last season with the errors that repeating it would have made; one that never changes stays.
 */
export function samplePaths(
  series: Series,
  horizon: number,
  { draws, seed }: { draws: number; seed: number },
): Float64Array[] {
  requireSeries(series, horizon)
  requireRange('draws', draws, 1, 1e6)
  const random = createRandom(seed)
  const fitted = spreadOf(series.values) === 0 ? [] : fitFamily(series)
  const [best] = fitted
  if (best === undefined) return naivePaths(series, horizon, draws, random)
  const weights = fitted.map(({ criterion }) => Math.exp((best.criterion - criterion) / 2))
  return Array.from({ length: draws }, () => {
    const form = fitted[random.weighted(weights)]!
    return pathOf(form, series.values.length, horizon, random)
  })
}

function naivePaths(series: Series, horizon: number, draws: number, random: Random): Float64Array[] {
  const { mean, deviation } = seasonalNaive(series, horizon)
  const season = Math.min(series.season, series.values.length)
  // What one repetition errs by; the next adds to it.
  const spread = deviation[0]!
  return Array.from({ length: draws }, () => {
    const path = mean.slice()
    const moved = new Float64Array(season)
    for (let step = 0; step < horizon; step++) {
      moved[step % season]! += spread * random.normal()
      path[step]! += moved[step % season]!
    }
    return path
  })
}

/** One run of the recursion that was fitted, with drawn errors instead of known ones. */
function pathOf(
  { form, weights, end, sigma }: FittedSmoothing,
  count: number,
  horizon: number,
  random: Random,
): Float64Array {
  const { alpha, beta, gamma, phi } = weights
  const figures = end.figures.slice()
  const factors = form.season === 'multiplicative'
  let { level, slope } = end
  const path = new Float64Array(horizon)
  for (let step = 0; step < horizon; step++) {
    const place = (count + step) % figures.length
    const figure = figures[place]!
    const reached = level + phi * slope
    const expected = factors ? reached * figure : reached + figure
    const off = (form.error === 'multiplicative' ? Math.abs(expected) : 1) * sigma * random.normal()
    path[step] = expected + off
    const part = factors && figure !== 0 ? off / figure : off
    level = reached + alpha * part
    slope = phi * slope + beta * part
    if (form.season !== 'none') figures[place] = figure + gamma * (factors && reached !== 0 ? off / reached : off)
  }
  return path
}
