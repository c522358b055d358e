import { forecastMethods, type DemandResults, type ForecastMethod } from '@ecluse/contracts/analysis-results.ts'
import { automaticSmoothing } from '@ecluse/strategy-engine/forecast/automatic-smoothing.ts'
import { croston } from '@ecluse/strategy-engine/forecast/croston.ts'
import { seasonalNaive, type Forecast, type Series } from '@ecluse/strategy-engine/forecast/series.ts'
import { theta } from '@ecluse/strategy-engine/forecast/theta.ts'
import { normalQuantile } from '@ecluse/strategy-engine/numeric/distributions.ts'
import { normalDemand, type DemandDistribution } from '@ecluse/strategy-engine/stock/demand-distribution.ts'
import { newsvendor } from '@ecluse/strategy-engine/stock/lot-sizes.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { DemandInput } from './analysis-input.ts'

/** With fewer steps, whatever is said of the next one is a guess. */
const fewestSteps = 4

type Unit = DemandInput['units'][number]
type Told = DemandResults['units'][number]

/**
 * Foretells demand of each unit by the method that missed least in the last steps, kept apart to choose it, and proposes stock from it.
 * @throws Unanswerable where nothing was sold long enough
 */
export function forecastDemand(input: DemandInput, onProgress: (done: number) => void): DemandResults {
  if (input.units.length === 0) throw new Unanswerable('empty')
  const told = input.units.map((unit, at) => {
    onProgress(at / input.units.length)
    return forecastUnit(unit, input)
  })
  const units = told.flatMap((one) => (one === null ? [] : [one]))
  if (units.length === 0) {
    const have = Math.max(...input.units.map(({ history }) => sinceFirst(history).length))
    throw new Unanswerable('too_few', { what: 'steps since the first sale', have, need: fewestSteps })
  }
  const { steps, ahead } = input
  return { kind: 'demand', steps, ahead, held: input.horizon, skipped: told.length - units.length, units }
}

/** What was sold before the first sale is no demand. */
function sinceFirst(history: readonly number[]): readonly number[] {
  const first = history.findIndex((value) => value > 0)
  return first < 0 ? [] : history.slice(first)
}

function forecastUnit({ unit, name, history, priceMinor, costMinor }: Unit, input: DemandInput): Told | null {
  const values = Float64Array.from(sinceFirst(history))
  if (values.length < fewestSteps) return null
  const horizon = Math.max(input.horizon, input.lead)
  const season = values.length >= 2 * input.season ? input.season : 1
  const constant = values.every((value) => value === values[0])
  const { method, errors } = constant
    ? { method: 'repeat' as const, errors: noErrors }
    : choose(values, season, horizon)
  const forecast = by(method, { values, season }, horizon)
  const reach = normalQuantile(0.95)
  const at = (times: number): number[] =>
    Array.from({ length: input.horizon }, (_, step) =>
      Math.max(0, (forecast.mean[step] ?? 0) + times * (forecast.deviation[step] ?? 0)),
    )
  return {
    unit,
    name,
    history,
    mean: at(0),
    low: at(-reach),
    high: at(reach),
    method,
    errors,
    constant,
    orderUpTo: Math.max(0, Math.ceil(demandOver(forecast, input.lead).quantile(input.service) - 1e-9)),
    season: seasonOf(demandOver(forecast, input.horizon), { priceMinor, costMinor }, input.salvage),
  }
}

const noErrors: Told['errors'] = { repeat: null, smoothing: null, theta: null, croston: null }

function by(method: ForecastMethod, series: Series, horizon: number): Forecast {
  switch (method) {
    case 'repeat':
      return seasonalNaive(series, horizon)
    case 'smoothing':
      return automaticSmoothing(series, horizon)
    case 'theta':
      return theta(series, horizon)
    case 'croston':
      return croston(series.values, horizon, 0.1, 'syntetos_boylan')
  }
}

/** The method whose mean miss was least in the last quarter of the steps; of equal ones the simplest. */
function choose(
  values: Float64Array,
  season: number,
  horizon: number,
): { method: ForecastMethod; errors: Told['errors'] } {
  const held = Math.max(1, Math.min(horizon, Math.floor(values.length / 4)))
  const [known, actual] = [values.slice(0, values.length - held), values.slice(values.length - held)]
  const errors = { ...noErrors }
  let method: ForecastMethod = 'repeat'
  for (const one of forecastMethods) {
    // Croston is for goods that are not asked for in every step.
    if (one === 'croston' && known.every((value) => value > 0)) continue
    const error = missOf(one, { values: known, season: known.length >= 2 * season ? season : 1 }, actual)
    errors[one] = error
    if (error !== null && error < (errors[method] ?? Infinity)) method = one
  }
  return { method, errors }
}

function missOf(method: ForecastMethod, series: Series, actual: Float64Array): number | null {
  try {
    const { mean } = by(method, series, actual.length)
    const miss =
      actual.reduce((sum, value, at) => sum + Math.abs(value - Math.max(0, mean[at] ?? 0)), 0) / actual.length
    return Number.isFinite(miss) ? miss : null
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return null
  }
}

/** Demand of the first so many steps together; misses of different steps are taken as independent. */
function demandOver({ mean, deviation }: Forecast, steps: number): DemandDistribution {
  const sum = (values: Float64Array): number => values.slice(0, steps).reduce((all, value) => all + value, 0)
  return normalDemand(
    mean.slice(0, steps).reduce((all, value) => all + Math.max(0, value), 0),
    Math.sqrt(sum(deviation.map((value) => value * value))),
  )
}

/** What to buy where it is bought once: short of a unit loses its margin, one left over loses its cost less what it still brings. */
function seasonOf(
  demand: DemandDistribution,
  { priceMinor, costMinor }: Pick<Unit, 'priceMinor' | 'costMinor'>,
  salvage: number,
): Told['season'] {
  const [stockoutCost, holdingCost] = [priceMinor - costMinor, costMinor * (1 - salvage)]
  if (!(stockoutCost > 0 && holdingCost > 0)) return null
  const { level } = newsvendor({ holdingCost, stockoutCost }, demand)
  return {
    quantity: Math.max(0, Math.ceil(level - 1e-9)),
    ratio: stockoutCost / (stockoutCost + holdingCost),
    priceMinor,
    costMinor,
  }
}
