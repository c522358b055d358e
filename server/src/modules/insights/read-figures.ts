import { kpiIds, kpis, type Figures, type FiguresQuery, type FiguresRow } from '@ecluse/contracts/insights.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import { csvLine } from '../../kernel/csv.ts'
import { refuse } from '../../kernel/errors.ts'
import { kpisOf, type Sums } from './domain/kpis.ts'
import { goodsSums, namesOf, salesSums, type GoodsRow, type Whose } from './queries/figures.ts'
import type { Days } from './queries/order-facts.ts'
import { pastWithin } from './queries/past.ts'
import { freshness } from './queries/rollups.ts'

const dayMs = 86_400_000
/** Up to so many days a series is by day; beyond, by month. */
const mostDailyPoints = 92
const mostDays = 3_660
const mostRows = 200

/**
 * Figures of a period beside the period before, of as many days. Who works in some shops sees those.
 * @throws insights.bad_period when it ends before it begins, or is longer than ten years
 */
export async function readFigures(ctx: Ctx, asked: FiguresQuery): Promise<Figures> {
  const { by } = asked
  const period = { from: asked.from, until: asked.until }
  const before = periodBefore(period)
  const whose: Whose = { channel: asked.channel ?? null, siteId: asked.siteId ?? null, maySee: sitesOf(ctx.actor) }
  const apart = by === 'product' || by === 'category' ? null : by
  const groups = (days: Days): Promise<GroupRow[]> =>
    apart ? salesSums(ctx.db, days, apart, whose) : goodsOf(ctx, days, by === 'product' ? by : 'category', whose)
  const [now, then, total, totalBefore, series, fresh, past] = await Promise.all([
    groups(period),
    groups(before),
    salesSums(ctx.db, period, 'all', whose),
    salesSums(ctx.db, before, 'all', whose),
    salesSums(ctx.db, period, daysIn(period) <= mostDailyPoints ? 'day' : 'month', whose),
    freshness(ctx.db),
    pastWithin(ctx.db, { from: before.from, until: period.until }, whose),
  ])
  return {
    period,
    before,
    past,
    by,
    total: { now: kpisOf(total[0] ?? nothing), before: kpisOf(totalBefore[0] ?? nothing) },
    rows: await compared(ctx, by, now, then),
    series: series
      .flatMap(({ key, ...sums }) => (key === null ? [] : [{ key, values: kpisOf(sums) }]))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    fresh: {
      countedAt: fresh.looked_at?.toISOString() ?? null,
      staleDays: fresh.stale_days,
      recountedAt: fresh.recounted_at?.toISOString() ?? null,
      recountedDays: fresh.recounted_days,
      differentDays: fresh.different_days,
    },
  }
}

type GroupRow = { key: string | null } & Sums

/** Rows of now beside those of before, with their names. */
async function compared(
  ctx: Ctx,
  by: Figures['by'],
  now: readonly GroupRow[],
  then: readonly GroupRow[],
): Promise<FiguresRow[]> {
  const before = new Map(then.map((row) => [row.key, row]))
  const seen = new Set(now.map(({ key }) => key))
  const gone = then.filter(({ key }) => !seen.has(key)).map(({ key }) => ({ key, ...zeroLike(by) }))
  const rows = [...now, ...gone].slice(0, mostRows)
  const names = await namesOf(
    ctx.db,
    by,
    rows.flatMap(({ key }) => key ?? []),
    ctx.locale,
  )
  return rows.map((row) => ({
    key: row.key,
    name: row.key === null ? null : (names.get(row.key) ?? row.key),
    now: kpisOf(row),
    before: kpisOf(before.get(row.key) ?? zeroLike(by)),
  }))
}

/** Nothing sold and nobody met. */
const nothing: Sums = {
  visits: null,
  views: null,
  converted: null,
  outreach_minor: null,
  asked: null,
  answered: null,
  answer_seconds: null,
  fixed_minor: null,
  orders: 0,
  cancelled: 0,
  units: 0,
  revenue_minor: 0,
  carriage_minor: 0,
  discount_minor: 0,
  markdown_minor: 0,
  goods_minor: 0,
  assumed_minor: 0,
  payment_minor: 0,
  picking_minor: 0,
  parcel_minor: 0,
  commission_minor: 0,
  contact_minor: 0,
  cost_minor: 0,
  returned_minor: 0,
  goods_back_minor: 0,
  new_customers: 0,
  known_customers: 0,
  promises: 0,
  promises_kept: 0,
  not_found: 0,
  ratings: 0,
  ratings_good: 0,
  customers: null,
  retained: null,
  stock_articles: null,
  stock_missing: null,
}

/** What products do not tell: an order has several, and so have its costs, customers and promises. */
const untoldOfGoods = {
  ...nothing,
  orders: null,
  cancelled: null,
  carriage_minor: null,
  discount_minor: null,
  markdown_minor: null,
  goods_minor: null,
  assumed_minor: null,
  payment_minor: null,
  picking_minor: null,
  parcel_minor: null,
  commission_minor: null,
  contact_minor: null,
  new_customers: null,
  known_customers: null,
  promises: null,
  promises_kept: null,
  not_found: null,
  ratings: null,
  ratings_good: null,
} satisfies Sums

function zeroLike(by: Figures['by']): Sums {
  return by === 'product' || by === 'category' ? untoldOfGoods : nothing
}

async function goodsOf(ctx: Ctx, days: Days, by: 'product' | 'category', whose: Whose): Promise<GroupRow[]> {
  const rows: GoodsRow[] = await goodsSums(ctx.db, days, by, whose)
  return rows.map((row) => ({ ...untoldOfGoods, ...row }))
}

function daysIn({ from, until }: Days): number {
  return (Date.parse(until) - Date.parse(from)) / dayMs + 1
}

function periodBefore(period: Days): Days {
  const count = daysIn(period)
  if (count < 1 || count > mostDays) throw refuse('insights.bad_period')
  const shift = (day: string): string => new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, 10)
  return { from: shift(period.from), until: shift(period.until) }
}

/** Figures as CSV: a row for each group and one for the whole, each figure beside that of the period before. */
export async function exportFigures(ctx: Ctx, asked: FiguresQuery): Promise<string> {
  const { by, rows, total, period, before } = await readFigures(ctx, asked)
  const header = ['from', 'until', 'before_from', 'before_until', by, 'name']
  const days = [period.from, period.until, before.from, before.until]
  const lines = [...rows, { key: 'total', name: null, ...total }].map(({ key, name, now, before: then }) =>
    csvLine([...days, key, name, ...kpiIds.flatMap((id) => [cell(id, now[id]), cell(id, then[id])])]),
  )
  return [csvLine([...header, ...kpiIds.flatMap((id) => [id, `${id}_before`])]), ...lines].join('')
}

/** Amounts in euros; the rest as it is. */
function cell(id: keyof typeof kpis, value: number | null): string | null {
  if (value === null) return null
  return kpis[id] === 'money' ? (value / 100).toFixed(2) : String(Number(value.toPrecision(12)))
}
