import { alwaysValid, noObservations, observe } from '@ecluse/strategy-engine/experiments/always-valid.ts'
import { adjustedEffect } from '@ecluse/strategy-engine/experiments/cuped.ts'
import { qini } from '@ecluse/strategy-engine/experiments/qini.ts'
import {
  designEffect,
  powerOfMeans,
  powerOfShares,
  sizeForMeans,
  sizeForShares,
  type Certainty,
} from '@ecluse/strategy-engine/experiments/sample-size.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { caseOptions, solveCases, type Case } from './cases.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationFigures, EvaluationKind, EvaluationRequest } from './evaluation.ts'

/** `npx ecluse evaluate experiments`: sizes and power, CUPED, Qini, and p-values that may be looked at at any time. */
export const experimentsEvaluation: EvaluationKind = {
  help: 'cli.evaluate.experiments.help',
  options: {
    ...caseOptions,
    outcome: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.experiments.outcome' },
    treated: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.experiments.treated' },
    before: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.experiments.before' },
    score: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.experiments.score' },
    effect: { type: 'string', value: 'N', help: 'cli.evaluate.experiments.effect' },
    level: { type: 'string', value: 'N', help: 'cli.evaluate.experiments.level' },
    runs: { type: 'string', value: 'N', help: 'cli.evaluate.experiments.runs' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    ...tableOptions,
  },
  run: (request) => {
    const model = textOption(request, 'model', '')
    if (model === 'null') return nullRuns(request)
    if (request.files.length > 0 && ['cuped', 'qini', 'sequential'].includes(model)) return ofTable(model, request)
    return solveCases(request, { means: solveMeans, shares: solveShares }, (one) =>
      one.has('difference', 'delta') ? 'means' : one.has('first', 'p1') ? 'shares' : '',
    )
  },
}

const certaintyOf = (one: Case): Certainty => ({
  level: one.numberOr(0.05, 'level', 'sig_level'),
  sides: one.numberOr(2, 'sides') === 1 ? 1 : 2,
})

/** A size per group where power is asked, else a power; times the design effect where clusters are assigned. */
function answer(
  one: Case,
  sizeFor: (power: number) => number,
  powerAt: (size: number) => number,
): Record<string, number> {
  const inflation = one.has('cluster_size')
    ? designEffect(one.number('cluster_size'), one.number('likeness', 'icc'))
    : 1
  const figures: Record<string, number> = inflation === 1 ? {} : { design_effect: inflation }
  if (one.has('n', 'per_group')) return { ...figures, power: powerAt(one.number('n', 'per_group') / inflation) }
  return { ...figures, n_per_group: sizeFor(one.numberOr(0.8, 'power')) * inflation }
}

function solveMeans(one: Case): Record<string, number> {
  const [difference, deviation] = [one.number('difference', 'delta'), one.numberOr(1, 'sd', 'deviation')]
  return answer(
    one,
    (power) => sizeForMeans(difference, deviation, power, certaintyOf(one)),
    (size) => powerOfMeans(size, difference, deviation, certaintyOf(one)),
  )
}

function solveShares(one: Case): Record<string, number> {
  const [first, second] = [one.number('first', 'p1'), one.number('second', 'p2')]
  return answer(
    one,
    (power) => sizeForShares(first, second, power, certaintyOf(one)),
    (size) => powerOfShares(size, first, second, certaintyOf(one)),
  )
}

function ofTable(model: string, request: EvaluationRequest): EvaluationFigures {
  const table = readDefinedTable(request)
  const outcome = table.numbers(textOption(request, 'outcome', 'outcome'))
  const treated = table.numbers(textOption(request, 'treated', 'treated'))
  const n = table.rows
  if (model === 'sequential') return { results: sequential(outcome, treated, request), n }
  if (model === 'qini') {
    const { area, coefficient, gains } = qini(outcome, treated, table.numbers(textOption(request, 'score', 'score')))
    return { results: { qini_area: area, qini_coefficient: coefficient, gain: gains.at(-1) ?? 0 }, n }
  }
  const before = table.numbers(textOption(request, 'before', 'before'))
  const groupOf = (which: boolean) => {
    const kept = (values: Float64Array) => values.filter((_, row) => (treated[row] ?? 0) > 0 === which)
    return { outcome: kept(outcome), before: kept(before) }
  }
  const { plain, adjusted, slope, varianceRatio } = adjustedEffect(groupOf(true), groupOf(false))
  return {
    results: {
      effect: adjusted.effect,
      standard_error: adjusted.standardError,
      plain_effect: plain.effect,
      plain_standard_error: plain.standardError,
      slope,
      variance_ratio: varianceRatio,
    },
    n,
  }
}

const settingsOf = (request: EvaluationRequest) => ({
  expectedEffect: numberOption(request, 'effect', 0.1, Number.MIN_VALUE),
  level: numberOption(request, 'level', 0.05, 1e-12, 0.5),
  fewest: 20,
})

/** Observations in the order of the file, looked at after each. */
function sequential(outcome: Float64Array, treated: Float64Array, request: EvaluationRequest): Record<string, number> {
  const settings = settingsOf(request)
  const groups = { treated: noObservations(), control: noObservations() }
  let pValue = 1
  let stoppedAt = 0
  outcome.forEach((value, row) => {
    observe((treated[row] ?? 0) > 0 ? groups.treated : groups.control, value)
    ;({ pValue } = alwaysValid(groups.treated, groups.control, settings, pValue))
    if (pValue <= settings.level && stoppedAt === 0) stoppedAt = row + 1
  })
  const { effect, low, high } = alwaysValid(groups.treated, groups.control, settings, pValue)
  const interval: Record<string, number> = Number.isFinite(low + high) ? { low, high } : {}
  return { p_value: pValue, effect, ...interval, significant_after: stoppedAt }
}

/** Experiments without an effect, each looked at after every pair: how many report one, which may be no more than the level. */
function nullRuns(request: EvaluationRequest): EvaluationFigures {
  const settings = { ...settingsOf(request), expectedEffect: numberOption(request, 'effect', 0.3, Number.MIN_VALUE) }
  const runs = numberOption(request, 'runs', 10_000, 1, 1e6)
  const random = createRandom(numberOption(request, 'seed', 1))
  let wrong = 0
  for (let run = 0; run < runs; run++) {
    const [treated, control] = [noObservations(), noObservations()]
    let pValue = 1
    for (let pair = 0; pair < 500 && pValue > settings.level; pair++) {
      observe(treated, random.normal())
      observe(control, random.normal())
      ;({ pValue } = alwaysValid(treated, control, settings, pValue))
    }
    wrong += Number(pValue <= settings.level)
  }
  return { results: { false_alarms: wrong / runs, level: settings.level }, n: runs }
}
