import { summarisePurchases, type PurchaseHistory } from '@ecluse/strategy-engine/customer-base/purchase-history.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationRequest } from './evaluation.ts'
import type { Table } from './table.ts'

/** What each customer did, from a table of purchases or from one that sums them up. */
export function readHistory(table: Table, request: EvaluationRequest): PurchaseHistory {
  const unit = numberOption(request, 'unit', 7, 1e-9)
  const repeats = textOption(request, 'repeats', table.has('frequency') ? 'frequency' : 'x')
  if (table.has(repeats)) {
    const value = textOption(request, 'value', table.has('monetary_value') ? 'monetary_value' : 'zbar')
    return {
      repeats: table.numbers(repeats),
      lastAt: wholeDays(table.numbers(textOption(request, 'last', table.has('recency') ? 'recency' : 't_x')), unit),
      watchedFor: wholeDays(table.numbers(textOption(request, 'watched', 'T')), unit),
      ...(table.has(value) ? { meanValue: table.numbers(value) } : {}),
    }
  }
  const amount = textOption(request, 'amount', 'amount')
  const until = textOption(request, 'until', '')
  return summarisePurchases(
    {
      customers: table.text(textOption(request, 'id', 'id')),
      days: table.text(textOption(request, 'date', 'date')).map((text, row) => dayOf(text, row)),
      ...(table.has(amount) ? { amounts: table.numbers(amount) } : {}),
    },
    { unit, ...(until === '' ? {} : { lastDay: dayOf(until, 0) }) },
  )
}

/**
 * Times that were days divided by the unit and then cut to two decimals are put back on their days: 30.43 weeks are 213 days. Others
 * are left alone; so are whole numbers.
 */
function wholeDays(times: Float64Array, unit: number): Float64Array {
  const onDays = times.every((time) => Math.abs(time * unit - Math.round(time * unit)) <= 0.00501 * unit)
  const cut = times.every((time) => Math.abs(time * 100 - Math.round(time * 100)) < 1e-6)
  const whole = times.every(Number.isInteger)
  return onDays && cut && !whole && unit > 1 ? times.map((time) => Math.round(time * unit) / unit) : times
}

/** Days since 1970 of `2026-11-22`, `20261122`, a date with a time, or a plain count of days. */
export function dayOf(text: string, row: number): number {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  const moment =
    compact === null ? Date.parse(text) : Date.UTC(Number(compact[1]), Number(compact[2]) - 1, Number(compact[3]))
  const day = /^-?\d+(\.\d+)?$/.test(text) && compact === null ? Number(text) : Math.floor(moment / 86_400_000)
  if (!Number.isFinite(day)) throw new Unanswerable('not_a_number', { column: 'date', row: row + 1 })
  return day
}
