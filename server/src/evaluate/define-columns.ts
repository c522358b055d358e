import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { EvaluationError, listOption, onlyFile, textOption } from './evaluation-options.ts'
import type { EvaluationOption, EvaluationRequest } from './evaluation.ts'
import { readTable, type Table } from './table.ts'

/** The options of every evaluation that reads a table. */
export const tableOptions = {
  columns: { type: 'string', value: 'NAMES', help: 'cli.evaluate.option.columns' },
  define: { type: 'string', value: 'NAME=SUM;…', help: 'cli.evaluate.option.define' },
} as const satisfies Record<string, EvaluationOption>

/**
 * The only file of a request as a table, with the columns of `--define`: `time=ivt+ovt; units=log(volume)`. A definition has names,
 * numbers, + − * /, brackets and `log`; the columns it may name are those of the file and those defined before it.
 */
export function readDefinedTable(request: EvaluationRequest): Table {
  let table = readTable(onlyFile(request), listOption(request, 'columns'))
  for (const definition of textOption(request, 'define', '').split(';')) {
    if (definition.trim() === '') continue
    const at = definition.indexOf('=')
    const name = definition.slice(0, at).trim()
    if (at < 0 || name === '') throw new EvaluationError('cli.import.bad_setting', { setting: 'define' })
    table = withColumn(table, name, evaluateExpression(table, definition.slice(at + 1)))
  }
  return table
}

function withColumn(table: Table, name: string, values: Float64Array): Table {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new Unanswerable('not_a_number', { column: name, row: bad + 1 })
  return {
    ...table,
    names: [...table.names, name],
    has: (one) => one === name || table.has(one),
    text: (one) => (one === name ? Array.from(values, String) : table.text(one)),
    numbers: (one, empty) => (one === name ? values : table.numbers(one, empty)),
  }
}

type Operation = (a: number, b: number) => number

const operations: Record<string, Operation> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** By recursive descent: sums of products of factors. */
function evaluateExpression(table: Table, text: string): Float64Array {
  const tokens = text.match(/[A-Za-z_][\w.]*|\d+(\.\d+)?(e[+-]?\d+)?|[-+*/()]|\S/gi) ?? []
  let place = 0
  const refuse = (): never => {
    throw new EvaluationError('cli.import.bad_setting', { setting: `define: ${text.trim()}` })
  }
  const constant = (value: number): Float64Array => new Float64Array(table.rows).fill(value)
  const chain = (next: () => Float64Array, signs: readonly string[]): Float64Array => {
    let left = next()
    for (let sign = tokens[place]; sign !== undefined && signs.includes(sign); sign = tokens[place]) {
      place++
      const right = next()
      const apply = operations[sign] ?? refuse()
      left = left.map((value, row) => apply(value, right[row] ?? NaN))
    }
    return left
  }
  const sum = (): Float64Array => chain(product, ['+', '-'])
  const product = (): Float64Array => chain(factor, ['*', '/'])
  const inBrackets = (): Float64Array => {
    const inside = sum()
    return tokens[place++] === ')' ? inside : refuse()
  }
  const factor = (): Float64Array => {
    const token = tokens[place++] ?? refuse()
    if (token === '(') return inBrackets()
    if (token === '-') return factor().map((value) => -value)
    if (/^\d/.test(token)) return constant(Number(token))
    if (token === 'log' && tokens[place] === '(') {
      place++
      return inBrackets().map((value) => Math.log(value))
    }
    return /^[A-Za-z_]/.test(token) ? table.numbers(token) : refuse()
  }
  const result = sum()
  return place === tokens.length ? result : refuse()
}
