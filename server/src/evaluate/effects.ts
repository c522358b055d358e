import { differenceInDifferences, type Effect } from '@ecluse/strategy-engine/effects/difference-in-differences.ts'
import { controlsOf, layOutPanel, type Panel } from '@ecluse/strategy-engine/effects/panel.ts'
import { placeboRatios, syntheticControl, type Predictor } from '@ecluse/strategy-engine/effects/synthetic-control.ts'
import { judgeByPlacebos, placeboEffects, syntheticDid } from '@ecluse/strategy-engine/effects/synthetic-did.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { choiceOption, EvaluationError, listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

type Figures = Record<string, number>

const methods = ['all', 'synthetic-control', 'did', 'synthetic-did'] as const

/** `npx ecluse evaluate effects FILE`: what something did to the units it happened to, by three methods, with placebo tests. */
export const effectsEvaluation: EvaluationKind = {
  help: 'cli.evaluate.effects.help',
  options: {
    method: { type: 'string', value: 'NAME', help: 'cli.evaluate.effects.method' },
    unit: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.effects.unit' },
    time: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.effects.time' },
    outcome: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.effects.outcome' },
    treated: { type: 'string', value: 'NAMES', help: 'cli.evaluate.effects.treated' },
    from: { type: 'string', value: 'TIME', help: 'cli.evaluate.effects.from' },
    treatment: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.effects.treatment' },
    exclude: { type: 'string', value: 'NAMES', help: 'cli.evaluate.effects.exclude' },
    predictors: { type: 'string', value: 'COLUMN@FROM-TO;…', help: 'cli.evaluate.effects.predictors' },
    shares: { type: 'string', value: 'A;B;C+D@FROM-TO', help: 'cli.evaluate.effects.shares' },
    judged: { type: 'string', value: 'FROM-TO', help: 'cli.evaluate.effects.judged' },
    'no-placebos': { type: 'boolean', help: 'cli.evaluate.effects.no_placebos' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const method = choiceOption(request, 'method', methods)
    const data = readPanel(table, request)
    const asked = (name: string): boolean => method === 'all' || method === name
    const results = {
      ...(asked('did') ? effectFigures('did', differenceInDifferences(data.panel)) : {}),
      ...(asked('synthetic-did') ? syntheticDidFigures(data.panel, request) : {}),
      ...(asked('synthetic-control') ? syntheticControlFigures(table, data, request) : {}),
    }
    return { results, n: data.panel.units.length * data.panel.periods.length }
  },
}

interface ReadPanel {
  panel: Panel
  unitOf: string[]
  timeOf: Float64Array
}

function readPanel(table: Table, request: EvaluationRequest): ReadPanel {
  const allUnits = table.text(textOption(request, 'unit', 'unit'))
  const timeOf = table.numbers(textOption(request, 'time', 'time'))
  const outcome = table.numbers(textOption(request, 'outcome', table.has('outcome') ? 'outcome' : 'y'))
  // Names may hold commas, and several are parted by them: a name that is there as a whole is meant as a whole.
  const namesOf = (option: string): string[] => {
    const whole = textOption(request, option, '')
    return allUnits.includes(whole) ? [whole] : listOption(request, option)
  }
  const excluded = namesOf('exclude')
  const stranger = excluded.find((name) => !allUnits.includes(name))
  if (stranger !== undefined) throw new Unanswerable('unknown_name', { name: stranger })
  const kept = allUnits.flatMap((unit, row) => (excluded.includes(unit) ? [] : [row]))
  const rows = {
    unitOf: kept.map((row) => allUnits[row] ?? ''),
    periodOf: kept.map((row) => timeOf[row] ?? NaN),
    outcomes: kept.map((row) => outcome[row] ?? NaN),
  }
  const treatment = textOption(request, 'treatment', '')
  const { treated, from } =
    treatment === ''
      ? { treated: namesOf('treated'), from: numberOption(request, 'from', NaN) }
      : treatedBy(table.numbers(treatment), allUnits, timeOf)
  if (Number.isNaN(from)) throw new EvaluationError('cli.import.bad_setting', { setting: 'from' })
  return { panel: layOutPanel(rows, treated, from), unitOf: allUnits, timeOf }
}

/** Who is treated, and since when, from a column of 0 and 1; all have to start together. */
function treatedBy(treatment: Float64Array, unitOf: readonly string[], timeOf: Float64Array) {
  const starts = new Map<string, number>()
  treatment.forEach((value, row) => {
    const unit = unitOf[row] ?? ''
    if (value > 0) starts.set(unit, Math.min(starts.get(unit) ?? Infinity, timeOf[row] ?? Infinity))
  })
  const moments = [...new Set(starts.values())]
  if (moments.length > 1) throw new Unanswerable('mismatch', { first: moments[0] ?? 0, second: moments[1] ?? 0 })
  return { treated: [...starts.keys()], from: moments[0] ?? NaN }
}

const effectFigures = (prefix: string, { effect, standardError, low, high }: Effect): Figures => ({
  [`${prefix}.effect`]: effect,
  [`${prefix}.standard_error`]: standardError,
  [`${prefix}.low`]: low,
  [`${prefix}.high`]: high,
})

function syntheticDidFigures(panel: Panel, request: EvaluationRequest): Figures {
  const found = syntheticDid(panel)
  const controls = controlsOf(panel)
  const weights = Object.fromEntries([
    ...controls.map((at, k) => [`synthetic_did.weight.${panel.units[at]}`, found.unitWeights[k]]),
    ...Array.from(found.periodWeights, (weight, t) => [`synthetic_did.time_weight.${panel.periods[t]}`, weight]),
  ]) as Figures
  if (request.options['no-placebos'] === true) return { 'synthetic_did.effect': found.effect, ...weights }
  const random = createRandom(numberOption(request, 'seed', 1, 0))
  const placebos = placeboEffects(panel, (one) => syntheticDid(one).effect, random)
  const judged = judgeByPlacebos(found.effect, placebos)
  return { ...effectFigures('synthetic_did', judged), 'synthetic_did.placebo_p': judged.pValue, ...weights }
}

function syntheticControlFigures(
  table: Table,
  { panel, unitOf, timeOf }: ReadPanel,
  request: EvaluationRequest,
): Figures {
  const mean = (column: string, from: number, to: number): Float64Array => {
    const values = table.numbers(column, 'NaN')
    return Float64Array.from(panel.units, (unit) => {
      const own = Array.from(values.keys()).filter((row) => {
        const time = timeOf[row] ?? NaN
        return unitOf[row] === unit && time >= from && time <= to && !Number.isNaN(values[row])
      })
      if (own.length === 0) throw new Unanswerable('not_a_number', { column, row: unitOf.indexOf(unit) + 1 })
      return own.reduce((sum, row) => sum + (values[row] ?? 0), 0) / own.length
    })
  }
  const predictors = [...readPredictors(request, mean), ...readShares(request, mean)]
  const judged = textOption(request, 'judged', '')
  const options = { predictors, ...(judged === '' ? {} : { judgedOver: positions(panel, judged) }) }
  const found = syntheticControl(panel, options)
  const treatedMean = (t: number): number =>
    panel.treated.reduce((sum, at) => sum + (panel.outcomes[at]?.[t] ?? 0), 0) / panel.treated.length
  const after = panel.periods.map((_, t) => t).slice(panel.start)
  const percents = after.map((t) => ((found.gap[t] ?? 0) / (treatedMean(t) - (found.gap[t] ?? 0))) * 100)
  const figures: Figures = {
    'synthetic_control.effect': found.effect,
    'synthetic_control.effect_percent': percents.reduce((sum, value) => sum + value, 0) / percents.length,
    'synthetic_control.rmspe_before': found.rmspeBefore,
    'synthetic_control.mspe_before': found.rmspeBefore ** 2,
    'synthetic_control.rmspe_after': found.rmspeAfter,
  }
  controlsOf(panel).forEach((at, k) => (figures[`weight.${panel.units[at]}`] = found.unitWeights[k] ?? 0))
  predictors.forEach(({ name }, k) => (figures[`predictor_weight.${name}`] = found.predictorWeights[k] ?? 0))
  panel.periods.forEach((period, t) => (figures[`gap.${period}`] = found.gap[t] ?? 0))
  if (request.options['no-placebos'] === true || panel.treated.length > 1) return figures
  const { ratio, pValue } = placeboRatios(panel, options)
  return { ...figures, 'synthetic_control.rmspe_ratio': ratio, 'synthetic_control.placebo_p': pValue }
}

/** `FROM-TO`, or one time that is both. */
function readSpan(text: string, setting: string): [number, number] {
  const [, from = '', to = from] = /^(-?[\d.]+)(?:-(-?[\d.]+))?$/.exec(text.trim()) ?? []
  const span: [number, number] = [Number(from), Number(to)]
  if (from === '' || !span.every(Number.isFinite)) throw new EvaluationError('cli.import.bad_setting', { setting })
  return span
}

function positions({ periods }: Panel, text: string): { from: number; to: number } {
  const [first, last] = readSpan(text, 'judged')
  return { from: periods.findIndex((period) => period >= first), to: periods.findLastIndex((period) => period <= last) }
}

type MeanOver = (column: string, from: number, to: number) => Float64Array

/** `invest@1964-1969;popdens@1969`: means over times. */
function readPredictors(request: EvaluationRequest, mean: MeanOver): Predictor[] {
  const told = textOption(request, 'predictors', '')
  if (told === '') return []
  return told.split(';').map((one) => {
    const [name = '', span = ''] = one.trim().split('@')
    return { name, values: mean(name, ...readSpan(span, 'predictors')) }
  })
}

/** `a;b;c+d@1964-1969`: the same means, as percents of the sum of all of them. */
function readShares(request: EvaluationRequest, mean: MeanOver): Predictor[] {
  const [told = '', span = ''] = textOption(request, 'shares', '').split('@')
  if (told === '') return []
  const [from, to] = readSpan(span, 'shares')
  const parts = told.split(';').map((name) => {
    const columns = name.split('+').map((column) => mean(column.trim(), from, to))
    const total = columns.reduce((sum, column) => sum.map((value, at) => value + (column[at] ?? 0)))
    return { name: name.trim(), values: total }
  })
  return parts.map(({ name, values }) => ({
    name,
    values: values.map((value, at) => (100 * value) / parts.reduce((sum, part) => sum + (part.values[at] ?? 0), 0)),
  }))
}
