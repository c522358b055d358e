import sql, { type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { Sums } from '../domain/kpis.ts'
import type { Days } from './order-facts.ts'

/** Whose figures: of a channel, of a shop, and of the shops somebody may see (null: all). */
export type Whose = {
  readonly channel: string | null
  readonly siteId: string | null
  readonly maySee: readonly string[] | null
}

export type SumsRow = { key: string | null } & Sums

/** By what sums are kept apart; `all` is one row. */
export type Apart = 'all' | 'channel' | 'site' | 'segment' | 'day' | 'month' | 'channel_month'

/**
 * Sums of what was sold over days, and of what else tells where it can be told apart so: visits belong to no shop and to no segment,
 * a shelf to no channel, and who came back is told of channels and of whole months. Read from the rollups only.
 */
export function salesSums(db: Queryable, { from, until }: Days, by: Apart, whose: Whose): Promise<SumsRow[]> {
  const { channel, siteId, maySee } = whose
  const ofShops = by === 'site' || siteId !== null || maySee !== null
  const untold = ofShops || by === 'segment'
  const sold =
    by === 'segment'
      ? sql`select *, segment_id::text as segment from insights.segment_day`
      : sql`select *, null as segment from insights.sales_day`
  return query(
    db,
    sql`with sold as (
          select case ${by}::text when 'channel' then channel_code when 'site' then nullif(site_id::text, '00000000-0000-0000-0000-000000000000') when 'day' then day::text
              when 'month' then left(day::text, 7) when 'channel_month' then left(day::text, 7) || ' ' || channel_code else segment end as key,
            sum(orders)::float8 as orders, sum(cancelled)::float8 as cancelled, sum(units)::float8 as units,
            sum(revenue_minor)::float8 as revenue_minor, sum(carriage_minor)::float8 as carriage_minor,
            sum(discount_minor)::float8 as discount_minor, sum(markdown_minor)::float8 as markdown_minor, sum(goods_minor)::float8 as goods_minor,
            sum(assumed_minor)::float8 as assumed_minor, sum(payment_minor)::float8 as payment_minor,
            sum(picking_minor)::float8 as picking_minor, sum(parcel_minor)::float8 as parcel_minor,
            sum(commission_minor)::float8 as commission_minor, sum(contact_minor)::float8 as contact_minor,
            sum(goods_minor + payment_minor + picking_minor + parcel_minor + commission_minor + contact_minor)::float8 as cost_minor,
            sum(returned_minor)::float8 as returned_minor, sum(goods_back_minor)::float8 as goods_back_minor,
            sum(new_customers)::float8 as new_customers, sum(known_customers)::float8 as known_customers,
            sum(promises)::float8 as promises, sum(promises_kept)::float8 as promises_kept, sum(not_found)::float8 as not_found,
            sum(ratings)::float8 as ratings, sum(ratings_good)::float8 as ratings_good
          from (${sold}) sold
          where day between ${from}::date and ${until}::date and (${channel}::text is null or channel_code = ${channel})
            and (${siteId}::uuid is null or site_id = ${siteId}) and (${maySee}::uuid[] is null or site_id = any(${maySee}::uuid[]))
          group by 1),
        met as (
          select case ${by}::text when 'channel' then nullif(channel_code, '') when 'day' then day::text when 'month' then left(day::text, 7)
              when 'channel_month' then left(day::text, 7) || ' ' || channel_code end as key,
            sum(visits)::float8 as visits, sum(converted)::float8 as converted, sum(outreach_micro)::float8 / 10000 as outreach_minor, sum(views)::float8 as views, sum(asked)::float8 as asked, sum(answered)::float8 as answered,
            sum(answer_seconds)::float8 as answer_seconds
          from insights.contact_day
          where not ${untold}::boolean and day between ${from}::date and ${until}::date
            and (${channel}::text is null or channel_code = ${channel})
          group by 1),
        fixed as (
          select case ${by}::text when 'channel' then c.code when 'day' then d::date::text when 'month' then left(d::date::text, 7)
              when 'channel_month' then left(d::date::text, 7) || ' ' || c.code end as key,
            round(sum(k.fixed_per_month_minor / extract(day from date_trunc('month', d) + interval '1 month - 1 day')))::float8 as fixed_minor
          from channels.channel c
          cross join generate_series(${from}::date, ${until}::date, interval '1 day') d
          join lateral (select m.fixed_per_month_minor from channels.channel_cost m
            where m.channel_id = c.id and m.valid_from <= d order by m.valid_from desc limit 1) k on k.fixed_per_month_minor > 0
          where not ${untold}::boolean and c.active and (${channel}::text is null or c.code = ${channel})
          group by 1),
        kept as (${returned({ from, until }, by, channel)} and not ${untold}::boolean),
        shelf as (${shelves({ from, until }, by, whose)}),
        keys as (select key from sold union select key from met union select key from fixed
          union select key from kept where ${by}::text = 'all' union select key from shelf where ${by}::text in ('all', 'site'))
        select k.key, t.customers::float8 as customers, t.retained::float8 as retained, h.articles::float8 as stock_articles, h.missing::float8 as stock_missing, m.visits, m.views, m.converted, m.outreach_minor, m.asked, m.answered, m.answer_seconds, f.fixed_minor, coalesce(s.orders, 0) as orders,
          coalesce(s.cancelled, 0) as cancelled, coalesce(s.units, 0) as units, coalesce(s.revenue_minor, 0) as revenue_minor,
          coalesce(s.carriage_minor, 0) as carriage_minor, coalesce(s.discount_minor, 0) as discount_minor,
          coalesce(s.markdown_minor, 0) as markdown_minor, coalesce(s.goods_minor, 0) as goods_minor, coalesce(s.assumed_minor, 0) as assumed_minor,
          coalesce(s.payment_minor, 0) as payment_minor, coalesce(s.picking_minor, 0) as picking_minor,
          coalesce(s.parcel_minor, 0) as parcel_minor, coalesce(s.commission_minor, 0) as commission_minor,
          coalesce(s.contact_minor, 0) as contact_minor, coalesce(s.cost_minor, 0) as cost_minor,
          coalesce(s.returned_minor, 0) as returned_minor, coalesce(s.goods_back_minor, 0) as goods_back_minor,
          coalesce(s.new_customers, 0) as new_customers, coalesce(s.known_customers, 0) as known_customers,
          coalesce(s.promises, 0) as promises, coalesce(s.promises_kept, 0) as promises_kept, coalesce(s.not_found, 0) as not_found,
          coalesce(s.ratings, 0) as ratings, coalesce(s.ratings_good, 0) as ratings_good
        from keys k left join sold s on s.key is not distinct from k.key left join met m on m.key is not distinct from k.key
        left join fixed f on f.key is not distinct from k.key
        left join kept t on t.key is not distinct from k.key left join shelf h on h.key is not distinct from k.key
        order by revenue_minor desc, k.key`,
  )
}

/** Who came back, at the end of the last whole month of a period, or of each whole month. */
function returned({ from, until }: Days, by: Apart, channel: string | null): Sql {
  const monthly = by === 'month' || by === 'channel_month'
  const last = sql`date_trunc('month', ${until}::date + 1) - interval '1 month'`
  return sql`select case ${by}::text when 'channel' then channel_code when 'month' then left(month::text, 7)
        when 'channel_month' then left(month::text, 7) || ' ' || channel_code end as key, customers, retained
      from insights.retention_month
      where month <= ${last} and (month = ${last} or (${monthly}::boolean and month >= date_trunc('month', ${from}::date)))
        and ${by}::text in ('all', 'channel', 'month', 'channel_month')
        and case when ${channel}::text is not null then channel_code = ${channel}
          when ${by}::text in ('channel', 'channel_month') then channel_code <> '' else channel_code = '' end`
}

/** What shelves lacked at the end of days: of shops and of all, for a shelf sells in several channels. */
function shelves({ from, until }: Days, by: Apart, { channel, siteId, maySee }: Whose): Sql {
  return sql`select case ${by}::text when 'site' then site_id::text when 'day' then day::text when 'month' then left(day::text, 7) end as key,
        sum(articles) as articles, sum(missing) as missing
      from insights.stock_day
      where ${by}::text in ('all', 'site', 'day', 'month') and ${channel}::text is null and day between ${from}::date and ${until}::date
        and (${siteId}::uuid is null or site_id = ${siteId}) and (${maySee}::uuid[] is null or site_id = any(${maySee}::uuid[]))
      group by 1`
}

export type GoodsRow = Pick<Sums, 'units' | 'revenue_minor' | 'cost_minor' | 'returned_minor' | 'goods_back_minor'> & {
  key: string | null
}

/** Whole months of a period, as the first day of the first and the first after the last; the same day twice where there is none. */
function wholeMonths({ from, until }: Days): { first: string; end: string } {
  const first = from.endsWith('-01') ? from : monthAfter(from)
  const next = new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const end = `${next.slice(0, 7)}-01`
  return first < end ? { first, end } : { first: from, end: from }
}

function monthAfter(day: string): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + 1)
  return date.toISOString().slice(0, 10)
}

