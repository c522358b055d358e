import type { MemoComparison, MemoOption } from '@ecluse/contracts/memos.ts'
import type { ChannelMonth } from '@ecluse/contracts/scenarios.ts'
import { isWhole } from '../../scenarios/domain/calendar.ts'

/** What came beside what an option expected, month by month: whole months that both know. */
export function compareMonths({ name, results }: MemoOption, came: readonly ChannelMonth[]): MemoComparison {
  const whole = came.filter(isWhole)
  const known = new Set(whole.map(({ month }) => month))
  const expected = results.months.filter(({ month }) => known.has(month))
  const months = expected.map(({ month, revenue: { low, median, high }, result }) => {
    const rows = whole.filter((row) => row.month === month)
    const revenue = rows.reduce((sum, row) => sum + row.revenue, 0)
    return {
      month,
      revenue,
      low,
      median,
      high,
      inside: revenue >= low && revenue <= high,
      result: rows.reduce((sum, row) => sum + resultOf(row), 0),
      resultMedian: result.median,
    }
  })
  const total = months.reduce((sum, { revenue }) => sum + revenue, 0)
  return {
    optionName: name,
    months,
    inside: months.filter(({ inside }) => inside).length,
    error: total > 0 ? months.reduce((sum, { revenue, median }) => sum + Math.abs(revenue - median), 0) / total : null,
    channels: channelsOf(results, whole, new Set(expected.map(({ month }) => month))),
  }
}

const resultOf = ({ revenue, goods, handling, commission, fixed }: ChannelMonth): number =>
  revenue - goods - handling - commission - fixed

/** By channel the expectation is the mean of the whole time, taken in proportion: only the whole firm is kept month by month. */
function channelsOf(
  results: MemoOption['results'],
  whole: readonly ChannelMonth[],
  months: ReadonlySet<string>,
): MemoComparison['channels'] {
  const all = results.months.reduce((sum, { revenue }) => sum + revenue.median, 0)
  const those = results.months.reduce((sum, { month, revenue }) => sum + (months.has(month) ? revenue.median : 0), 0)
  const part = all > 0 ? those / all : 0
  const names = [
    ...new Set([...results.channels.map(({ channel }) => channel), ...whole.map(({ channel }) => channel)]),
  ]
  return names.map((channel) => ({
    channel,
    revenue: whole.reduce(
      (sum, row) => (row.channel === channel && months.has(row.month) ? sum + row.revenue : sum),
      0,
    ),
    expected: (results.channels.find((one) => one.channel === channel)?.revenue ?? 0) * part,
  }))
}
