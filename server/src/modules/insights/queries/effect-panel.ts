import sql, { type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** What sales are told apart by: where buyers live (the two first characters of the postal code), the shop, the channel. */
type PanelUnit = 'department' | 'shop' | 'channel'

type Asked = {
  unit: PanelUnit
  /** The steps before this day have negative numbers. */
  day: string
  stepDays: number
  before: number
  after: number
  channel: string | null
}

export type StepRow = { unit: string; step: number; orders: number; sales: number }

/**
 * Orders and sales in minor units by unit and step of so many days counted from a day; a unit and step without an order has no row. Shops
 * and channels are read from the daily figures, without VAT; where buyers live is known of those in the log alone, VAT included.
 */
export function salesBySteps(db: Queryable, asked: Asked): Promise<StepRow[]> {
  return asked.unit === 'department' ? stepsOfLog(db, asked) : stepsOfFigures(db, asked)
}

const stepOf = (day: Sql, { day: first, stepDays }: Asked): Sql =>
  sql`floor((${day} - ${first}::date)::numeric / ${stepDays}::int)::int`

function stepsOfFigures(db: Queryable, asked: Asked): Promise<StepRow[]> {
  const { unit, day, stepDays, before, after, channel } = asked
  const key = unit === 'shop' ? sql`s.code` : sql`f.channel_code`
  return query(
    db,
    sql`select ${key} as unit, ${stepOf(sql`f.day`, asked)} as step, sum(f.orders)::float8 as orders,
          sum(f.revenue_minor)::float8 as sales
        from insights.sales_day f left join channels.site s on s.id = f.site_id
        where ${key} is not null and f.day >= ${day}::date - ${before * stepDays}::int and f.day < ${day}::date + ${after * stepDays}::int
          and (${channel}::text is null or f.channel_code = ${channel})
        group by 1, 2 having sum(f.orders) > 0 order by 1, 2`,
  )
}

function stepsOfLog(db: Queryable, asked: Asked): Promise<StepRow[]> {
  const { day, stepDays, before, after, channel } = asked
  return query(
    db,
    sql`select left(w.postal_code, 2) as unit, ${stepOf(sql`(i.at at time zone 'Europe/Paris')::date`, asked)} as step,
          count(*)::float8 as orders, coalesce(sum(i.value_minor), 0)::float8 as sales
        from customers.interaction i
        left join customers.party_family f on f.member_id = i.party_id
        left join customers.location w on w.party_id = coalesce(f.root_id, i.party_id)
        left join orders.sales_order o on o.id = i.subject_id
        where i.kind = 'order' and o.document_state is distinct from 'cancelled' and w.postal_code is not null
          and (${channel}::text is null or i.channel_code = ${channel})
          and i.at >= (${day}::date - ${before * stepDays}::int)::timestamp at time zone 'Europe/Paris'
          and i.at < (${day}::date + ${after * stepDays}::int)::timestamp at time zone 'Europe/Paris'
        group by 1, 2 order by 1, 2`,
  )
}
