import type { Elasticity } from '@ecluse/contracts/price-response.ts'
import { trendAndSeason } from '@ecluse/strategy-engine/media-mix/media-mix.ts'
import { studentQuantile } from '@ecluse/strategy-engine/numeric/distributions.ts'
import { priceResponse } from '@ecluse/strategy-engine/price-response/price-response.ts'
import type { Regression } from '@ecluse/strategy-engine/price-response/regression.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'

/** A week of an article or product in one channel; weeks are numbered from the first of the question. */
export type PriceWeek = {
  readonly group: string
  readonly week: number
  readonly units: number
  readonly ratio: number
}

/** Of fewer weeks with a sale nothing is told. */
export const fewestWeeks = 16
/** Prices that moved by less than so much in all never moved. */
const leastMove = 0.01
/** Prices that leave trend and season by less than so much, on average, went only with the time. */
const leastSpread = 0.015
/** Rows that must be left beyond what is estimated. */
const leastDegrees = 8
/** From so many groups on, errors allow for what weeks of one have in common. */
const manyGroups = 10
const yearOfWeeks = 365.25 / 7
const mostPoints = 150

export type FittedPrices = {
  elasticity: Elasticity
  harmonics: number
  curve: { scale: number; points: { price: number; units: number }[] }
}
export type PriceProblem = 'few_weeks' | 'same_price' | 'same_quantity' | 'untold'

/**
 * The elasticity of quantities to the price, from weeks: ln units on ln price, a trend, waves of the year where two years are known and
 * they earn their place (G. Schwarz's criterion 1978), and a level of each group, so that only a group's own changes count.
 */
export function fitPrices(all: readonly PriceWeek[], weeks: number): FittedPrices | PriceProblem {
  const sizes = new Map<string, number>()
  for (const { group } of all) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  // A group of one week has nothing to be compared with.
  const rows = all.filter(({ group }) => (sizes.get(group) ?? 0) > 1)
  if (new Set(rows.map(({ week }) => week)).size < fewestWeeks) return 'few_weeks'
  if (widestMove(rows) < Math.log1p(leastMove)) return 'same_price'
  if (rows.every(({ units }) => units === rows[0]?.units)) return 'same_quantity'
  try {
    const fits = (spanOf(rows) >= 2 * yearOfWeeks ? [0, 1, 2] : [0]).map((harmonics) => fitWith(rows, weeks, harmonics))
    const best = fits.reduce((least, one) => (one.criterion < least.criterion ? one : least))
    if (best.fit.degrees < leastDegrees) return 'few_weeks'
    if (spreadOf(best.fit) < leastSpread) return 'untold'
    const elasticity = elasticityOf(best.fit, new Set(rows.map(({ group }) => group)).size)
    if (!Object.values(elasticity).every(Number.isFinite)) return 'untold'
    return { elasticity, harmonics: best.harmonics, curve: curveOf(rows, best) }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return error.reason === 'too_few' ? 'few_weeks' : 'untold'
  }
}

type Fit = { fit: Regression; harmonics: number; criterion: number; controls: ReturnType<typeof trendAndSeason> }

function fitWith(rows: readonly PriceWeek[], weeks: number, harmonics: number): Fit {
  const controls = trendAndSeason(weeks, yearOfWeeks, harmonics)
  const others = Object.fromEntries(
    controls.names.map((name, at) => [name, Float64Array.from(rows, ({ week }) => controls.values[at]?.[week] ?? 0)]),
  )
  const { pooled, fixedEffects } = priceResponse({
    volume: Float64Array.from(rows, ({ units }) => units),
    price: Float64Array.from(rows, ({ ratio }) => ratio),
    others,
    sellers: rows.map(({ group }) => group),
  })
  const fit = fixedEffects ?? pooled
  const squares = Math.max(fit.residualError ** 2 * fit.degrees, Number.MIN_VALUE)
  const criterion = rows.length * Math.log(squares / rows.length) + (rows.length - fit.degrees) * Math.log(rows.length)
  return { fit, harmonics, criterion, controls }
}

/** By how much the logarithm of the price leaves what trend, season and groups say of it: what its standard error was made of. */
function spreadOf({ names, standardErrors, residualError, rows }: Regression): number {
  const standardError = standardErrors[names.indexOf('log_price')] ?? 0
  return residualError / Math.max(standardError * Math.sqrt(rows), Number.MIN_VALUE)
}

function elasticityOf(fit: Regression, groups: number): Elasticity {
  const at = fit.names.indexOf('log_price')
  const clustered = groups >= manyGroups
  const value = fit.coefficients[at] ?? Number.NaN
  const standardError = (clustered ? fit.clusteredErrors : fit.standardErrors)[at] ?? Number.NaN
  const reach = studentQuantile(0.975, clustered ? groups - 1 : fit.degrees) * standardError
  return { value, standardError, low: value - reach, high: value + reach, observations: fit.rows }
}

/** Weeks as the elasticity sees them: without trend and season, all groups at one level. */
function curveOf(rows: readonly PriceWeek[], { fit, controls }: Fit): FittedPrices['curve'] {
  const slope = fit.coefficients[fit.names.indexOf('log_price')] ?? 0
  const calm = rows.map(({ units, week }) =>
    controls.names.reduce((left, name, at) => {
      const values = controls.values[at] ?? new Float64Array()
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
      return left - (fit.coefficients[fit.names.indexOf(name)] ?? 0) * ((values[week] ?? 0) - mean)
    }, Math.log(units)),
  )
  const prices = rows.map(({ ratio }) => Math.log(ratio))
  const groups = rows.map(({ group }) => group)
  const [levelled, moved] = [sameLevel(calm, groups), sameLevel(prices, groups)]
  const scale = Math.exp(meanOf(levelled) - slope * meanOf(moved))
  const every = Math.max(1, Math.ceil(rows.length / mostPoints))
  const points = rows.flatMap((_, at) =>
    at % every === 0 ? [{ price: Math.exp(moved[at] ?? 0), units: Math.exp(levelled[at] ?? 0) }] : [],
  )
  return { scale, points }
}

/** Values with the mean of their group at that of all. */
function sameLevel(values: readonly number[], groups: readonly string[]): number[] {
  const own = new Map<string, number[]>()
  values.forEach((value, at) => own.set(groups[at] ?? '', [...(own.get(groups[at] ?? '') ?? []), value]))
  const means = new Map([...own].map(([group, ofGroup]) => [group, meanOf(ofGroup)]))
  const overall = meanOf(values)
  return values.map((value, at) => value - (means.get(groups[at] ?? '') ?? 0) + overall)
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function spanOf(rows: readonly PriceWeek[]): number {
  const [first, last] = endsOf(rows.map(({ week }) => week))
  return last - first + 1
}

/** The widest way, in logarithms, a price went within one group. */
function widestMove(rows: readonly PriceWeek[]): number {
  const own = new Map<string, number[]>()
  for (const { group, ratio } of rows) own.set(group, [...(own.get(group) ?? []), Math.log(ratio)])
  return Math.max(
    0,
    ...[...own.values()].map((values) => {
      const [low, high] = endsOf(values)
      return high - low
    }),
  )
}

/** The least and the greatest of many values. */
export function endsOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
}
