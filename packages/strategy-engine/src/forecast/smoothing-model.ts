import { minimiseWithoutSlope } from '../numeric/minimise.ts'
import { seasonalFigures } from './seasonality.ts'
import type { Series } from './series.ts'
import { slopeOf } from './theta.ts'

/** One member of the exponential smoothing family (R. Hyndman, A. Koehler, K. Ord, R. Snyder, Forecasting with Exponential Smoothing, 2008). */
export interface SmoothingForm {
  /** Whether errors are of one size, or grow with the level. */
  error: 'additive' | 'multiplicative'
  trend: 'none' | 'additive' | 'damped'
  season: 'none' | 'additive' | 'multiplicative'
}

/** What the recursion ends with: level, slope and the figures of the season, the first belonging to period 0 of the series. */
export interface SmoothingState {
  level: number
  slope: number
  figures: Float64Array
}

/** Weights of the errors in level, slope and season, and the damping of the slope. */
export interface SmoothingWeights {
  alpha: number
  beta: number
  gamma: number
  phi: number
}

export interface FittedSmoothing {
  form: SmoothingForm
  weights: SmoothingWeights
  end: SmoothingState
  /** Standard deviation of the errors; relative ones where they grow with the level. */
  sigma: number
  /** Akaike's criterion, corrected for short series; what fits better is lower. */
  criterion: number
}

/** Fits one form by maximum likelihood; null where the series cannot have it (too short, or not above zero). */
export function fitSmoothing(series: Series, form: SmoothingForm): FittedSmoothing | null {
  const { values, season } = series
  const start = startingState(series, form)
  const scale = spreadOf(values)
  const unknowns = countUnknowns(form, season)
  if (start === null || scale === 0 || values.length < unknowns + 2) return null
  if ((form.error === 'multiplicative' || form.season === 'multiplicative') && values.some((value) => value <= 0))
    return null
  const state: SmoothingState = { level: 0, slope: 0, figures: new Float64Array(start.figures.length) }
  const run = (x: Float64Array): { weights: SmoothingWeights; fit: Run } => {
    const weights = weightsOf(x, form)
    const place = weightCount(form)
    state.level = start.level + x[place]! * scale
    state.slope = form.trend === 'none' ? 0 : start.slope + x[place + 1]! * scale * 0.1
    state.figures.set(start.figures)
    return { weights, fit: filter(values, form, weights, state) }
  }
  const first = startingPoint(form)
  const { x } = minimiseWithoutSlope((point) => run(point).fit.badness, first, {
    spread: 0.6,
    tolerance: 1e-5,
    evaluations: 20 * first.length,
    restarts: 1,
  })
  const { weights, fit } = run(x)
  if (!Number.isFinite(fit.badness)) return null
  const count = values.length
  const criterion = fit.badness + 2 * unknowns + (2 * unknowns * (unknowns + 1)) / (count - unknowns - 1)
  const sigma = Math.sqrt(fit.squares / Math.max(1, count - unknowns + 1))
  return { form, weights, sigma, criterion, end: { ...state, figures: state.figures.slice() } }
}

/** Weights, first level and slope, figures that are free, and the size of the errors. */
function countUnknowns(form: SmoothingForm, season: number): number {
  const figures = form.season === 'none' ? 0 : season - 1
  return weightCount(form) + (form.trend === 'none' ? 1 : 2) + figures + 1
}

const weightCount = ({ trend, season }: SmoothingForm): number =>
  1 + Number(trend !== 'none') + Number(trend === 'damped') + Number(season !== 'none')

function startingPoint(form: SmoothingForm): number[] {
  const point = [-0.5]
  if (form.trend !== 'none') point.push(-2)
  if (form.trend === 'damped') point.push(1)
  if (form.season !== 'none') point.push(-2)
  return [...point, 0, ...(form.trend === 'none' ? [] : [0])]
}

const between = (x: number, low: number, high: number): number => low + (high - low) / (1 + Math.exp(-x))