/**
 * Sums of products, or of the first category each is in, over days: from months, and from days where a period begins or ends within one.
 * Each part is a range an index serves, whatever the plan knows of the days. Sums of cents are exact as `float8` up to 2⁵³, and as
 * `numeric` they would take most of the time.
 */
export function goodsSums(
  db: Queryable,
  days: Days,
  by: 'product' | 'category',
  { channel, siteId, maySee }: Whose,
): Promise<GoodsRow[]> {
  const { first, end } = wholeMonths(days)
  const sums = sql`product_id, units, revenue_minor, cost_minor, returned_minor, goods_back_minor`
  const theirs = sql`(${channel}::text is null or channel_code = ${channel})
    and (${siteId}::uuid is null or site_id = ${siteId}) and (${maySee}::uuid[] is null or site_id = any(${maySee}::uuid[]))`
  return query(
    db,
    sql`with each as (
          select ${sums} from insights.product_month where month >= ${first}::date and month < ${end}::date and ${theirs}
          union all
          select ${sums} from insights.product_day where day >= ${days.from}::date and day < ${first}::date and ${theirs}
          union all
          select ${sums} from insights.product_day where day >= ${end}::date and day <= ${days.until}::date and ${theirs}),
        product as (
          select product_id, sum(units::float8) as units, sum(revenue_minor::float8) as revenue_minor, sum(cost_minor::float8) as cost_minor,
            sum(returned_minor::float8) as returned_minor, sum(goods_back_minor::float8) as goods_back_minor from each group by product_id)
        select case when ${by}::text = 'product' then p.product_id::text else c.category_id::text end as key,
          sum(p.units) as units, sum(p.revenue_minor) as revenue_minor, sum(p.cost_minor) as cost_minor,
          sum(p.returned_minor) as returned_minor, sum(p.goods_back_minor) as goods_back_minor
        from product p
        left join lateral (select g.category_id from catalog.product_category g
          where ${by}::text = 'category' and g.product_id = p.product_id order by g.position, g.category_id limit 1) c on true
        group by 1 order by sum(p.revenue_minor) desc, 1 limit 1000`,
  )
}

/** The names of channels, shops, products and categories, by code or id, in a language. */
export async function namesOf(
  db: Queryable,
  by: 'channel' | 'site' | 'product' | 'category' | 'segment',
  keys: readonly string[],
  locale: string,
): Promise<Map<string, string>> {
  const rows = await query<{ key: string; name: string }>(
    db,
    by === 'channel'
      ? sql`select code as key, case when ${locale} = 'en' then name_en else name_fr end as name from channels.channel
            where code = any(${keys}::text[])`
      : by === 'site'
        ? sql`select id::text as key, name from channels.site where id = any(${keys}::uuid[])`
        : by === 'segment'
          ? sql`select id::text as key, name from engagement.segment where id = any(${keys}::uuid[])`
          : by === 'product'
            ? sql`select id::text as key, case when ${locale} = 'en' then name_en else name_fr end as name from catalog.product
                where id = any(${keys}::uuid[])`
            : sql`select id::text as key, case when ${locale} = 'en' then name_en else name_fr end as name from catalog.category
                where id = any(${keys}::uuid[])`,
  )
  return new Map(rows.map(({ key, name }) => [key, name]))
}
