import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

export type DemandRow = {
  unit: string
  name_fr: string | null
  name_en: string | null
  /** First day of the step. */
  starts_on: string
  units: number
  /** In minor units without VAT; nought in imported history, of which only quantities are sure. */
  revenue: number
  /** Goods and serving. */
  cost: number
}

/** More are no page any more. */
export const mostUnits = 60

/**
 * Units sold by product, channel or shop and week or month, whole steps only: from the daily figures, and before their first day from the
 * log of known customers, where imported history is. The units sold most in all, at most sixty.
 */
export function demandSeries(
  db: Queryable,
  asked: { per: 'product' | 'channel' | 'shop'; step: 'week' | 'month'; from: string; until: string },
): Promise<DemandRow[]> {
  const { per, step, from, until } = asked
  return query(
    db,
    sql`with begun as (select min(day) as day from insights.product_day),
        sold as (
          select case ${per}::text when 'product' then f.product_id::text when 'channel' then f.channel_code else s.code end as unit,
            f.day, f.units::float8 as units, f.revenue_minor::float8 as revenue, f.cost_minor::float8 as cost
          from insights.product_day f left join channels.site s on s.id = f.site_id
          where f.day >= ${from}::date and f.day < ${until}::date
          union all
          select case ${per}::text when 'product' then i.product_id::text when 'channel' then i.channel_code end,
            (i.at at time zone 'Europe/Paris')::date, coalesce(i.quantity, 1)::float8, 0, 0
          from customers.interaction i
          where i.kind = 'purchase' and i.at >= ${from}::date::timestamp at time zone 'Europe/Paris'
            and i.at < least((select day from begun), ${until}::date)::timestamp at time zone 'Europe/Paris'),
        most as (select unit from sold where unit is not null group by unit order by sum(units) desc, unit limit ${mostUnits})
        select d.unit, date_trunc(${step}::text, d.day)::date::text as starts_on, min(p.name_fr) as name_fr, min(p.name_en) as name_en,
          sum(d.units)::float8 as units, sum(d.revenue)::float8 as revenue, sum(d.cost)::float8 as cost
        from sold d join most using (unit) left join catalog.product p on p.id::text = d.unit
        group by 1, 2 order by 1, 2`,
  )
}
