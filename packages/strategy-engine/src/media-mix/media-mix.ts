import { normalQuantile } from '../numeric/distributions.ts'
import { factorise, invertFactored, leastSquares, type Columns } from '../numeric/matrix.ts'
import { minimise, type Objective } from '../numeric/minimise.ts'
import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'
import { carryOver, saturate, shapesOf, type Saturation } from './carry-over.ts'

export interface MediaMixData {
  /** What is explained, by week. */
  sales: Float64Array
  /** Spend by channel, not negative. */
  channels: Columns
  /** What else moves sales, with a coefficient each. */
  controls?: Columns
}

export interface MediaMixOptions {
  saturation?: Saturation
  /** How many weeks advertising may last. */
  weeks?: number
}

export interface ChannelContribution {
  name: string
  /** Share of a week's effect that is left in the next. */
  retention: number
  /** λ, or k and s, in the units of the spend. */
  shapes: readonly number[]
  /** Sales per week at full saturation. */
  effect: number
  /** Share of all sales that the channel made, with standard error and 95 % interval. */
  share: number
  shareError: number
  low: number
  high: number
  /** Sales per unit spent, on average. */
  returnOnSpend: number
}

export interface MediaMix {
  channels: ChannelContribution[]
  /** Constant and controls. */
  baseline: { names: readonly string[]; coefficients: Float64Array }
  r2: number
  residualError: number
}

/** Bell-shaped beliefs on logit retention and ln shape, of a spend whose largest week is 1: wide, but shutting out the absurd. */
const beliefs = { retention: { mean: -0.5, deviation: 1.5 }, shape: { mean: Math.log(3), deviation: 0.7 } }
const hillBeliefs = { half: { mean: Math.log(0.5), deviation: 1 }, slope: { mean: Math.log(1.2), deviation: 0.4 } }

/**
 * How much of sales each channel made, from weekly spend: carry-over, then saturation, then a sum (Y. Jin, Y. Wang, Y. Sun, D. Chan, J.
 * Koehler 2017, Bayesian methods for media mix modeling with carryover and shape effects). The most probable parameters under wide
 * beliefs; errors from the curvature there (Laplace). Effects are not negative. Throws `constant`, `collinear`, `too_few`, `out_of_range`.
 */
export function fitMediaMix(data: MediaMixData, options: MediaMixOptions = {}): MediaMix {
  const model = modelOf(data, options)
  const perChannel = 1 + shapesOf(model.saturation)
  const start = data.channels.names.flatMap(() => model.beliefs.map(({ mean }) => mean))
  // Said at once where columns cannot be told apart; later it only means that the search has gone too far.
  surprise(model, Float64Array.from(start), new Float64Array(start.length))
  const objective: Objective = (x, slope) => surpriseOrNone(model, x, slope)
  const starts = [
    start,
    start.map((value, at) => (at % perChannel === 0 ? value - 1.5 : value)),
    start.map((value) => value + 0.7),
  ]
  const found = starts
    .map((x) => minimise(objective, x, { flatness: 1e-7, iterations: 200 }))
    .reduce((best, one) => (one.value < best.value ? one : best))
  return describe(model, found.x)
}

interface Model {
  sales: Float64Array
  names: readonly string[]
  /** Spend with its largest week as unit. */
  spend: readonly Float64Array[]
  largest: readonly number[]
  base: Columns
  saturation: Saturation
  weeks: number
  /** Of one channel's unknowns, in their order. */
  beliefs: readonly { mean: number; deviation: number }[]
}

