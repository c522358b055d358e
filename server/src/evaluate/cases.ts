import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { EvaluationError, textOption } from './evaluation-options.ts'
import type { EvaluationFigures, EvaluationOption, EvaluationRequest } from './evaluation.ts'
import { readTable, readTextFile } from './table.ts'

/** One problem to solve, with its terms by name, from a file or from the command line. */
export interface Case {
  /** What its figures begin with; nothing for a single one that has no name. */
  name: string
  /** The first of the names that is there, as a number. */
  number(...names: string[]): number
  numberOr(usual: number, ...names: string[]): number
  /** A list of numbers; in a table its values are parted by spaces, semicolons or bars. */
  list(...names: string[]): number[]
  words(...names: string[]): string[]
  text(usual: string, ...names: string[]): string
  has(...names: string[]): boolean
}

export const caseOptions = {
  model: { type: 'string', value: 'NAME', help: 'cli.evaluate.cases.model' },
  set: { type: 'string', value: 'NAME=VALUE;…', help: 'cli.evaluate.cases.set' },
} as const satisfies Record<string, EvaluationOption>

type Fields = Record<string, unknown>

/**
 * The cases of a request. A table has one to a row; a JSON file has objects, in lists or one in another, each that has a number or a list
 * of its own being a case, named by `name` or by where it is. `--set` adds terms to each, or is a case by itself. The column or key
 * `model`, the name of the list, or `--model` says what to do with it.
 */
export function readCases(request: EvaluationRequest): { case: Case; model: string; certain: boolean }[] {
  const added = readSet(textOption(request, 'set', ''))
  const found = request.files.flatMap((file) => readFile(file))
  if (request.files.length === 0) found.push({ name: '', group: '', fields: {}, certain: true })
  if (found.length === 0) throw new Unanswerable('empty')
  const several = found.length > 1
  return found.map(({ name, group, fields, certain }) => {
    const all = { ...added, ...fields }
    const asked = textOption(request, 'model', '')
    const model = asked === '' ? (wordOf(all['model']) ?? group) : asked
    const stated = asked !== '' || wordOf(all['model']) !== undefined
    return {
      model,
      certain: certain || stated,
      case: caseOf(wordOf(all['name']) ?? wordOf(all['case']) ?? (several ? name : ''), all),
    }
  })
}

/**
 * Solves each case by the model it names; the figures begin with the case's name where there are several. What else a file holds, of
 * which nothing tells what to do with it, is passed over; a file with nothing else is refused.
 */
export function solveCases(
  request: EvaluationRequest,
  models: Readonly<Record<string, (one: Case) => Record<string, number>>>,
  guess: (one: Case) => string = () => '',
): EvaluationFigures {
  const names = Object.keys(models)
  const cases = readCases(request).map(({ model, certain, case: one }) => {
    const known = names.find((name) => model === name || model.startsWith(`${name}_`)) ?? guess(one)
    return { model, one, certain, solve: Object.hasOwn(models, known) ? models[known] : undefined }
  })
  const solved = cases.filter(({ solve }) => solve !== undefined)
  const unsolved = cases.find(({ solve, certain }) => solve === undefined && (certain || solved.length === 0))
  if (unsolved !== undefined) {
    throw new EvaluationError('cli.evaluate.no_model', { name: unsolved.model, names: names.join(', ') })
  }
  const results: Record<string, number> = {}
  for (const { one, solve } of solved) {
    const prefix = one.name === '' || (solved.length === 1 && cases.length > 1) ? '' : `${one.name}.`
    for (const [figure, value] of Object.entries(solve?.(one) ?? {})) results[`${prefix}${figure}`] = value
  }
  return { results, n: solved.length }
}

function readSet(text: string): Fields {
  const fields: Fields = {}
  for (const part of text.split(';')) {
    if (part.trim() === '') continue
    const at = part.indexOf('=')
    if (at < 1) throw new EvaluationError('cli.import.bad_setting', { setting: 'set' })
    fields[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return fields
}

interface Found {
  name: string
  group: string
  fields: Fields
  /** Whether it is meant as a case: a row of a table is, an object somewhere in a file may be something else. */
  certain: boolean
}

function readFile(path: string): Found[] {
  const text = readTextFile(path).trimStart()
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return walk(JSON.parse(text), '', '')
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  const table = readTable(path)
  const columns = table.names.map((name) => [name, table.text(name)] as const)
  return Array.from({ length: table.rows }, (_, row) => {
    const filled = columns.flatMap(([name, cells]) => ((cells[row] ?? '') === '' ? [] : [[name, cells[row]] as const]))
    return { name: String(row + 1), group: '', fields: Object.fromEntries(filled), certain: true }
  })
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTerm = (value: unknown): boolean => typeof value === 'number' || (Array.isArray(value) && !value.some(isRecord))

/** Objects with terms of their own are cases; all are looked into. */
function walk(value: unknown, name: string, group: string): Found[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, at) => walk(one, [name, value.length > 1 ? at + 1 : ''].filter(String).join('.'), group))
  }
  if (!isRecord(value)) return []
  const own = Object.values(value).some(isTerm) ? [{ name, group, fields: value, certain: false }] : []
  const inside = Object.entries(value).flatMap(([key, one]) => walk(one, name === '' ? key : `${name}.${key}`, key))
  return [...own, ...inside]
}

const wordOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

function caseOf(name: string, fields: Fields): Case {
  const keyOf = (names: string[]): string | undefined => names.find((one) => fields[one] != null && fields[one] !== '')
  const valueOf = (names: string[]): unknown => {
    const key = keyOf(names)
    if (key === undefined) {
      const there = Object.keys(fields).join(', ') || '–'
      throw new EvaluationError('cli.evaluate.no_column', { name: names[0] ?? '', names: there })
    }
    return fields[key]
  }
  const numeric = (value: unknown, column: string): number => {
    const parsed = typeof value === 'number' ? value : Number(wordOf(value) ?? NaN)
    if (Number.isNaN(parsed)) throw new Unanswerable('not_a_number', { column, row: 1 })
    return parsed
  }
  const parts = (value: unknown): unknown[] => {
    if (Array.isArray(value)) return value
    // `{"a,b": 10}` as `a+b:10`.
    if (isRecord(value))
      return Object.entries(value).map(([key, inside]) => `${key.replaceAll(',', '+')}:${String(inside)}`)
    return (wordOf(value) ?? '').split(/[\s;|,]+/).filter((part) => part !== '')
  }
  const one: Case = {
    name,
    has: (...names) => keyOf(names) !== undefined,
    number: (...names) => numeric(valueOf(names), names[0] ?? ''),
    numberOr: (usual, ...names) => (keyOf(names) === undefined ? usual : one.number(...names)),
    list: (...names) => parts(valueOf(names)).map((part) => numeric(part, names[0] ?? '')),
    words: (...names) => parts(valueOf(names)).map(String),
    text: (usual, ...names) => (keyOf(names) === undefined ? usual : (wordOf(valueOf(names)) ?? usual)),
  }
  return one
}

/** `prefix.1`, `prefix.2`… for a list of figures. */
export const numbered = (prefix: string, values: ArrayLike<number>): Record<string, number> =>
  Object.fromEntries(Array.from(values, (value, at) => [`${prefix}.${at + 1}`, value]))
