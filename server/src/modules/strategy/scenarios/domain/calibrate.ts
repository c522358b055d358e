import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { CalibratedFigure, ChannelMonth, calibrationNotes } from '@ecluse/contracts/scenarios.ts'
import { seasonalFigures } from '@ecluse/strategy-engine/forecast/seasonality.ts'
import { daysOfMonth, isWhole, meanMonthDays, monthsAfter } from './calendar.ts'

/** Fewer days than this tell nothing of a month. */
export const leastDays = 28
/** Two years, so that each month of the calendar is seen twice, or once on both sides of a whole year. */
const seasonMonths = 24
const noisyMonths = 6

export type CalibrationNote = (typeof calibrationNotes)[number]

export type Calibration = {
  /** What the firm's figures say, each with its source; where they say nothing, what is taken until somebody knows better. */
  figures: CalibratedFigure[]
  notes: CalibrationNote[]
}

/** One whole month of all channels, as if all months were of one length. */
type Whole = { month: string; orders: number }

/** Days that the figures cover. */
export function daysCovered(months: readonly ChannelMonth[]): number {
  return [...new Map(months.map(({ month, days }) => [month, days])).values()].reduce((sum, days) => sum + days, 0)
}

/**
 * Numbers of a model company from the firm's months: level by channel (the last year, or all there is), growth, season, chance, baskets
 * and costs. Channels that sold nothing in that time are left out.
 * @param startsOn the first month of the scenario; levels are carried to it by the growth
 */
export function calibrate(months: readonly ChannelMonth[], startsOn: string): Calibration {
  const whole = wholeMonths(months)
  const recent = lastYear(months)
  const days = daysCovered(recent)
  const growth = growthOf(whole)
  const season = seasonOf(whole)
  const notes: CalibrationNote[] = ['share_unknown', 'price_unknown']
  if (season === null) notes.push('short_season')
  if (growth === null) notes.push('short_growth')
  const sums = sumByChannel(recent).filter(({ orders }) => orders > 0)
  if (sums.length === 1) notes.push('one_channel')
  const carried = (1 + (growth ?? 0)) ** (monthsAhead(recent, startsOn) / 12)
  const span = new Set(recent.map(({ month }) => month)).size
  const read = (figure: string, value: number | null, source: CalibratedFigure['source'], count: number) => ({
    figure,
    value,
    source,
    months: source === 'default' ? 0 : span,
    count: source === 'default' ? 0 : count,
  })
  const allOrders = sums.reduce((sum, { orders }) => sum + orders, 0)
  const revenue = sums.reduce((sum, one) => sum + one.revenue, 0)
  const spread = volatilityOf(whole, growth ?? 0, season)
  return {
    notes,
    figures: [
      read('market.share', 0.3, 'default', 0),
      read('market.answer', 0.3, 'default', 0),
      read('market.answerDelay', 3, 'default', 0),
      read('market.patience', 0.5, 'default', 0),
      read('demand.basket', allOrders === 0 ? 0 : revenue / allOrders, 'orders', allOrders),
      read('demand.growth', growth ?? 0, growth === null ? 'default' : 'orders', allOrders),
      read('demand.volatility', spread ?? 0.1, spread === null ? 'default' : 'orders', allOrders),
      read('demand.priceSensitivity', 2, 'default', 0),
      ...(season ?? []).map((factor, at) => read(`demand.season.${at + 1}`, factor, 'orders', allOrders)),
      ...sums.flatMap((one) => channelFigures(one, days, carried, read)),
    ],
  }
}

type Read = (
  figure: string,
  value: number | null,
  source: CalibratedFigure['source'],
  count: number,
) => CalibratedFigure
type Sums = Omit<ChannelMonth, 'month' | 'days'>

function channelFigures(sums: Sums, days: number, carried: number, read: Read): CalibratedFigure[] {
  const { channel, orders, revenue, goods, handling, commission, fixed, visits, visitOrders } = sums
  const of = (name: string): string => `channel.${channel}.${name}`
  const share = (part: number): number => (revenue > 0 ? Math.max(0, part / revenue) : 0)
  return [
    read(of('orders'), (orders / days) * meanMonthDays * carried, 'orders', orders),
    read(of('basket'), Math.max(0, revenue / orders), 'orders', orders),
    read(of('goods'), share(goods), 'costs', orders),
    read(of('orderCost'), Math.max(0, handling / orders), 'costs', orders),
    read(of('commission'), Math.min(1, share(commission)), 'costs', orders),
    read(of('fixedCost'), Math.max(0, (fixed / days) * meanMonthDays), 'costs', days),
    ...(visits > 0 ? [read(of('conversion'), visitOrders / visits, 'visits', visits)] : []),
    read(of('capacity'), null, 'default', 0),
    read(of('inStock'), 1, 'default', 0),
  ]
}

