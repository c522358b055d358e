import type { Cohorts, CohortsQuery, Paths, PathsQuery } from '@ecluse/contracts/insights-paths.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import { csvLine } from '../../kernel/csv.ts'
import { refuse } from '../../kernel/errors.ts'
import type { Days } from './queries/order-facts.ts'
import { selectHandovers } from './queries/handovers.ts'
import { pathsAt, selectCohorts, selectFunnel, selectPassages } from './queries/paths.ts'

/**
 * How customers went from channel to channel, and where they were lost, in the whole months a period touches.
 * @throws insights.bad_period, and access.wrong_site to who works in some shops only: people belong to no shop
 */
export async function readPaths(ctx: Ctx, asked: PathsQuery): Promise<Paths> {
  const days = checked(ctx, asked)
  const [passages, handovers, funnel, countedAt] = await Promise.all([
    selectPassages(ctx.db, days),
    selectHandovers(ctx.db, days),
    selectFunnel(ctx.db, days),
    pathsAt(ctx.db),
  ])
  return {
    from: asked.from.slice(0, 7),
    until: asked.until.slice(0, 7),
    passages: passages.map(({ from_code: from, to_code: to, ...counts }) => ({ from, to, ...counts })),
    handovers,
    funnel: funnel.map(({ channel_code: channelCode, cart_orders: cartOrders, ...counts }) => ({
      channelCode,
      ...counts,
      cartOrders,
    })),
    countedAt: countedAt?.toISOString() ?? null,
  }
}

/**
 * Customers by the month of their first order, of those whose first order lies in a period: how many ordered in each month since.
 * @throws as readPaths
 */
export async function readCohorts(ctx: Ctx, asked: CohortsQuery): Promise<Cohorts> {
  const rows = await selectCohorts(ctx.db, checked(ctx, asked), asked.channel ?? null)
  const cohorts = new Map<string, Cohorts['cohorts'][number]>()
  for (const { cohort, month, customers, orders, value_minor: valueMinor } of rows) {
    let one = cohorts.get(cohort)
    // Whoever is in a cohort ordered in its first month.
    if (!one) cohorts.set(cohort, (one = { month: cohort, customers, months: [] }))
    one.months.push({ after: monthsFrom(cohort, month), customers, orders, valueMinor })
  }
  return { cohorts: [...cohorts.values()], countedAt: (await pathsAt(ctx.db))?.toISOString() ?? null }
}

function monthsFrom(from: string, to: string): number {
  const count = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return count(to) - count(from)
}

function checked(ctx: Ctx, days: Days): Days {
  if (sitesOf(ctx.actor) !== null) throw refuse('access.wrong_site')
  if (days.until < days.from) throw refuse('insights.bad_period')
  return days
}

/** Passages between channels as CSV. */
export async function exportPassages(ctx: Ctx, asked: PathsQuery): Promise<string> {
  const { passages, from, until } = await readPaths(ctx, asked)
  const rows = passages.map((one) =>
    csvLine([from, until, one.from, one.to, one.passages, one.orders, one.carried].map(String)),
  )
  return [
    csvLine(['from_month', 'until_month', 'from_channel', 'to_channel', 'passages', 'orders', 'carried']),
    ...rows,
  ].join('')
}

/** Where what was ordered went to its customer as CSV. */
export async function exportHandovers(ctx: Ctx, asked: PathsQuery): Promise<string> {
  const { handovers, from, until } = await readPaths(ctx, asked)
  const rows = handovers.map(({ channelCode, carriedOut, fetched, broughtHome, downloaded }) =>
    csvLine([from, until, channelCode, ...[carriedOut, fetched, broughtHome, downloaded].map(String)]),
  )
  const header = ['from_month', 'until_month', 'channel', 'carried_out', 'fetched', 'brought_home', 'downloaded']
  return [csvLine(header), ...rows].join('')
}

const steps = ['visitors', 'viewers', 'buyers', 'carts', 'cartOrders', 'placed', 'paid', 'delivered'] as const

/** Where people were lost as CSV. */
export async function exportFunnel(ctx: Ctx, asked: PathsQuery): Promise<string> {
  const { funnel, from, until } = await readPaths(ctx, asked)
  const rows = funnel.map((one) => csvLine([from, until, one.channelCode, ...steps.map((step) => String(one[step]))]))
  return [csvLine(['from_month', 'until_month', 'channel', ...steps]), ...rows].join('')
}

/** Cohorts as CSV: a row for each month of each; amounts in euros. */
export async function exportCohorts(ctx: Ctx, asked: CohortsQuery): Promise<string> {
  const { cohorts } = await readCohorts(ctx, asked)
  const rows = cohorts.flatMap(({ month, customers, months }) =>
    months.map((one) =>
      csvLine([month, customers, one.after, one.customers, one.orders, (one.valueMinor / 100).toFixed(2)].map(String)),
    ),
  )
  return [csvLine(['cohort', 'customers', 'months_after', 'customers_who_ordered', 'orders', 'value']), ...rows].join(
    '',
  )
}
