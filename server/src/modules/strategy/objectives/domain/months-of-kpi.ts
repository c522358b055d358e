import type { Kpi, KpiValues } from '@ecluse/contracts/insights.ts'
import { addMonths, addsUp, monthsBetween } from '@ecluse/contracts/objectives.ts'

export type MonthValue = { month: string; value: number }

/**
 * The values of a figure, month by month up to the last one that is over: what adds up is nothing in a month without a row, once it
 * has begun; a quotient has no value there, and only the months since its last gap are known.
 */
export function monthsOfKpi(
  rows: readonly { key: string; values: KpiValues }[],
  kpi: Kpi,
  lastMonth: string,
): MonthValue[] {
  const byMonth = new Map(rows.map(({ key, values }) => [key, values[kpi] ?? null]))
  const [first] = [...byMonth.keys()].sort()
  if (first === undefined || first > lastMonth) return []
  const months = Array.from({ length: monthsBetween(first, lastMonth) }, (_, at) => addMonths(first, at))
  const known: MonthValue[] = []
  for (const month of months) {
    const value = byMonth.has(month) ? (byMonth.get(month) ?? null) : addsUp(kpi) ? 0 : null
    if (value === null || !Number.isFinite(value)) known.length = 0
    else if (known.length > 0 || value !== 0) known.push({ month, value })
  }
  return known
}
