import {
  packJourneys,
  type Credit,
  type JourneyRow,
  type Journeys,
} from '@ecluse/strategy-engine/attribution/journeys.ts'
import { markovAttribution } from '@ecluse/strategy-engine/attribution/markov.ts'
import { shapleyAttribution, shapleyRateAttribution } from '@ecluse/strategy-engine/attribution/shapley.ts'
import { creditByRule } from '@ecluse/strategy-engine/attribution/touch-rules.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

/** `npx ecluse evaluate attribution FILE`: which channel is credited with which purchases, by several rules side by side. */
export const attributionEvaluation: EvaluationKind = {
  help: 'cli.evaluate.attribution.help',
  options: {
    path: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.path' },
    separator: { type: 'string', value: 'TEXT', help: 'cli.evaluate.attribution.separator' },
    conversions: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.conversions' },
    losses: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.losses' },
    value: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.value' },
    journey: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.journey' },
    channel: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.channel' },
    time: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.time' },
    converted: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.attribution.converted' },
    'half-life': { type: 'string', value: 'N', help: 'cli.evaluate.attribution.half_life' },
    order: { type: 'string', value: 'N', help: 'cli.evaluate.attribution.order' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const { rows, valued } = table.has(textOption(request, 'path', 'path'))
      ? readPaths(table, request)
      : readTouches(table, request)
    const journeys = packJourneys(rows)
    const n = rows.reduce((sum, { conversions, losses }) => sum + conversions + losses, 0)
    return {
      results: figuresOf(journeys, valued, request),
      n,
    }
  },
}

function figuresOf(journeys: Journeys, valued: boolean, request: EvaluationRequest): Record<string, number> {
  const halfLife = numberOption(request, 'half-life', 7, Number.MIN_VALUE)
  const markov = markovAttribution(journeys, numberOption(request, 'order', 1, 1, 4))
  const credits: Record<string, Credit> = {
    first: creditByRule(journeys, { rule: 'first' }),
    last: creditByRule(journeys, { rule: 'last' }),
    linear: creditByRule(journeys, { rule: 'linear' }),
    time_decay: creditByRule(journeys, { rule: 'time_decay', halfLife }),
    markov: markov.credit,
    shapley: shapleyAttribution(journeys),
    ...(journeys.channels.length <= 16 ? { shapley_rate: shapleyRateAttribution(journeys) } : {}),
  }
  const results: Record<string, number> = { conversion_rate: markov.conversionRate }
  journeys.channels.forEach((channel, at) => {
    results[`removal_effect.${channel}`] = markov.removalEffects[at] ?? 0
    for (const [rule, credit] of Object.entries(credits)) {
      results[`${rule}.${channel}`] = credit.conversions[at] ?? 0
      if (valued) results[`value.${rule}.${channel}`] = credit.values[at] ?? 0
    }
  })
  return results
}

interface ReadJourneys {
  rows: JourneyRow[]
  /** Whether the file says what purchases are worth. */
  valued: boolean
}

const firstThere = (table: Table, asked: string, usual: readonly string[]): string =>
  asked === '' ? (usual.find((name) => table.has(name)) ?? usual[0] ?? '') : asked

/** One row for a journey, or for many alike. Without counts, every row is one purchase. */
function readPaths(table: Table, request: EvaluationRequest): ReadJourneys {
  const paths = table.text(textOption(request, 'path', 'path'))
  const option = (name: string): string => textOption(request, name, '')
  const countsOf = (asked: string, usual: readonly string[], missing: number): Float64Array => {
    const name = firstThere(table, asked, usual)
    return asked !== '' || table.has(name) ? table.numbers(name) : new Float64Array(table.rows).fill(missing)
  }
  const conversions = countsOf(option('conversions'), ['conversions', 'conv', 'total_conversions', 'converted'], 1)
  const losses = countsOf(option('losses'), ['losses', 'null', 'total_null'], NaN)
  const worth = firstThere(table, option('value'), ['value', 'conv_value', 'total_conversion_value'])
  const values = option('value') !== '' || table.has(worth) ? table.numbers(worth) : null
  const separator = textOption(request, 'separator', paths.some((path) => path.includes('>')) ? '>' : ',')
  const rows = new Map<string, JourneyRow & { value: number }>()
  paths.forEach((path, row) => {
    const sold = conversions[row] ?? 0
    const lost = losses[row] ?? NaN
    // A journey without a count of failures failed if it did not sell.
    const failed = Number.isNaN(lost) ? Number(sold === 0) : lost
    const worth = values?.[row] ?? sold
    // Rows with the same path are one: a million journeys take far fewer paths.
    const known = rows.get(path)
    if (known === undefined) {
      rows.set(path, { path: channelsOf(path, separator), conversions: sold, losses: failed, value: worth })
    } else {
      known.conversions += sold
      known.losses += failed
      known.value += worth
    }
  })
  return { rows: [...rows.values()], valued: values !== null }
}

const channelsOf = (path: string, separator: string): string[] =>
  path
    .split(separator)
    .map((channel) => channel.trim())
    .filter((channel) => channel !== '')

const yes = /^(1|1\.0+|true|yes|oui|t|y)$/i

/** One row for a touch; touches of a journey in the order of their times, or of the file. */
function readTouches(table: Table, request: EvaluationRequest): ReadJourneys {
  const names = table.text(textOption(request, 'journey', 'journey'))
  const channels = table.text(textOption(request, 'channel', 'channel'))
  const converted = table.text(textOption(request, 'converted', 'converted'))
  const timeColumn = textOption(request, 'time', 'time')
  const times = table.has(timeColumn) ? table.text(timeColumn).map(timeOf) : null
  const valueColumn = textOption(request, 'value', 'value')
  const values = table.has(valueColumn) ? table.numbers(valueColumn, 'NaN') : null
  const byJourney = new Map<string, number[]>()
  names.forEach((name, row) => {
    const rows = byJourney.get(name)
    if (rows === undefined) byJourney.set(name, [row])
    else rows.push(row)
  })
  const rows = [...byJourney.values()].map((places) => {
    const at = (row: number): number => times?.[row] ?? 0
    if (times !== null) places.sort((a, b) => at(a) - at(b))
    const sold = places.some((row) => yes.test(converted[row] ?? ''))
    const end = at(places.at(-1) ?? 0)
    const worth = values === null ? undefined : places.reduce((sum, row) => sum + (values[row] || 0), 0)
    return {
      path: places.map((row) => channels[row] ?? ''),
      conversions: Number(sold),
      losses: Number(!sold),
      ...(times === null ? {} : { ages: places.map((row) => end - at(row)) }),
      ...(worth === undefined ? {} : { value: sold ? worth : 0 }),
    }
  })
  return { rows, valued: values !== null }
}

/** Days: a number is taken as it is, a date and time from its text. */
function timeOf(text: string, row: number): number {
  const time = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 86_400_000
  if (Number.isNaN(time)) throw new Unanswerable('not_a_number', { column: 'time', row: row + 1 })
  return time
}
