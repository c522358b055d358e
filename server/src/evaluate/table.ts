import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { reasonOf } from '../kernel/start-error.ts'
import { EvaluationError } from './evaluation-options.ts'

/** Named columns of equal length. */
export interface Table {
  rows: number
  names: readonly string[]
  has(name: string): boolean
  /** Throws `EvaluationError` when there is no such column, telling those there are. */
  text(name: string): string[]
  /** As `text`; throws `Unanswerable` for a cell that is no number. Empty cells, `NA` and `null` may be taken as NaN. */
  numbers(name: string, empty?: 'refused' | 'NaN'): Float64Array
}

type Cell = string | number | boolean | null | undefined

/** A file's text, unzipped where it is gzip, whatever its name. */
export function readTextFile(path: string): string {
  try {
    const bytes = readFileSync(path)
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    return plain.toString('utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new EvaluationError('cli.import.no_file', { path, reason: reasonOf(error) }, error)
  }
}

/**
 * A table from a file: CSV with a line of names (comma, semicolon or tab), or JSON (a list of objects, one object per line, or one
 * object of lists), each plain or gzip. `names` are given for a file that has none; its columns may then be parted by spaces too.
 */
export function readTable(path: string, names: readonly string[] = []): Table {
  const text = readTextFile(path)
  try {
    const first = text.trimStart()[0]
    const records = first === '{' || first === '[' ? readJson(text) : readCsv(text, names)
    return tableOf(records)
  } catch (error) {
    if (error instanceof EvaluationError) throw error
    throw new EvaluationError('cli.import.no_file', { path, reason: reasonOf(error) }, error)
  }
}

type Columns = Map<string, Cell[]>

function readJson(text: string): Columns {
  const lines = text.trim().split('\n')
  const whole = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  const content: unknown = whole ? lines.map((line) => JSON.parse(line) as unknown) : JSON.parse(text)
  if (Array.isArray(content)) return columnsOfRecords(content as Record<string, Cell>[])
  const lists = Object.entries(content as Record<string, unknown>).filter(([, value]) => Array.isArray(value))
  const [only] = lists
  if (lists.length === 1 && only !== undefined && isObject((only[1] as unknown[])[0])) {
    return columnsOfRecords(only[1] as Record<string, Cell>[])
  }
  return new Map(lists as [string, Cell[]][])
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

function columnsOfRecords(records: readonly Record<string, Cell>[]): Columns {
  const columns: Columns = new Map()
  records.forEach((record, row) => {
    for (const [name, cell] of Object.entries(record)) {
      let column = columns.get(name)
      if (column === undefined) columns.set(name, (column = Array.from({ length: row }, () => null)))
      column[row] = cell
    }
  })
  for (const column of columns.values()) for (let row = 0; row < records.length; row++) column[row] ??= null
  return columns
}

function readCsv(text: string, names: readonly string[]): Columns {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [',', ';', '\t'].find((one) => firstLine.includes(one))
  if (delimiter === undefined && names.length > 0) {
    const rows = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim().split(/\s+/)]))
    return columnsOfRows(names, rows)
  }
  const rows = text.includes('"') ? readQuoted(text, delimiter ?? ',') : readPlain(text, delimiter ?? ',')
  const heading = names.length > 0 ? names : (rows.shift() ?? [])
  return columnsOfRows(heading, rows)
}

/** Without quotes a line is a row: a million of them take a second. */
const readPlain = (text: string, delimiter: string): string[][] =>
  text
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .map((line) => line.split(delimiter).map((cell) => cell.trim()))

const readQuoted = (text: string, delimiter: string): string[][] =>
  parse(text, { delimiter, skip_empty_lines: true, relax_column_count: true, trim: true })

function columnsOfRows(names: readonly string[], rows: readonly string[][]): Columns {
  return new Map(names.map((name, at) => [name, rows.map((row) => row[at])]))
}

function tableOf(columns: Columns): Table {
  const names = [...columns.keys()]
  const rows = Math.max(0, ...[...columns.values()].map((column) => column.length))
  const columnOf = (name: string): Cell[] => {
    const column = columns.get(name)
    if (column === undefined) throw new EvaluationError('cli.evaluate.no_column', { name, names: names.join(', ') })
    return column
  }
  return {
    rows,
    names,
    has: (name) => columns.has(name),
    text: (name) => columnOf(name).map((cell) => (cell == null ? '' : String(cell))),
    numbers: (name, empty = 'refused') =>
      Float64Array.from(columnOf(name), (cell, at) => {
        if (isMissing(cell)) {
          if (empty === 'NaN') return NaN
          throw new Unanswerable('not_a_number', { column: name, row: at + 1 })
        }
        const value = Number(cell)
        if (!Number.isFinite(value)) throw new Unanswerable('not_a_number', { column: name, row: at + 1 })
        return value
      }),
  }
}

const isMissing = (cell: Cell): boolean => cell == null || /^(|NA|NaN|null)$/i.test(String(cell).trim())
