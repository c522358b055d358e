import type { AuditReport } from '@ecluse/contracts/audits.ts'
import type { FiguresRow } from '@ecluse/contracts/insights.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import sql from 'sql-template-tag'
import { onReplica, type Ctx } from '../../../kernel/context.ts'
import { listChannels } from '../../channels/public.ts'
import {
  callsAsked,
  dayOf,
  largestPartners,
  readFigures,
  readMonthlyFigures,
  returnReasons,
  soldPrices,
} from '../../insights/public.ts'
import { workOn } from '../computations/compute.ts'
import { hashOf } from '../computations/hash-of.ts'
import { tell } from '../computations/queries/computations.ts'
import { suspectPairs } from './domain/suspects.ts'
import { herfindahl, weaknessesOf } from './domain/weaknesses.ts'
import { audits, keepReport, latestCompetitorPrices } from './queries/audits.ts'

const priceDaysMs = 89 * 86_400_000
const mostPrices = 50
/** So many months are looked at for channels that take from each other. */
const suspectMonths = 36

type Taken = { attempts: number; from_day: string; until_day: string }

/** Makes the report of an audit, telling how far it is; does nothing when somebody else has it, or it is over. */
export function runAudit(ctx: Ctx, id: string): Promise<void> {
  const place = { kept: audits, columns: sql`from_day::text as from_day, until_day::text as until_day` }
  return workOn<Taken>(ctx, id, place, async ({ from_day: from, until_day: until }, us) => {
    const goesOn = (progress: number): Promise<boolean> => tell(ctx.db, audits, us(), progress)
    const report = await makeReport(onReplica(ctx), { from, until }, goesOn)
    if (report === null) return 'cancelled'
    const text = JSON.stringify(report)
    await keepReport(ctx.db, us(), { report: text, hash: hashOf(text) })
    return 'kept'
  })
}

/** One part after the other; null once it is not to go on. */
async function makeReport(
  ctx: Ctx,
  days: Days,
  goesOn: (progress: number) => Promise<boolean>,
): Promise<AuditReport | null> {
  const channels = await readChannels(ctx, days)
  if (!(await goesOn(0.4))) return null
  const suspects = suspectPairs(alignedSeries(channels.history))
  const reasons = await returnReasons(ctx.db, days)
  if (!(await goesOn(0.6))) return null
  const until = new Date(`${days.until}T12:00:00Z`)
  const sold = await soldPrices(ctx.db, { from: dayOf(new Date(until.getTime() - priceDaysMs)), until: days.until })
  const competitors = await latestCompetitorPrices(ctx.db)
  const partners = await readPartners(ctx, days)
  const shops = await readShops(ctx, days)
  if (!(await goesOn(0.9))) return null
  const circuits = sumBy(channels.rows, ({ circuit }) => circuit ?? 'direct')
  const total = circuits.reduce((sum, { sales }) => sum + sales, 0)
  const facts = {
    channels: channels.rows,
    returnReasons: reasons,
    concentration: {
      byChannel: herfindahl(channels.rows.map(({ netRevenue }) => netRevenue)),
      byCircuit: herfindahl(circuits.map(({ sales }) => sales)),
      circuits: circuits.map(({ key, sales }) => ({ circuit: key, share: total > 0 ? sales / total : 0 })),
    },
    partners,
    shops,
    prices: priceGaps(sold),
    suspects,
    competitors: besideOurs(competitors, sold),
  }
  return { ...facts, weaknesses: weaknessesOf(facts), unsaid: unsaidOf(facts, channels.history) }
}

type Days = { from: string; until: string }
type Month = { month: string; channelCode: string | null; values: FiguresRow['now'] }

async function readChannels(ctx: Ctx, days: Days): Promise<{ rows: AuditReport['channels']; history: Month[] }> {
  const lastMonth = addMonths(days.until.slice(0, 7), -1)
  const [figures, calls, channels, history] = await Promise.all([
    readFigures(ctx, { ...days, by: 'channel' }),
    callsAsked(ctx.db, days),
    listChannels(ctx.db),
    // The month that is not over is no fall.
    readMonthlyFigures(ctx, { from: `${addMonths(lastMonth, 1 - suspectMonths)}-01`, until: lastDayOf(lastMonth) }),
  ])
  const total = figures.rows.reduce((sum, { now }) => sum + Math.max(0, now.netRevenue ?? 0), 0)
  const rows = figures.rows.flatMap(({ key, now, before }) => {
    if (key === null) return []
    const netRevenue = now.netRevenue ?? 0
    const call = calls.find(({ channel }) => channel === key)
    return [
      {
        channel: key,
        circuit: channels.find(({ code }) => code === key)?.circuit ?? null,
        netRevenue,
        netRevenueBefore: before.netRevenue ?? 0,
        share: total > 0 ? Math.max(0, netRevenue) / total : 0,
        orders: now.orders ?? 0,
        contribution: now.contribution ?? null,
        visits: now.visits ?? null,
        conversion: now.conversion ?? null,
        conversionBefore: before.conversion ?? null,
        returnRate: now.returnRate ?? null,
        promisesKept: now.promisesKept ?? null,
        satisfaction: now.satisfaction ?? null,
        ratings: now.ratings ?? 0,
        retention: now.retention ?? null,
        retentionBefore: before.retention ?? null,
        asked: call?.asked ?? 0,
        answered: call?.answered ?? 0,
        notFound: now.notFound ?? 0,
        cancelled: now.cancelled ?? 0,
        months: history
          .filter(({ channelCode, month }) => channelCode === key && month > addMonths(lastMonth, -12))
          .map(({ month, values }) => ({ month, netRevenue: values.netRevenue ?? 0 })),
      },
    ]
  })
  return { rows: rows.toSorted((a, b) => b.netRevenue - a.netRevenue), history }
}

