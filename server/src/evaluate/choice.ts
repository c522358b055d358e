import { layOutChoices, type ChoiceData, type ChoiceRows } from '@ecluse/strategy-engine/choice/choice-data.ts'
import {
  diversionOnRemoval,
  elasticitiesAtMean,
  sharesOf,
  surplusChanges,
} from '@ecluse/strategy-engine/choice/choice-shares.ts'
import { choiceChances, fitLogit } from '@ecluse/strategy-engine/choice/multinomial-logit.ts'
import {
  fitNestedLogit,
  nestedChances,
  nestedDiversion,
  type Nest,
} from '@ecluse/strategy-engine/choice/nested-logit.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { EvaluationError, listOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

/** `npx ecluse evaluate choice FILE`: a multinomial or nested logit on choices, one row per alternative of each. */
export const choiceEvaluation: EvaluationKind = {
  help: 'cli.evaluate.choice.help',
  options: {
    case: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.choice.case' },
    alternative: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.choice.alternative' },
    chosen: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.choice.chosen' },
    generic: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.choice.generic' },
    'per-alternative': { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.choice.per_alternative' },
    chooser: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.choice.chooser' },
    'no-constants': { type: 'boolean', help: 'cli.evaluate.choice.no_constants' },
    reference: { type: 'string', value: 'NAME', help: 'cli.evaluate.choice.reference' },
    only: { type: 'string', value: 'NAMES', help: 'cli.evaluate.choice.only' },
    nests: { type: 'string', value: 'NAME:A,B;…', help: 'cli.evaluate.choice.nests' },
    'one-lambda': { type: 'boolean', help: 'cli.evaluate.choice.one_lambda' },
    change: { type: 'string', value: 'COLUMN@NAME:-20%', help: 'cli.evaluate.choice.change' },
    price: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.choice.price' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const nests = readNests(textOption(request, 'nests', ''))
    const rows = readRows(table, request)
    const names = designNames(rows, request)
    const before = layOutChoices(rows, names.design)
    const changed = changedRows(rows, textOption(request, 'change', ''))
    const after = changed === null ? null : layOutChoices(changed, names.design)
    const results =
      nests === null ? logitFigures(before, after, names, request) : nestedFigures(before, after, nests, request)
    return { results, n: before.chosenRow.length }
  },
}

type Figures = Record<string, number>

const yes = /^(1|1\.0+|true|yes|oui|t|y)$/i

function readRows(table: Table, request: EvaluationRequest): ChoiceRows {
  const caseOf = table.text(textOption(request, 'case', 'case'))
  const alternativeOf = table.text(textOption(request, 'alternative', table.has('alt') ? 'alt' : 'alternative'))
  const chosenText = table.text(textOption(request, 'chosen', table.has('choice') ? 'choice' : 'chosen'))
  // The column says yes or no on each row, or repeats the name of what was chosen.
  const byName = new Set(alternativeOf)
  const chosen = chosenText.map((cell, row) => (byName.has(cell) ? cell === alternativeOf[row] : yes.test(cell)))
  const only = listOption(request, 'only')
  const kept = only.length === 0 ? caseOf.map((_, row) => row) : rowsAmong(only, caseOf, alternativeOf, chosen)
  const wanted = [...designColumns(table, request)]
  return {
    caseOf: kept.map((row) => caseOf[row] ?? ''),
    alternativeOf: kept.map((row) => alternativeOf[row] ?? ''),
    chosen: kept.map((row) => chosen[row] ?? false),
    columns: Object.fromEntries(
      wanted.map((name) => {
        const column = table.numbers(name)
        return [name, Float64Array.from(kept, (row) => column[row] ?? NaN)]
      }),
    ),
  }
}

/** Rows of those alternatives, in choices where all of them were available and one of them was taken. */
function rowsAmong(only: string[], caseOf: string[], alternativeOf: string[], chosen: boolean[]): number[] {
  const available = new Map<string, Set<string>>()
  const taken = new Set<string>()
  caseOf.forEach((name, row) => {
    const alternative = alternativeOf[row] ?? ''
    if (!only.includes(alternative)) return
    const seen = available.get(name) ?? new Set()
    available.set(name, seen.add(alternative))
    if (chosen[row]) taken.add(name)
  })
  return caseOf.flatMap((name, row) => {
    const whole = available.get(name)?.size === only.length && taken.has(name)
    return whole && only.includes(alternativeOf[row] ?? '') ? [row] : []
  })
}

function designColumns(table: Table, request: EvaluationRequest): Set<string> {
  const named = ['generic', 'per-alternative', 'chooser'].flatMap((option) => listOption(request, option))
  for (const name of named) table.numbers(name)
  return new Set(named)
}

function designNames(rows: ChoiceRows, request: EvaluationRequest) {
  const reference = textOption(request, 'reference', rows.alternativeOf[0] ?? '')
  return {
    /** What alternatives have of their own: only of these can one ask what a change does to one of them. */
    attributes: [...listOption(request, 'generic'), ...listOption(request, 'per-alternative')],
    design: {
      generic: listOption(request, 'generic'),
      perAlternative: listOption(request, 'per-alternative'),
      ofChooser: listOption(request, 'chooser'),
      constants: request.options['no-constants'] !== true,
      reference,
    },
  }
}

/** `a:b,c;d:e` as nests. */
function readNests(text: string): Nest[] | null {
  if (text === '') return null
  return text.split(';').map((one) => {
    const [name = '', members = ''] = one.split(':')
    return { name: name.trim(), alternatives: members.split(',').map((member) => member.trim()) }
  })
}

/** The rows after `--change time@train:-20%` (or `:+5`, or `:=30`), or null when nothing is asked. */
function changedRows(rows: ChoiceRows, text: string): ChoiceRows | null {
  if (text === '') return null
  const [, column = '', name = '', sign = '', digits = '', percent = ''] =
    /^(.+)@(.+):([-+=])([\d.]+)(%?)$/.exec(text) ?? []
  const values = rows.columns[column]
  if (values === undefined || !rows.alternativeOf.includes(name)) {
    throw new EvaluationError('cli.import.bad_setting', { setting: 'change' })
  }
  const amount = Number(digits) * (sign === '-' ? -1 : 1)
  const change = (value: number): number =>
    sign === '=' ? amount : percent === '' ? value + amount : value * (1 + amount / 100)
  const changed = values.map((value, row) => (rows.alternativeOf[row] === name ? change(value) : value))
  return { ...rows, columns: { ...rows.columns, [column]: changed } }
}

function logitFigures(
  before: ChoiceData,
  after: ChoiceData | null,
  { attributes }: { attributes: string[] },
  request: EvaluationRequest,
): Figures {
  const fit = fitLogit(before)
  const chances = choiceChances(before, fit.coefficients)
  const { alternatives } = before
  const elasticities = attributes.flatMap((column) => {
    const names = before.names.filter(
      (name) => name === column || alternatives.some((one) => name === `${column}_${one}`),
    )
    const rows = elasticitiesAtMean(before, fit.coefficients, names)
    return matrixFigures(`elasticity.${column}`, alternatives, rows)
  })
  const figures: Figures = {
    ...estimates(fit),
    log_likelihood: fit.logLikelihood,
    log_likelihood_of_shares: fit.logLikelihoodOfShares,
    mcfadden_r2: fit.mcFaddenR2,
    ...shareFigures('share', before, chances),
    ...Object.fromEntries(elasticities),
    ...Object.fromEntries(matrixFigures('diversion', alternatives, diversionOnRemoval(before, chances))),
  }
  if (after === null) return figures
  const price = before.names.indexOf(textOption(request, 'price', before.names.includes('cost') ? 'cost' : 'price'))
  return {
    ...figures,
    ...shareFigures('share_after', after, choiceChances(after, fit.coefficients)),
    ...(price < 0
      ? {}
      : surplusFigures(surplusChanges(before, after, fit.coefficients, fit.coefficients[price] ?? NaN))),
  }
}

function nestedFigures(
  before: ChoiceData,
  after: ChoiceData | null,
  nests: Nest[],
  request: EvaluationRequest,
): Figures {
  const fit = fitNestedLogit(before, nests, { shared: request.options['one-lambda'] === true })
  const diversion = nestedDiversion(before, nests, fit)
  return {
    ...estimates(fit),
    log_likelihood: fit.logLikelihood,
    log_likelihood_of_logit: fit.logit.logLikelihood,
    likelihood_ratio: fit.logit.likelihoodRatio,
    consistent_with_utility: Number(fit.consistent),
    ...shareFigures('share', before, nestedChances(before, nests, fit)),
    ...Object.fromEntries(matrixFigures('diversion', before.alternatives, diversion)),
    ...(after === null ? {} : shareFigures('share_after', after, nestedChances(after, nests, fit))),
  }
}

interface Estimates {
  names: readonly string[]
  coefficients: Float64Array
  standardErrors: Float64Array
}

/** `coefficient.NAME` and `standard_error.NAME` of each estimate. */
function estimates({ names, coefficients, standardErrors }: Estimates): Figures {
  return Object.fromEntries([
    ...names.map((name, k) => [`coefficient.${name}`, coefficients[k]]),
    ...names.map((name, k) => [`standard_error.${name}`, standardErrors[k]]),
  ]) as Figures
}

function shareFigures(prefix: string, data: ChoiceData, chances: Float64Array): Figures {
  const shares = sharesOf(data, chances)
  return Object.fromEntries(data.alternatives.map((name, at) => [`${prefix}.${name}`, shares[at] ?? 0]))
}

const matrixFigures = (prefix: string, names: readonly string[], rows: Float64Array[]): [string, number][] =>
  rows.flatMap((row, from) =>
    Array.from(row, (value, to): [string, number] => [`${prefix}.${names[from]}.${names[to]}`, value]),
  )

function surplusFigures(changes: Float64Array): Figures {
  const sorted = changes.toSorted()
  const middle = (sorted.length - 1) / 2
  return {
    'surplus_change.min': sorted[0] ?? 0,
    'surplus_change.median': ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2,
    'surplus_change.mean': sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    'surplus_change.max': sorted.at(-1) ?? 0,
  }
}