/** The usual region: 0 < β < α < 1, 0 < γ < 1 − α, 0.8 < φ < 0.98. */
function weightsOf(x: Float64Array, form: SmoothingForm): SmoothingWeights {
  let at = 0
  const alpha = between(x[at++]!, 1e-4, 0.9999)
  const beta = form.trend === 'none' ? 0 : alpha * between(x[at++]!, 1e-4, 0.9999)
  const phi = form.trend === 'damped' ? between(x[at++]!, 0.8, 0.98) : 1
  const gamma = form.season === 'none' ? 0 : (1 - alpha) * between(x[at++]!, 1e-4, 0.9999)
  return { alpha, beta, gamma, phi }
}

interface Run {
  /** −2 log-likelihood, without constants. */
  badness: number
  squares: number
}

/** Carries the state through the series; infinite where a value it expects is not possible. */
function filter(values: Float64Array, form: SmoothingForm, weights: SmoothingWeights, state: SmoothingState): Run {
  if (form.season === 'none') return filterPlain(values, form, weights, state)
  return filterSeason(values, form, weights, state)
}

function filterPlain(
  values: Float64Array,
  { error }: SmoothingForm,
  { alpha, beta, phi }: SmoothingWeights,
  state: SmoothingState,
): Run {
  const relative = error === 'multiplicative'
  let { level, slope } = state
  let squares = 0
  let logs = 0
  let product = 1
  for (let t = 0; t < values.length; t++) {
    const expected = level + phi * slope
    const off = values[t]! - expected
    level = expected + alpha * off
    slope = phi * slope + beta * off
    if (relative) {
      if (!(expected > 0)) return impossible
      squares += (off / expected) ** 2
      product *= expected
      // One logarithm for many factors; before they leave the range of numbers.
      if (product > 1e200 || product < 1e-200) {
        logs += Math.log(product)
        product = 1
      }
    } else squares += off * off
  }
  state.level = level
  state.slope = slope
  return asRun(values.length, squares, relative ? logs + Math.log(product) : 0)
}

function filterSeason(
  values: Float64Array,
  { error, season: kind }: SmoothingForm,
  { alpha, beta, gamma, phi }: SmoothingWeights,
  state: SmoothingState,
): Run {
  const { figures } = state
  const factors = kind === 'multiplicative'
  const relative = error === 'multiplicative'
  let { level, slope } = state
  let squares = 0
  let logs = 0
  let product = 1
  for (let t = 0, place = 0; t < values.length; t++) {
    const reached = level + phi * slope
    const figure = figures[place]!
    const expected = factors ? reached * figure : reached + figure
    const off = values[t]! - expected
    const part = factors ? off / figure : off
    level = reached + alpha * part
    slope = phi * slope + beta * part
    figures[place] = figure + gamma * (factors ? off / reached : off)
    if (++place === figures.length) place = 0
    if (relative) {
      if (!(expected > 0)) return impossible
      squares += (off / expected) ** 2
      product *= expected
      if (product > 1e200 || product < 1e-200) {
        logs += Math.log(product)
        product = 1
      }
    } else squares += off * off
  }
  state.level = level
  state.slope = slope
  return asRun(values.length, squares, relative ? logs + Math.log(product) : 0)
}

const impossible: Run = { badness: Infinity, squares: Infinity }

/** Squares of nothing but rounding would make the likelihood endless. */
function asRun(count: number, squares: number, logs: number): Run {
  const badness = count * Math.log(Math.max(squares, 1e-280)) + 2 * logs
  return { badness: Number.isNaN(badness) ? Infinity : badness, squares }
}

/** Figures by decomposition, level and slope by a line through the first seasons without them. */
function startingState({ values, season }: Series, form: SmoothingForm): SmoothingState | null {
  const kind = form.season
  if (kind !== 'none' && (season === 1 || values.length < 2 * season + 1)) return null
  const figures =
    kind === 'none'
      ? Float64Array.of(0)
      : seasonalFigures({ values, season }, kind === 'additive' ? 'difference' : 'factor')
  if (figures === null) return null
  const head = values.slice(0, Math.min(values.length, Math.max(10, 2 * season)))
  const plain = head.map((value, t) => {
    const figure = figures[t % figures.length]!
    return kind === 'multiplicative' ? value / figure : value - figure
  })
  const mean = plain.reduce((sum, value) => sum + value, 0) / plain.length
  if (form.trend === 'none') return { level: mean, slope: 0, figures }
  const slope = slopeOf(plain)
  return { level: mean - (slope * (plain.length + 1)) / 2, slope, figures }
}

export function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}
