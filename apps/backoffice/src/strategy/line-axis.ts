import { axisFor } from '../today/sales-figures.ts'

/** Where an axis begins and ends, and its steps: round numbers around nought and all values, a few of each sign at most. */
export function lineAxis(values: readonly number[]): { least: number; most: number; ticks: number[] } {
  const most = Math.max(0, ...values)
  const least = Math.min(0, ...values)
  const { ticks } = axisFor(Math.max(most, -least))
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0)
  const first = Math.floor(least / step)
  const last = Math.max(first + 1, Math.ceil(most / step))
  const all = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  return { least: all[0] ?? 0, most: all.at(-1) ?? 1, ticks: all }
}
