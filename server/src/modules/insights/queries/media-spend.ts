import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { Days } from './order-facts.ts'

/** What was spent on a medium in a week, in minor units without VAT. */
export type SpendWeek = {
  readonly medium: string
  /** Whether the medium is a channel; else it bears a name that was imported. */
  readonly is_channel: boolean
  /** Its Monday. */
  readonly week: string
  readonly spent_minor: number
}

/** Spending by medium and week: what the channels' messages, calls and imports cost, and apart what was imported of a medium by name. */
export function spendWeeks(db: Queryable, { from, until }: Days): Promise<SpendWeek[]> {
  return query(
    db,
    sql`with spent as (
          select c.channel_code as medium, true as is_channel, c.day, c.outreach_micro from insights.contact_day c
          union all select p.channel_code, true, p.day, -p.outreach_micro from insights.past_contact p where p.medium <> ''
          union all select p.medium, false, p.day, p.outreach_micro from insights.past_contact p where p.medium <> '')
        select medium, is_channel, date_trunc('week', day)::date::text as week, sum(outreach_micro)::float8 / 10000 as spent_minor
        from spent where day between ${from}::date and ${until}::date and medium <> ''
        group by 1, 2, 3 having sum(outreach_micro) > 0 order by 1, 2, 3`,
  )
}

/** Sales without VAT by week, and what was taken off prices, in minor units. */
export function salesWeeks(
  db: Queryable,
  { from, until, channel }: Days & { channel: string | null },
): Promise<{ week: string; sales_minor: number; reduced_minor: number }[]> {
  return query(
    db,
    sql`select date_trunc('week', f.day)::date::text as week, sum(f.revenue_minor + f.carriage_minor)::float8 as sales_minor,
          sum(f.markdown_minor + f.discount_minor)::float8 as reduced_minor
        from insights.sales_day f
        where f.day between ${from}::date and ${until}::date and (${channel}::text is null or f.channel_code = ${channel})
        group by 1 order by 1`,
  )
}
