import type { CircuitsToday } from '@ecluse/contracts/circuits.ts'
import type { ChannelMonth } from '@ecluse/contracts/scenarios.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { listChannels } from '../../channels/public.ts'
import { isWhole } from '../scenarios/domain/calendar.ts'
import { readMonths } from '../scenarios/read-months.ts'

const year = 12

/** What the last whole months say of direct and indirect circuits. */
export async function readCircuitsToday(ctx: Ctx): Promise<CircuitsToday> {
  const [months, channels] = await Promise.all([readMonths(ctx), listChannels(ctx.db)])
  const indirect = new Set(channels.filter(({ circuit }) => circuit !== 'direct').map(({ code }) => code))
  const whole = months.filter(isWhole)
  const names = [...new Set(whole.map(({ month }) => month))].sort()
  const last = new Set(names.slice(-year))
  const before = new Set(names.slice(-2 * year, -year))
  const rows = whole.filter(({ month }) => last.has(month))
  const sales = revenueOf(rows)
  const partners = rows.filter(({ channel }) => indirect.has(channel))
  const earlier = revenueOf(whole.filter(({ month }) => before.has(month)))
  return {
    months: last.size,
    // Less than a year is no year’s sales.
    sales: last.size === year && sales > 0 ? sales : null,
    growth: before.size === year && earlier > 0 ? sales / earlier - 1 : null,
    partnerShare: sales > 0 ? revenueOf(partners) / sales : null,
    partnerMargin: marginOf(partners),
    directMargin: marginOf(rows.filter(({ channel }) => !indirect.has(channel))),
  }
}

const revenueOf = (rows: readonly ChannelMonth[]): number => rows.reduce((sum, { revenue }) => sum + revenue, 0)

/** What is left of a sale after goods and all that serving it costs; null where nothing was sold. */
function marginOf(rows: readonly ChannelMonth[]): number | null {
  const revenue = revenueOf(rows)
  const costs = rows.reduce((sum, { goods, handling, commission }) => sum + goods + handling + commission, 0)
  return revenue > 0 ? (revenue - costs) / revenue : null
}
