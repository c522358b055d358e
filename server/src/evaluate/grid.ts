import {
  bestMix,
  type MixConstraint,
  type MixQuestion,
  type PricedMix,
} from '@ecluse/strategy-engine/channel-grid/best-mix.ts'
import {
  rankAcceptability,
  scoreChannels,
  turningPoints,
  type Grid,
} from '@ecluse/strategy-engine/channel-grid/score-channels.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { loadSolver } from '../modules/strategy/public.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

type Figures = Record<string, number>

/** `npx ecluse evaluate grid FILE`: channels scored by weighted criteria, and the best mix of them under constraints. */
export const gridEvaluation: EvaluationKind = {
  help: 'cli.evaluate.grid.help',
  options: {
    channel: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.grid.channel' },
    weights: { type: 'string', value: 'COLUMN=N;…', help: 'cli.evaluate.grid.weights' },
    less: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.grid.less' },
    draws: { type: 'string', value: 'N', help: 'cli.evaluate.grid.draws' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    cost: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.grid.cost' },
    value: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.grid.value' },
    budget: { type: 'string', value: 'N', help: 'cli.evaluate.grid.budget' },
    least: { type: 'string', value: 'N', help: 'cli.evaluate.grid.least' },
    most: { type: 'string', value: 'N', help: 'cli.evaluate.grid.most' },
    required: { type: 'string', value: 'CHANNELS', help: 'cli.evaluate.grid.required' },
    excluded: { type: 'string', value: 'CHANNELS', help: 'cli.evaluate.grid.excluded' },
    needs: { type: 'string', value: 'A:B;…', help: 'cli.evaluate.grid.needs' },
    'not-both': { type: 'string', value: 'A:B;…', help: 'cli.evaluate.grid.not_both' },
    overlap: { type: 'string', value: 'A:B=N;…', help: 'cli.evaluate.grid.overlap' },
    reach: { type: 'string', value: 'COLUMN=SHARE;…', help: 'cli.evaluate.grid.reach' },
    ...tableOptions,
  },
  run: async (request) => {
    const table = readDefinedTable(request)
    const names = table.text(textOption(request, 'channel', 'channel'))
    const grid = gridOf(request, table, names)
    const results = { ...scoreFigures(grid), ...acceptabilityFigures(grid, request) }
    const constraints = constraintsOf(request)
    if (constraints.length === 0 && textOption(request, 'overlap', '') === '') return { results, n: names.length }
    const question = questionOf(request, table, names, grid, constraints)
    return { results: { ...results, ...mixFigures(bestMix(question, await loadSolver()), names) }, n: names.length }
  },
}

/** `a=1;b=2`. A right side that is no number is refused by name. */
function pairs(request: EvaluationRequest, option: string): [string, number][] {
  return listed(request, option).map((text) => {
    const at = text.lastIndexOf('=')
    const value = at < 0 ? NaN : Number(text.slice(at + 1))
    if (Number.isNaN(value)) throw new Unanswerable('not_a_number', { column: text, row: 1 })
    return [text.slice(0, at).trim(), value]
  })
}

const listed = (request: EvaluationRequest, option: string): string[] =>
  textOption(request, option, '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')

function twoNames(text: string): [string, string] {
  const [first, second, ...more] = text.split(':').map((one) => one.trim())
  if (first === undefined || second === undefined || more.length > 0) {
    throw new Unanswerable('mismatch', { first: 2 + more.length, second: 2 })
  }
  return [first, second]
}

/** Every criterion named by `--weights`, or every column of numbers that plays no other part, each counting the same. */
function gridOf(request: EvaluationRequest, table: Table, names: readonly string[]): Grid {
  const weights = new Map(pairs(request, 'weights'))
  const less = new Set(listOption(request, 'less'))
  const parts = new Set([
    textOption(request, 'channel', 'channel'),
    textOption(request, 'value', ''),
    ...pairs(request, 'reach').map(([column]) => column),
  ])
  const columns = weights.size > 0 ? [...weights.keys()] : table.names.filter((name) => !parts.has(name))
  const figures = columns.map((column) => table.numbers(column))
  return scoreChannels(
    columns.map((name) => ({ name, weight: weights.get(name) ?? 1, better: less.has(name) ? 'less' : 'more' })),
    names.map((name, row) => ({ name, figures: figures.map((values) => values[row] ?? NaN) })),
  )
}

function scoreFigures(grid: Grid): Figures {
  const turns = turningPoints(grid).flatMap(({ criterion, lower, higher }): [string, number][] => [
    ...(lower === null ? [] : [[`weight_below.${criterion}`, lower.weight] as [string, number]]),
    ...(higher === null ? [] : [[`weight_above.${criterion}`, higher.weight] as [string, number]]),
  ])
  return Object.fromEntries([
    ...grid.criteria.map((name, at) => [`weight.${name}`, grid.weights[at] ?? NaN] as const),
    ...grid.channels.map((name, at) => [`score.${name}`, grid.totals[at] ?? NaN] as const),
    ...grid.ranking.map((row, rank) => [`rank.${grid.channels[row] ?? ''}`, rank + 1] as const),
    ...turns,
  ])
}

function acceptabilityFigures(grid: Grid, request: EvaluationRequest): Figures {
  const draws = numberOption(request, 'draws', 10_000, 1, 1e7)
  const seed = numberOption(request, 'seed', 1)
  const first = (prefix: string, keepOrder: boolean) =>
    rankAcceptability(grid, { draws, seed, keepOrder }).map(({ channel, ranks }) => [
      `${prefix}.${channel}`,
      ranks[0] ?? NaN,
    ])
  return Object.fromEntries([...first('first', false), ...first('first_in_order', true)]) as Figures
}

function constraintsOf(request: EvaluationRequest): MixConstraint[] {
  const has = (name: string) => textOption(request, name, '') !== ''
  const named = (kind: 'required' | 'excluded') =>
    listOption(request, kind).map((channel) => ({ name: `${kind}.${channel}`, kind, channel }))
  const count = (side: 'least' | 'most'): MixConstraint[] =>
    has(side) ? [{ name: side, kind: 'count', [side]: numberOption(request, side, 0, 0) }] : []
  return [
    ...(has('budget')
      ? [{ name: 'budget', kind: 'budget' as const, most: numberOption(request, 'budget', 0, 0) }]
      : []),
    ...count('least'),
    ...count('most'),
    ...named('required'),
    ...named('excluded'),
    ...listed(request, 'needs').map((text): MixConstraint => {
      const [channel, other] = twoNames(text)
      return { name: `needs.${text}`, kind: 'needs', channel, other }
    }),
    ...listed(request, 'not-both').map((text): MixConstraint => ({
      name: `not_both.${text}`,
      kind: 'not_both',
      channels: twoNames(text),
    })),
    ...pairs(request, 'reach').map(([target, least]): MixConstraint => ({
      name: `reach.${target}`,
      kind: 'reach',
      target,
      least,
    })),
  ]
}

function questionOf(
  request: EvaluationRequest,
  table: Table,
  names: readonly string[],
  grid: Grid,
  constraints: MixConstraint[],
): MixQuestion {
  const column = textOption(request, 'value', '')
  const values = column === '' ? grid.totals : table.numbers(column)
  const costs = table.has(textOption(request, 'cost', 'cost'))
    ? table.numbers(textOption(request, 'cost', 'cost'))
    : new Float64Array(names.length)
  const targets = pairs(request, 'reach').map(([target]) => [target, table.numbers(target)] as const)
  return {
    channels: names.map((name, row) => ({
      name,
      levels: [
        {
          name,
          cost: costs[row] ?? NaN,
          value: values[row] ?? NaN,
          reach: Object.fromEntries(targets.map(([target, shares]) => [target, shares[row] ?? NaN])),
        },
      ],
    })),
    overlaps: pairs(request, 'overlap').map(([text, loss]) => ({ between: twoNames(text), loss })),
    constraints,
  }
}

function mixFigures({ chosen, cost, value, reach, prices }: PricedMix, names: readonly string[]): Figures {
  const run = new Set(chosen.map(({ channel }) => channel))
  return Object.fromEntries([
    ['mix.value', value],
    ['mix.cost', cost],
    ...names.map((name) => [`mix.runs.${name}`, run.has(name) ? 1 : 0] as const),
    ...Object.entries(reach).map(([target, share]) => [`mix.reach.${target}`, share] as const),
    ...prices.map(({ constraint, price }) => [`mix.price.${constraint}`, price] as const),
  ])
}
