import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

export type DemandRow = {
  unit: string
  name_fr: string | null
  name_en: string | null
  /** First day of the step. */
  starts_on: string
  units: number
  /** In minor units without VAT. */
  revenue: number
  /** Goods and serving. */
  cost: number
}

/** More are no page any more. */
const mostUnits = 60

/** Units sold of products, or orders of channels or shops, by week or month: from the daily figures. The sixty that sold most. */
export function demandSeries(
  db: Queryable,
  asked: { per: 'product' | 'channel' | 'shop'; step: 'week' | 'month'; from: string; until: string },
): Promise<DemandRow[]> {
  const { per, step, from, until } = asked
  return query(
    db,
    sql`with sold as (
          select f.product_id::text as unit, f.day, f.units::float8 as units, f.revenue_minor::float8 as revenue, f.cost_minor::float8 as cost
          from insights.product_day f
          where ${per}::text = 'product' and f.day >= ${from}::date and f.day < ${until}::date
          union all
          select case ${per}::text when 'channel' then f.channel_code else s.code end, f.day, f.orders::float8, 0, 0
          from insights.sales_day f left join channels.site s on s.id = f.site_id
          where ${per}::text <> 'product' and f.day >= ${from}::date and f.day < ${until}::date),
        most as (select unit from sold where unit is not null group by unit order by sum(units) desc, unit limit ${mostUnits})
        select d.unit, date_trunc(${step}::text, d.day)::date::text as starts_on, min(p.name_fr) as name_fr, min(p.name_en) as name_en,
          sum(d.units)::float8 as units, sum(d.revenue)::float8 as revenue, sum(d.cost)::float8 as cost
        from sold d join most using (unit) left join catalog.product p on p.id::text = d.unit
        group by 1, 2 order by 1, 2`,
  )
}
