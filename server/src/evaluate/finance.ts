import {
  datedPresentValue,
  modifiedReturn,
  payback,
  presentValue,
  presentValueExcel,
} from '@ecluse/strategy-engine/finance/present-value.ts'
import { datedReturn, internalReturn, type RateOfReturn } from '@ecluse/strategy-engine/finance/rate-of-return.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { caseOptions, numbered, readCases, type Case } from './cases.ts'
import { textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { readTable, readTextFile } from './table.ts'

/** `npx ecluse evaluate finance FILE`: present values and rates of return of flows of money. */
export const financeEvaluation: EvaluationKind = {
  help: 'cli.evaluate.finance.help',
  options: {
    amount: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.finance.amount' },
    date: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.finance.date' },
    case: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.finance.case' },
    set: caseOptions.set,
  },
  run: (request) => {
    const found = isTableOfFlows(request) ? flowsOfTable(request) : flowsOfCases(request)
    const results: Record<string, number> = {}
    for (const { name, ...flows } of found) {
      for (const [figure, value] of Object.entries(figuresOf(flows))) {
        results[name === '' ? figure : `${figure}.${name}`] = value
      }
    }
    return { results, n: found.length }
  },
}

interface Flows {
  amounts: number[]
  /** Days since 1970. */
  days: number[] | null
  rate: number | null
  financeRate: number | null
  reinvestRate: number | null
}

/** What can be said of these flows with the rates that are given. An IRR that does not exist has `exists` 0 and no figure. */
function figuresOf({ amounts, days, rate, financeRate, reinvestRate }: Flows): Record<string, number> {
  if (days !== null) {
    const dated = amounts.map((amount, at) => ({ amount, day: days[at] ?? NaN }))
    return {
      ...returnFigures('xirr', datedReturn(dated)),
      ...(rate === null ? {} : { xnpv: datedPresentValue(rate, dated) }),
    }
  }
  const back = payback(amounts)
  return {
    ...returnFigures('irr', internalReturn(amounts)),
    ...(rate === null ? {} : { npv: presentValue(rate, amounts), npv_excel: presentValueExcel(rate, amounts) }),
    ...(financeRate === null || reinvestRate === null
      ? {}
      : { mirr: modifiedReturn(amounts, financeRate, reinvestRate) }),
    ...(back === null ? {} : { payback: back }),
  }
}

function returnFigures(name: string, { rate, all }: RateOfReturn): Record<string, number> {
  const several = all.length > 1 ? numbered(`${name}_root`, all) : {}
  return { [`${name}_exists`]: Number(rate !== null), ...(rate === null ? {} : { [name]: rate }), ...several }
}

/** A table has one flow to a row; a file of cases has lists of flows. */
function isTableOfFlows(request: EvaluationRequest): boolean {
  const [file] = request.files
  if (file === undefined) return false
  const start = readTextFile(file).trimStart()
  if (start.startsWith('{') || start.startsWith('[')) return false
  return readTable(file).has(textOption(request, 'amount', 'amount'))
}

function flowsOfTable(request: EvaluationRequest): (Flows & { name: string })[] {
  const table = readTable(request.files[0] ?? '')
  const amounts = table.numbers(textOption(request, 'amount', 'amount'))
  if (amounts.length === 0) throw new Unanswerable('empty')
  const dateColumn = textOption(request, 'date', 'date')
  const dates = table.has(dateColumn) ? table.text(dateColumn) : null
  const caseColumn = textOption(request, 'case', 'case')
  const names = table.has(caseColumn) ? table.text(caseColumn) : null
  const [{ case: settings } = { case: null }] = readCases({ ...request, files: [] })
  const byCase = new Map<string, { amounts: number[]; dates: string[] }>()
  amounts.forEach((amount, row) => {
    const name = names?.[row] ?? ''
    const flows = byCase.get(name) ?? { amounts: [], dates: [] }
    byCase.set(name, flows)
    flows.amounts.push(amount)
    if (dates !== null) flows.dates.push(dates[row] ?? '')
  })
  return [...byCase].map(([name, flows]) => ({
    name,
    amounts: flows.amounts,
    days: dates === null ? null : flows.dates.map(dayOf),
    ...ratesOf(settings),
  }))
}

/** What of a file has flows; a case may ask for one thing only: its flows and the rate it has. */
function flowsOfCases(request: EvaluationRequest): (Flows & { name: string })[] {
  const cases = readCases(request)
  const withFlows = cases.filter(({ case: one }) => one.has('flows', 'cf', 'amounts'))
  return (withFlows.length === 0 ? cases : withFlows).map(({ case: one }) => ({
    name: one.name,
    amounts: one.list('flows', 'cf', 'amounts'),
    days: one.has('dates') ? one.words('dates').map(dayOf) : null,
    ...ratesOf(one),
  }))
}

function ratesOf(one: Case | null): Pick<Flows, 'rate' | 'financeRate' | 'reinvestRate'> {
  const rate = (...names: string[]): number | null => (one?.has(...names) ? one.number(...names) : null)
  return { rate: rate('rate'), financeRate: rate('finance_rate'), reinvestRate: rate('reinvest_rate') }
}

function dayOf(text: string, at: number): number {
  const day = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 86_400_000
  if (Number.isNaN(day)) throw new Unanswerable('not_a_number', { column: 'date', row: at + 1 })
  return day
}