function modelOf({ sales, channels, controls }: MediaMixData, options: MediaMixOptions): Model {
  const { saturation = 'logistic', weeks = 8 } = options
  if (sales.length === 0) throw new Unanswerable('empty')
  requireRange('weeks', weeks, 1, 104)
  requireFinite('sales', sales)
  if (channels.names.length === 0) throw new Unanswerable('too_few', { what: 'channels', have: 0, need: 1 })
  const others = controls ?? { names: [], values: [] }
  const need = 2 + others.names.length + channels.names.length * (2 + shapesOf(saturation))
  if (sales.length < need) throw new Unanswerable('too_few', { what: 'rows', have: sales.length, need })
  if (sales.every((value) => value === sales[0])) throw new Unanswerable('constant', { column: 'sales' })
  const all = [
    ...channels.names.map((name, k) => ({ name, values: channels.values[k]! })),
    ...others.names.map((name, k) => ({ name, values: others.values[k]! })),
  ]
  for (const { name, values } of all) {
    if (values.length !== sales.length)
      throw new Unanswerable('mismatch', { first: values.length, second: sales.length })
    requireFinite(name, values)
    if (values.every((value) => value === values[0])) throw new Unanswerable('constant', { column: name })
  }
  channels.values.forEach((values, k) => values.forEach((value) => requireRange(channels.names[k]!, value, 0)))
  const largest = channels.values.map((values) => values.reduce((most, value) => Math.max(most, value), 0))
  const constant = new Float64Array(sales.length).fill(1)
  const { half, slope } = hillBeliefs
  return {
    sales,
    names: channels.names,
    spend: channels.values.map((values, k) => values.map((value) => value / largest[k]!)),
    largest,
    base: { names: ['intercept', ...others.names], values: [constant, ...others.values] },
    saturation,
    weeks,
    beliefs: saturation === 'logistic' ? [beliefs.retention, beliefs.shape] : [beliefs.retention, half, slope],
  }
}

const chance = (x: number): number => 1 / (1 + Math.exp(-x))

/** The response of each channel to its spend, at unknowns `x`. */
const responses = (model: Model, x: Float64Array): Float64Array[] => model.spend.map((_, k) => response(model, x, k))

function response({ spend, saturation, weeks, beliefs: of }: Model, x: Float64Array, k: number): Float64Array {
  const [retention = 0, ...shapes] = x.subarray(k * of.length, (k + 1) * of.length)
  const carried = carryOver(spend[k]!, chance(retention), weeks)
  return saturate(carried, saturation, shapes.map(Math.exp))
}

/** Least squares of sales on base and responses; a channel whose effect would be negative has none. */
function linearFit({ sales, base, names }: Model, columns: readonly Float64Array[]) {
  let kept = names.map((_, k) => k)
  for (;;) {
    const design = {
      names: [...base.names, ...kept.map((k) => names[k]!)],
      values: [...base.values, ...kept.map((k) => columns[k]!)],
    }
    const fit = leastSquares(design, sales)
    const effects = fit.coefficients.subarray(base.names.length)
    const worst = effects.reduce((least, value, at) => (value < effects[least]! ? at : least), 0)
    if (effects.length === 0 || effects[worst]! >= 0) {
      const all = new Float64Array(names.length)
      kept.forEach((k, at) => (all[k] = effects[at]!))
      const { residuals, residualSquares: squares } = fit
      return { base: fit.coefficients.slice(0, base.names.length), effects: all, residuals, squares }
    }
    kept = kept.filter((_, at) => at !== worst)
  }
}

/**
 * Minus the logarithm of how probable the unknowns are, the linear ones and the noise at their best; its slope into `slope`. Since the linear
 * ones are at their best already, only what the unknowns bend counts (the envelope theorem).
 */
function surprise(model: Model, x: Float64Array, slope: Float64Array): number {
  const rows = model.sales.length
  const { squares, residuals, effects } = linearFit(model, responses(model, x))
  const noise = Math.max(squares, 1e-300)
  let away = 0
  bendsOf(model, x, effects).forEach((bend, at) => {
    const { mean, deviation } = model.beliefs[at % model.beliefs.length]!
    const distance = (x[at]! - mean) / deviation
    away += 0.5 * distance ** 2
    const pull = bend.reduce((sum, value, t) => sum + value * residuals[t]!, 0)
    slope[at] = distance / deviation - (rows / noise) * pull
  })
  return (rows / 2) * Math.log(noise / rows) + away
}

/** How the explained sales move with each unknown, week by week. */
function bendsOf(model: Model, x: Float64Array, effects: Float64Array): Float64Array[] {
  const step = 1e-5
  return Array.from(x, (value, at) => {
    const k = Math.floor(at / model.beliefs.length)
    if (effects[k] === 0) return new Float64Array(model.sales.length)
    const [up, down] = [response(model, x.with(at, value + step), k), response(model, x.with(at, value - step), k)]
    return up.map((one, t) => (effects[k]! * (one - down[t]!)) / (2 * step))
  })
}

/** Infinite where saturation is so sharp that a channel is a constant. */
function surpriseOrNone(model: Model, x: Float64Array, slope: Float64Array): number {
  try {
    return surprise(model, x, slope)
  } catch (error) {
    if (error instanceof Unanswerable && error.reason === 'collinear') return Infinity
    throw error
  }
}