async function readPartners(ctx: Ctx, days: Days): Promise<AuditReport['partners']> {
  const rows = await largestPartners(ctx.db, days)
  return rows.map(({ company_id: companyId, amount_minor: amountMinor, ...row }) => ({
    ...row,
    companyId,
    amountMinor,
  }))
}

/** Shops that had shelves, by what these lacked. */
async function readShops(ctx: Ctx, days: Days): Promise<AuditReport['shops']> {
  const { rows } = await readFigures(ctx, { ...days, by: 'site' })
  return rows
    .flatMap(({ key, name, now: { stockOuts } }) =>
      key === null || stockOuts === null || stockOuts === undefined
        ? []
        : [{ siteId: key, name: name ?? key, stockOuts }],
    )
    .sort((a, b) => b.stockOuts - a.stockOuts)
}

function lastDayOf(month: string): string {
  return new Date(Date.parse(`${addMonths(month, 1)}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** Sales of each channel in the same months: those since all that sell had begun. */
function alignedSeries(history: readonly Month[]): { channel: string; values: number[] }[] {
  const byChannel = new Map<string, Map<string, number>>()
  for (const { month, channelCode, values } of history) {
    if (channelCode === null || !values.netRevenue) continue
    const months = byChannel.get(channelCode) ?? new Map<string, number>()
    byChannel.set(channelCode, months.set(month, values.netRevenue))
  }
  const begun = [...byChannel.values()].map((months) => [...months.keys()].sort()[0] ?? '')
  const from = begun.toSorted().at(-1) ?? ''
  const all = [...new Set(history.map(({ month }) => month))].filter((month) => month >= from).sort()
  return [...byChannel].map(([channel, months]) => ({ channel, values: all.map((month) => months.get(month) ?? 0) }))
}

function sumBy(
  rows: AuditReport['channels'],
  keyOf: (row: AuditReport['channels'][number]) => string,
): { key: string; sales: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + Math.max(0, row.netRevenue))
  return [...sums].map(([key, sales]) => ({ key, sales })).sort((a, b) => b.sales - a.sales)
}

type Sold = Awaited<ReturnType<typeof soldPrices>>

/** Articles that two channels sold at prices apart, the widest gap first. */
function priceGaps(sold: Sold): AuditReport['prices'] {
  const bySku = new Map<string, Sold>()
  for (const one of sold) bySku.set(one.sku, [...(bySku.get(one.sku) ?? []), one])
  return [...bySku]
    .flatMap(([sku, of]) => {
      const sorted = of.toSorted((a, b) => a.price_minor - b.price_minor)
      const [low] = sorted
      const high = sorted.at(-1)
      if (!low || !high || low.price_minor <= 0 || high.price_minor === low.price_minor) return []
      const at = (one: Sold[number]) => ({ channel: one.channel, priceMinor: one.price_minor })
      return [{ sku, name: low.name, low: at(low), high: at(high), gap: high.price_minor / low.price_minor - 1 }]
    })
    .sort((a, b) => b.gap - a.gap || (a.sku < b.sku ? -1 : 1))
    .slice(0, mostPrices)
}

/** What competitors ask beside what was paid to us on average, over all channels. */
function besideOurs(
  competitors: Awaited<ReturnType<typeof latestCompetitorPrices>>,
  sold: Sold,
): AuditReport['competitors'] {
  return competitors.map(({ competitor, sku, seen_on: seenOn, price_minor, offer }) => {
    const ours = sold.filter((one) => one.sku === sku)
    const units = ours.reduce((sum, one) => sum + one.units, 0)
    const paid = ours.reduce((sum, one) => sum + one.price_minor * one.units, 0)
    const ourPriceMinor = units > 0 ? Math.round(paid / units) : null
    const priceMinor = Number(price_minor)
    const gap = ourPriceMinor !== null && priceMinor > 0 ? ourPriceMinor / priceMinor - 1 : null
    return { competitor, sku, name: ours[0]?.name ?? null, seenOn, priceMinor, offer, ourPriceMinor, gap }
  })
}

function unsaidOf(
  { channels, competitors }: Pick<AuditReport, 'channels' | 'competitors'>,
  history: readonly Month[],
): AuditReport['unsaid'] {
  return [
    ...(channels.every(({ netRevenue }) => netRevenue === 0) ? (['no_sales'] as const) : []),
    ...(channels.filter(({ netRevenue }) => netRevenue > 0).length === 1 ? (['one_channel'] as const) : []),
    ...(new Set(history.map(({ month }) => month)).size < 13 ? (['short_history'] as const) : []),
    ...(competitors.length === 0 ? (['no_competitors'] as const) : []),
    ...(channels.every(({ visits }) => visits === null) ? (['no_visits'] as const) : []),
  ]
}
