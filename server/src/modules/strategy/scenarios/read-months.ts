import type { KpiValues } from '@ecluse/contracts/insights.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ChannelMonth } from '@ecluse/contracts/scenarios.ts'
import { onReplica, type Ctx } from '../../../kernel/context.ts'
import { dayOf, readFigures, readMonthlyFigures } from '../../insights/public.ts'
import { daysOfMonth } from './domain/calendar.ts'

/** Five years and the month under way: what is older tells little of tomorrow. */
const mostMonths = 61
const dayMs = 86_400_000

/** The firm's months by channel up to yesterday, in euros, from the first day that has a sale; those of channels that sold anything. */
export async function readMonths(ctx: Ctx): Promise<ChannelMonth[]> {
  const until = dayOf(new Date(ctx.clock.now().getTime() - dayMs))
  const rows = await readMonthlyFigures(onReplica(ctx), {
    from: `${addMonths(until.slice(0, 7), 1 - mostMonths)}-01`,
    until,
  })
  const sold = rows.flatMap(({ channelCode, values }) => (channelCode !== null && values.orders ? [channelCode] : []))
  const channels = [...new Set(sold)].sort()
  const first = rows.find(({ values }) => (values.orders ?? 0) > 0)?.month
  if (first === undefined) return []
  const firstDay = await firstSale(ctx, first, until)
  const byKey = new Map(rows.map(({ month, channelCode, values }) => [`${month} ${channelCode}`, values]))
  const months: ChannelMonth[] = []
  for (let month = first; month <= until.slice(0, 7); month = addMonths(month, 1)) {
    const begins = month === first ? Number(firstDay.slice(8)) : 1
    const ends = month === until.slice(0, 7) ? Number(until.slice(8)) : daysOfMonth(month)
    const days = Math.max(1, ends - begins + 1)
    for (const channel of channels)
      months.push({ month, channel, days, ...sumsOf(byKey.get(`${month} ${channel}`), days / ends) })
  }
  return months
}

/** The first day of a month that has an order. */
async function firstSale(ctx: Ctx, month: string, until: string): Promise<string> {
  const from = `${month}-01`
  const end = `${month}-${daysOfMonth(month)}`
  const { series } = await readFigures(onReplica(ctx), { from, until: end < until ? end : until, by: 'channel' })
  return series.find(({ values }) => (values.orders ?? 0) > 0)?.key ?? from
}

/** @param sold the part of the month since the first sale: fixed costs of before are no cost of what was sold */
function sumsOf(values: KpiValues | undefined, sold: number): Omit<ChannelMonth, 'month' | 'channel' | 'days'> {
  const euros = (minor: number | null | undefined): number => (minor ?? 0) / 100
  const handling = euros(values?.payment) + euros(values?.picking) + euros(values?.parcel) + euros(values?.contacts)
  const commission = euros(values?.commission)
  return {
    orders: values?.orders ?? 0,
    revenue: euros(values?.netRevenue),
    // Goods that came back are taken off: what is left of all costs of orders.
    goods: euros(values?.costToServe) - handling - commission,
    handling,
    commission,
    fixed: euros(values?.fixed) * sold,
    visits: values?.visits ?? 0,
    visitOrders: (values?.conversion ?? 0) * (values?.visits ?? 0),
  }
}
