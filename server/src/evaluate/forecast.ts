import { automaticSmoothing, combinedSmoothing } from '@ecluse/strategy-engine/forecast/automatic-smoothing.ts'
import { croston, type CrostonVariant } from '@ecluse/strategy-engine/forecast/croston.ts'
import {
  scaledError,
  seasonalNaive,
  symmetricError,
  type Forecast,
  type Series,
} from '@ecluse/strategy-engine/forecast/series.ts'
import { theta } from '@ecluse/strategy-engine/forecast/theta.ts'
import { EvaluationError, listOption, numberOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { readSeries, seriesOptions, type NamedSeries } from './series-files.ts'

type Method = (series: Series, horizon: number) => Forecast

const slow =
  (variant: CrostonVariant, alpha: number): Method =>
  ({ values }, horizon) =>
    croston(values, horizon, alpha, variant)

const methodsWith = (alpha: number): Readonly<Record<string, Method>> => ({
  seasonal_naive: seasonalNaive,
  theta,
  smoothing: automaticSmoothing,
  combined: combinedSmoothing,
  croston: slow('croston', alpha),
  sba: slow('syntetos_boylan', alpha),
  tsb: slow('teunter_syntetos_babai', alpha),
})

/** `npx ecluse evaluate forecast FILE`: forecasts of many series, beside what came where it is known. */
export const forecastEvaluation: EvaluationKind = {
  help: 'cli.evaluate.forecast.help',
  options: {
    methods: { type: 'string', value: 'NAMES', help: 'cli.evaluate.forecast.methods' },
    alpha: { type: 'string', value: 'N', help: 'cli.evaluate.forecast.alpha' },
    ...seriesOptions,
  },
  run: (request) => {
    const series = readSeries(request)
    const known = methodsWith(numberOption(request, 'alpha', 0.1, 1e-9, 1))
    const results: Record<string, number> = {}
    for (const name of listOption(request, 'methods', ['seasonal_naive', 'theta', 'smoothing', 'combined'])) {
      const method = Object.hasOwn(known, name) ? known[name] : undefined
      if (method === undefined) throw new EvaluationError('cli.import.bad_setting', { setting: 'methods' })
      const judged = series.filter(({ actual }) => actual.length > 0)
      if (judged.length > 0) Object.assign(results, errorsOf(name, method, judged, request))
      else for (const one of series) Object.assign(results, expected(name, method, one))
    }
    return { results, n: series.length }
  },
}

/** Mean errors over all series, and over those of each group. */
function errorsOf(
  name: string,
  method: Method,
  series: readonly NamedSeries[],
  request: EvaluationRequest,
): Record<string, number> {
  const sums = new Map<string, { count: number; total: number }>()
  const add = (figure: string, group: string, value: number): void => {
    for (const key of group === '' ? [figure] : [figure, `${figure}.${group}`]) {
      const sum = sums.get(key) ?? { count: 0, total: 0 }
      sums.set(key, { count: sum.count + 1, total: sum.total + value })
    }
  }
  for (const { history, actual, group } of series) {
    if (request.signal.aborted) break
    const { mean, deviation } = method(history, actual.length)
    add(`smape.${name}`, group, symmetricError(actual, mean))
    const scaled = scaledError(history, actual, mean)
    if (scaled !== null) add(`mase.${name}`, group, scaled)
    const inside = mean.filter((value, step) => Math.abs((actual[step] ?? 0) - value) <= 1.96 * (deviation[step] ?? 0))
    add(`coverage_95.${name}`, group, inside.length / actual.length)
  }
  const results = Object.fromEntries([...sums].map(([key, { count, total }]) => [key, total / count]))
  request.progress(`${name}: sMAPE ${(results[`smape.${name}`] ?? 0).toFixed(3)}`)
  return results
}

/** The forecasts themselves, and the bounds that hold what comes 95 times of 100. */
function expected(method: string, forecast: Method, { name, history, horizon }: NamedSeries): Record<string, number> {
  const { mean, deviation } = forecast(history, horizon)
  const results: Record<string, number> = {}
  mean.forEach((value, step) => {
    const key = [method, ...(name === '' ? [] : [name]), step + 1].join('.')
    results[key] = value
    results[`${key}.low`] = value - 1.96 * (deviation[step] ?? 0)
    results[`${key}.high`] = value + 1.96 * (deviation[step] ?? 0)
  })
  return results
}