function wholeMonths(months: readonly ChannelMonth[]): Whole[] {
  const sums = new Map<string, number>()
  for (const { month, days, orders } of months)
    if (days === daysOfMonth(month))
      sums.set(month, (sums.get(month) ?? 0) + (orders / daysOfMonth(month)) * meanMonthDays)
  const known = [...sums].map(([month, orders]) => ({ month, orders })).sort((a, b) => (a.month < b.month ? -1 : 1))
  // A gap would put months of the calendar in wrong places: what is after the last one counts.
  const gap = known.findLastIndex(({ month }, at) => at > 0 && monthsAfter(known[at - 1]!.month, month) !== 1)
  return gap < 0 ? known : known.slice(gap)
}

function lastYear(months: readonly ChannelMonth[]): ChannelMonth[] {
  const last = months.reduce((latest, { month }) => (month > latest ? month : latest), '')
  if (last === '') return []
  const complete = months.some((one) => one.month === last && isWhole(one))
  const from = addMonths(last, complete ? -11 : -12)
  const year = months.filter(({ month }) => month >= from)
  // A month under way would weigh its season twice beside a whole year.
  const without = year.filter(({ month }) => complete || month !== last)
  return new Set(without.map(({ month }) => month)).size >= 12 ? without : year
}

/** From the middle of the months that levels were read from. */
function monthsAhead(recent: readonly ChannelMonth[], startsOn: string): number {
  const names = [...new Set(recent.map(({ month }) => month))].sort()
  return names.length === 0 ? 0 : Math.max(0, monthsAfter(names[0]!, startsOn) - (names.length - 1) / 2)
}

function growthOf(whole: readonly Whole[]): number | null {
  if (whole.length < seasonMonths) return null
  const sum = (of: readonly Whole[]): number => of.reduce((all, { orders }) => all + orders, 0)
  const before = sum(whole.slice(-24, -12))
  // A firm that doubles each year does so for a year, not for ever.
  return before === 0 ? null : Math.max(-0.5, Math.min(1, sum(whole.slice(-12)) / before - 1))
}

/** Twelve factors from January on; null where there is no whole year on both sides of one. */
function seasonOf(whole: readonly Whole[]): number[] | null {
  if (whole.length < seasonMonths) return null
  const values = Float64Array.from(whole, ({ orders }) => orders)
  const factors = seasonalFigures({ values, season: 12 }, 'factor')
  if (factors === null) return null
  const first = Number(whole[0]!.month.slice(5, 7)) - 1
  return Array.from({ length: 12 }, (_, month) => factors[(month - first + 12) % 12]!)
}

/** Standard deviation of what neither growth nor season explains; null where there is too little. */
function volatilityOf(whole: readonly Whole[], growth: number, season: number[] | null): number | null {
  const rests = whole.flatMap(({ month, orders }, at) =>
    orders > 0
      ? [Math.log(orders / (season?.[Number(month.slice(5, 7)) - 1] ?? 1)) - (at / 12) * Math.log1p(growth)]
      : [],
  )
  if (rests.length < noisyMonths) return null
  const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length
  return Math.min(1, Math.sqrt(rests.reduce((sum, rest) => sum + (rest - mean) ** 2, 0) / (rests.length - 1)))
}

function sumByChannel(months: readonly ChannelMonth[]): Sums[] {
  const sums = new Map<string, Sums>()
  for (const { channel, orders, revenue, goods, handling, commission, fixed, visits, visitOrders } of months) {
    const sum = sums.get(channel) ?? {
      channel,
      orders: 0,
      revenue: 0,
      goods: 0,
      handling: 0,
      commission: 0,
      fixed: 0,
      visits: 0,
      visitOrders: 0,
    }
    sums.set(channel, {
      channel,
      orders: sum.orders + orders,
      revenue: sum.revenue + revenue,
      goods: sum.goods + goods,
      handling: sum.handling + handling,
      commission: sum.commission + commission,
      fixed: sum.fixed + fixed,
      visits: sum.visits + visits,
      visitOrders: sum.visitOrders + visitOrders,
    })
  }
  return [...sums.values()].sort((a, b) => b.orders - a.orders || (a.channel < b.channel ? -1 : 1))
}
