import { bgNbdActive, bgNbdExpected, fitBgNbd } from '@ecluse/strategy-engine/customer-base/bg-nbd.ts'
import { expectedPurchaseValue, fitGammaGamma } from '@ecluse/strategy-engine/customer-base/gamma-gamma.ts'
import { summarisePurchases, type PurchaseHistory } from '@ecluse/strategy-engine/customer-base/purchase-history.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { EvaluationError, listOption, numberOption, onlyFile, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { dayOf, readHistory } from './purchase-files.ts'
import { readTable, readTextFile, type Table } from './table.ts'

/**
 * `npx ecluse evaluate clv FILE`: fits what customers are worth on a first stretch of time, and looks at what they bought in the
 * second.
 */
export const clvEvaluation: EvaluationKind = {
  help: 'cli.evaluate.clv.help',
  options: {
    columns: { type: 'string', value: 'NAMES', help: 'cli.evaluate.option.columns' },
    id: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.id' },
    date: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.date' },
    amount: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.amount' },
    until: { type: 'string', value: 'DATE', help: 'cli.evaluate.clv.until' },
    unit: { type: 'string', value: 'DAYS', help: 'cli.evaluate.customer_base.unit' },
  },
  run: (request) => {
    const table = readPurchases(request)
    if (table.has('x') || table.has('frequency')) {
      const history = readHistory(table, request)
      return { results: fitted(history).results, n: history.repeats.length }
    }
    return ofTwoStretches(table, request)
  },
}

/** CDNOW's file has no heading: five columns, the customer of the sample in the second, the value in the last. */
function readPurchases(request: EvaluationRequest): Table {
  const file = onlyFile(request)
  const [first = ''] = readTextFile(file).trimStart().split(/\r?\n/, 1)
  const bare = /^\d+\s+\d+\s+\d{8}\s+\d+\s+[\d.]+$/.test(first.trim())
  return readTable(file, listOption(request, 'columns', bare ? ['master', 'id', 'date', 'units', 'amount'] : []))
}

function fitted(history: PurchaseHistory) {
  const fit = fitBgNbd(history)
  const [r = NaN, alpha = NaN, a = NaN, b = NaN] = fit.parameters
  const [rError = NaN, alphaError = NaN, aError = NaN, bError = NaN] = fit.standardErrors
  const results = { r, alpha, a, b, logLikelihood: fit.logLikelihood }
  const errors = { 'error.r': rError, 'error.alpha': alphaError, 'error.a': aError, 'error.b': bError }
  return { model: fit.model, results: { ...results, ...errors, ...valueFigures(history) } }
}

/** Gamma-Gamma, where amounts are known and it has an estimate. */
function valueFigures({ repeats, meanValue }: PurchaseHistory): Record<string, number> {
  if (meanValue === undefined) return {}
  try {
    const { model } = fitGammaGamma(repeats, meanValue)
    return { p: model.p, q: model.q, gamma: model.gamma, ...meanOf(model) }
  } catch (error) {
    if (error instanceof Unanswerable) return {}
    throw error
  }
}

function meanOf(model: Parameters<typeof expectedPurchaseValue>[0]): Record<string, number> {
  return model.q > 1 ? { meanValue: expectedPurchaseValue(model, 0, 0) } : {}
}

/** Customers who came in the first stretch: what the model expects of each in the second, and what each did. */
function ofTwoStretches(table: Table, request: EvaluationRequest) {
  const unit = numberOption(request, 'unit', 7, 1e-9)
  const customers = table.text(textOption(request, 'id', 'id'))
  const days = table.text(textOption(request, 'date', 'date')).map((text, row) => dayOf(text, row))
  const amount = textOption(request, 'amount', 'amount')
  const purchases = { customers, days, ...(table.has(amount) ? { amounts: table.numbers(amount) } : {}) }
  const [start, end] = [
    days.reduce((x, y) => Math.min(x, y), Infinity),
    days.reduce((x, y) => Math.max(x, y), -Infinity),
  ]
  const until = textOption(request, 'until', '')
  // Half of the weeks, in whole weeks: those of CDNOW are 78, of which 39 are fitted.
  const lastDay = until === '' ? start + Math.ceil((end - start + 1) / (2 * 7)) * 7 - 1 : dayOf(until, 0)
  if (lastDay >= end) throw new EvaluationError('cli.import.bad_setting', { setting: 'until' })
  const history = summarisePurchases(purchases, { unit, lastDay })
  const { model, results } = fitted(history)
  const horizon = (end - lastDay) / unit
  const firsts = new Map<string, number>()
  customers.forEach((customer, row) => {
    const day = days[row] ?? Infinity
    firsts.set(customer, Math.min(firsts.get(customer) ?? Infinity, day))
  })
  const later = boughtAfter(customers, days, lastDay)
  // In the order of the histories: who first bought on the last day has none yet.
  const known = [...new Set(customers.filter((_, row) => (days[row] ?? Infinity) <= lastDay))].filter(
    (customer) => (firsts.get(customer) ?? Infinity) < lastDay,
  )
  let [expected, actual, off, active] = [0, 0, 0, 0]
  known.forEach((customer, at) => {
    const one = {
      repeats: history.repeats[at] ?? 0,
      lastAt: history.lastAt[at] ?? 0,
      watchedFor: history.watchedFor[at] ?? 0,
    }
    const [foreseen, bought] = [bgNbdExpected(model, one, horizon), later.get(customer)?.size ?? 0]
    expected += foreseen
    actual += bought
    off += Math.abs(foreseen - bought)
    active += bgNbdActive(model, one)
  })
  request.progress(`${known.length}: ${expected.toFixed(0)} / ${actual}`)
  return {
    results: {
      ...results,
      'holdout.expected': expected,
      'holdout.actual': actual,
      'holdout.error_percent': (expected / actual - 1) * 100,
      'holdout.mean_absolute_error': off / known.length,
      'holdout.weeks': (end - lastDay) / 7,
      active_share: active / known.length,
    },
    n: known.length,
  }
}

/** The days on which each customer bought after a day. */
function boughtAfter(customers: readonly string[], days: readonly number[], after: number): Map<string, Set<number>> {
  const later = new Map<string, Set<number>>()
  customers.forEach((customer, row) => {
    const day = days[row] ?? 0
    if (day > after) later.set(customer, (later.get(customer) ?? new Set()).add(day))
  })
  return later
}