function describe(model: Model, x: Float64Array): MediaMix {
  const { sales, names, base, beliefs: of, largest, saturation } = model
  const columns = responses(model, x)
  const { base: baseline, effects, squares } = linearFit(model, columns)
  const total = sales.reduce((sum, value) => sum + value, 0)
  const mean = total / sales.length
  const degrees = sales.length - base.names.length - names.length * (1 + of.length)
  const errors = shareErrors(model, x, columns, effects, squares / degrees)
  const reach = normalQuantile(0.975)
  const channels = names.map((name, k): ChannelContribution => {
    const [retention = 0, ...shapes] = x.subarray(k * of.length, (k + 1) * of.length)
    const made = effects[k]! * columns[k]!.reduce((sum, value) => sum + value, 0)
    const [share, shareError] = [made / total, errors[k]!]
    const own = shapes.map(Math.exp)
    const spent = model.spend[k]!.reduce((sum, value) => sum + value, 0) * largest[k]!
    return {
      name,
      retention: chance(retention),
      shapes: saturation === 'logistic' ? [own[0]! / largest[k]!] : [own[0]! * largest[k]!, own[1]!],
      effect: effects[k]!,
      share,
      shareError,
      low: share - reach * shareError,
      high: share + reach * shareError,
      returnOnSpend: made / spent,
    }
  })
  const around = sales.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    channels,
    baseline: { names: base.names, coefficients: baseline },
    r2: 1 - squares / around,
    residualError: Math.sqrt(squares / degrees),
  }
}

/**
 * Standard errors of the shares: the model made linear in all unknowns around the estimate, beliefs counting as observations. An effect
 * of 0, at its bound, has no error of its own.
 */
function shareErrors(
  model: Model,
  x: Float64Array,
  columns: readonly Float64Array[],
  effects: Float64Array,
  variance: number,
): Float64Array {
  const { sales, base, beliefs: of, names } = model
  const bends = bendsOf(model, x, effects)
  const jacobian = [...base.values, ...columns, ...bends]
  const size = jacobian.length
  const information = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      information[i * size + j] = jacobian[i]!.reduce((sum, value, t) => sum + value * jacobian[j]![t]!, 0) / variance
    }
  }
  x.forEach((_, at) => {
    const place = size - x.length + at
    information[place * size + place]! += 1 / of[at % of.length]!.deviation ** 2
  })
  const factor = factorise(information, size, 1e-14)
  if ('dependent' in factor)
    throw new Unanswerable('collinear', { column: [...base.names, ...names][factor.dependent] ?? names[0]! })
  const covariance = invertFactored(factor)
  const total = sales.reduce((sum, value) => sum + value, 0)
  return Float64Array.from(names, (_, k) => {
    if (effects[k] === 0) return 0
    const slope = jacobian.map((column, at) => {
      const ofThis =
        at === base.names.length + k || Math.floor((at - base.names.length - names.length) / of.length) === k
      return ofThis && at >= base.names.length ? column.reduce((sum, value) => sum + value, 0) / total : 0
    })
    let sum = 0
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) sum += slope[i]! * slope[j]! * covariance[i * size + j]!
    return Math.sqrt(sum)
  })
}

/** Controls for a straight trend and for waves of a `period` of rows: `harmonics` sines and cosines. */
export function trendAndSeason(rows: number, period: number, harmonics: number): Columns {
  requireRange('period', period, 2)
  requireRange('harmonics', harmonics, 0, Math.floor(period / 2))
  const trend = Float64Array.from({ length: rows }, (_, t) => t / rows)
  const waves = Array.from({ length: harmonics }, (_, at) => at + 1).flatMap((order) => [
    { name: `sin${order}`, values: trend.map((_, t) => Math.sin((2 * Math.PI * order * t) / period)) },
    { name: `cos${order}`, values: trend.map((_, t) => Math.cos((2 * Math.PI * order * t) / period)) },
  ])
  // A cosine at half the period alternates, and its sine is nothing.
  const real = waves.filter(({ values }) => values.some((value) => Math.abs(value) > 1e-9))
  return { names: ['trend', ...real.map(({ name }) => name)], values: [trend, ...real.map(({ values }) => values)] }
}
