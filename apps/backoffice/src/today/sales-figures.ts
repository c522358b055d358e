import type { ChannelMedium } from '@ecluse/contracts/channels.ts'
import type { TodayFigures } from './today-figures.ts'

export type DaySales = { date: string; total: number; orders: number; byMedium: ReadonlyMap<ChannelMedium, number> }
export type SalesByMedium = {
  days: DaySales[]
  media: { medium: ChannelMedium; total: number }[]
  total: number
  orders: number
}

/** A plot bears six colours at most: the media that sell least are left out of it rather than given a seventh. */
const mostMedia = 6

/** Sales of each day by medium (all shops are one), days without sales included, media that sell most first. */
export function salesByMedium(
  perDay: TodayFigures['perDay'],
  mediumOf: (channelCode: string) => ChannelMedium | undefined,
): SalesByMedium {
  const totals = new Map<ChannelMedium, number>()
  const days = new Map<string, { total: number; orders: number; byMedium: Map<ChannelMedium, number> }>()
  for (const { date, channelCode, orders, revenueMinor } of perDay) {
    const day = days.get(date) ?? { total: 0, orders: 0, byMedium: new Map() }
    days.set(date, day)
    day.total += revenueMinor
    day.orders += orders
    const medium = mediumOf(channelCode)
    if (!medium) continue
    day.byMedium.set(medium, (day.byMedium.get(medium) ?? 0) + revenueMinor)
    totals.set(medium, (totals.get(medium) ?? 0) + revenueMinor)
  }
  const media = [...totals]
    .map(([medium, total]) => ({ medium, total }))
    .toSorted((a, b) => b.total - a.total)
    .slice(0, mostMedia)
  const list = datesBetween([...days.keys()].toSorted()).map((date) => ({
    date,
    ...(days.get(date) ?? { total: 0, orders: 0, byMedium: new Map<ChannelMedium, number>() }),
  }))
  return {
    days: list,
    media,
    total: list.reduce((sum, day) => sum + day.total, 0),
    orders: list.reduce((sum, day) => sum + day.orders, 0),
  }
}

/** Every date from the first to the last. */
function datesBetween(dates: readonly string[]): string[] {
  const first = dates[0]
  const last = dates.at(-1)
  if (!first || !last) return []
  const all: string[] = []
  for (let at = Date.parse(`${first}T12:00:00Z`); all.at(-1) !== last && all.length < 400; at += 86_400_000) {
    all.push(new Date(at).toISOString().slice(0, 10))
  }
  return all
}

/** Where an axis ends and its steps: round numbers, four steps at most. */
export function axisFor(most: number): { end: number; ticks: number[] } {
  if (most <= 0) return { end: 1, ticks: [0] }
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? 10 * power
  const count = Math.ceil(most / step)
  return { end: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) }
}
