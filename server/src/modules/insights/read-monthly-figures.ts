import type { KpiValues } from '@ecluse/contracts/insights.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { kpisOf } from './domain/kpis.ts'
import { salesSums } from './queries/figures.ts'
import type { Days } from './queries/order-facts.ts'

/** What one channel did in one month. */
type MonthOfChannel = {
  /** As `2026-03`. */
  readonly month: string
  /** Null for what the log tells without naming a channel. */
  readonly channelCode: string | null
  /**
   * Every figure of the desk, defined in the guide: `orders`, `netRevenue`, `margin` (after cost to serve), `fixed`,
   * `contribution`, `visits`, `conversion`, `newCustomers`, `returnRate`, `promisesKept`…; money in minor units without VAT,
   * shares between 0 and 1; null where it has no meaning, as a basket without orders.
   */
  readonly values: KpiValues
}

/**
 * The figures of each channel in each month of a period, in the order of months and channels; a month without anything of a channel
 * has no row. A period that begins or ends within a month counts the days of it. Who works in some shops sees these.
 * @throws insights.bad_period when it ends before it begins
 */
export async function readMonthlyFigures(
  ctx: Ctx,
  days: Days,
  { channel = null }: { channel?: string | null } = {},
): Promise<MonthOfChannel[]> {
  if (days.until < days.from) throw refuse('insights.bad_period')
  const whose = { channel, siteId: null, maySee: sitesOf(ctx.actor) }
  const rows = await salesSums(ctx.db, days, 'channel_month', whose)
  return rows
    .map(({ key, ...sums }) => {
      const [month = '', channelCode = ''] = (key ?? '').split(' ')
      return { month, channelCode: channelCode === '' ? null : channelCode, values: kpisOf(sums) }
    })
    .sort((a, b) => (a.month === b.month ? compare(a.channelCode, b.channelCode) : compare(a.month, b.month)))
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1
}
