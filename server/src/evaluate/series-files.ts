import type { Series } from '@ecluse/strategy-engine/forecast/series.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { z } from 'zod'
import { EvaluationError, numberOption, onlyFile, textOption } from './evaluation-options.ts'
import type { EvaluationOption, EvaluationRequest } from './evaluation.ts'
import { readTable, readTextFile, type Table } from './table.ts'

/** A series to forecast, and what came afterwards where that is known. */
export interface NamedSeries {
  name: string
  /** Of what kind it is, for figures by group; nothing where none is told. */
  group: string
  history: Series
  actual: Float64Array
  horizon: number
}

export const seriesOptions = {
  series: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.forecast.series' },
  time: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.forecast.time' },
  value: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.forecast.value' },
  group: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.forecast.group' },
  season: { type: 'string', value: 'N', help: 'cli.evaluate.forecast.season' },
  horizon: { type: 'string', value: 'N', help: 'cli.evaluate.forecast.horizon' },
  'hold-out': { type: 'string', value: 'N', help: 'cli.evaluate.forecast.hold_out' },
} as const satisfies Record<string, EvaluationOption>

const numbers = z.array(z.number())
const seriesSchema = z.object({
  sn: z.string().optional(),
  name: z.string().optional(),
  period: z.string().optional(),
  group: z.string().optional(),
  freq: z.number().int().positive().optional(),
  season: z.number().int().positive().optional(),
  h: z.number().int().nonnegative().optional(),
  horizon: z.number().int().nonnegative().optional(),
  x: numbers.optional(),
  values: numbers.optional(),
  xx: numbers.optional(),
  actual: numbers.optional(),
})
const fileSchema = z.union([
  z.array(seriesSchema),
  z.object({ series: z.array(seriesSchema) }).transform((one) => one.series),
])

/**
 * Series from JSON (`{"series": [{"name", "season", "horizon", "values", "actual", "group"}]}`, or `sn`, `freq`, `h`, `x`, `xx`, `period`)
 * or from a table with one value to a row. `--hold-out` takes the last values of each as what came.
 */
export function readSeries(request: EvaluationRequest): NamedSeries[] {
  const file = onlyFile(request)
  const start = readTextFile(file).trimStart()
  const found =
    start.startsWith('{') || start.startsWith('[') ? readJson(start, file, request) : readLong(readTable(file), request)
  if (found.length === 0) throw new Unanswerable('empty')
  const held = numberOption(request, 'hold-out', 0, 0)
  return held === 0 ? found : found.map((one) => holdOut(one, held))
}

function holdOut(one: NamedSeries, held: number): NamedSeries {
  const { values, season } = one.history
  if (values.length <= held) throw new Unanswerable('too_few', { what: 'values', have: values.length, need: held + 1 })
  const cut = values.length - held
  return { ...one, history: { values: values.slice(0, cut), season }, actual: values.slice(cut), horizon: held }
}

function readJson(text: string, file: string, request: EvaluationRequest): NamedSeries[] {
  const parsed = fileSchema.safeParse(JSON.parse(text))
  if (!parsed.success)
    throw new EvaluationError('cli.import.no_file', { path: file, reason: z.prettifyError(parsed.error) })
  return parsed.data.map((one, at) => {
    const actual = Float64Array.from(one.xx ?? one.actual ?? [])
    return {
      name: one.sn ?? one.name ?? String(at + 1),
      group: one.period ?? one.group ?? '',
      history: {
        values: Float64Array.from(one.x ?? one.values ?? []),
        season: numberOption(request, 'season', one.freq ?? one.season ?? 1, 1),
      },
      actual,
      horizon: one.h ?? one.horizon ?? (actual.length || numberOption(request, 'horizon', 12, 1)),
    }
  })
}

/** Rows of one series in the order of their times, or of the file. */
function readLong(table: Table, request: EvaluationRequest): NamedSeries[] {
  const column = (option: string, usual: string): string[] | null => {
    const name = textOption(request, option, usual)
    return table.has(name) || request.options[option] !== undefined ? table.text(name) : null
  }
  const names = column('series', 'series')
  const times = column('time', 'time')
  const groups = column('group', 'group')
  const values = table.numbers(textOption(request, 'value', 'value'))
  const rowsOf = new Map<string, number[]>()
  values.forEach((_, row) => {
    const name = names?.[row] ?? ''
    const rows = rowsOf.get(name)
    if (rows === undefined) rowsOf.set(name, [row])
    else rows.push(row)
  })
  const numeric = times?.every((time) => /^-?\d+(\.\d+)?$/.test(time)) ?? false
  const compare = (a: string, b: string): number => (numeric ? Number(a) - Number(b) : a < b ? -1 : Number(a > b))
  return [...rowsOf].map(([name, rows]) => {
    if (times !== null) rows.sort((a, b) => compare(times[a] ?? '', times[b] ?? ''))
    return {
      name,
      group: groups?.[rows[0] ?? 0] ?? '',
      history: {
        values: Float64Array.from(rows, (row) => values[row] ?? NaN),
        season: numberOption(request, 'season', 1, 1),
      },
      actual: new Float64Array(0),
      horizon: numberOption(request, 'horizon', 12, 1),
    }
  })
}
