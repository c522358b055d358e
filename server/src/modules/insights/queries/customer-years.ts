import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** A customer with what they did in one year, and what they brought in the next. */
export type CustomerYear = {
  several: boolean
  orders: number
  /** In minor units with VAT, as `next`. */
  sales: number
  /** Months from their first order to the end of the first year. */
  months: number
  next: number
}

/** More would say nothing more; which of them is chance, the same each time. */
export const mostCustomers = 50_000

/**
 * Customers who ordered twice or more in the year that ends a year before a day: through one channel or through several, and what they
 * brought in the year up to it.
 */
export function customerYears(db: Queryable, until: string): Promise<CustomerYear[]> {
  return query(
    db,
    sql`with bought as (
          select coalesce(f.root_id, i.party_id) as party_id, i.channel_code, coalesce(i.value_minor, 0) as value_minor,
            (i.at at time zone 'Europe/Paris')::date as day
          from customers.interaction i
          left join customers.party_family f on f.member_id = i.party_id
          left join orders.sales_order o on o.id = i.subject_id
          where i.kind = 'order' and i.channel_code is not null and o.document_state is distinct from 'cancelled'
            and i.at < (${until}::date + 1)::timestamp at time zone 'Europe/Paris'),
        each_one as (
          select party_id, count(distinct channel_code) filter (where of_first) > 1 as several,
            count(*) filter (where of_first)::int as orders, coalesce(sum(value_minor) filter (where of_first), 0)::float8 as sales,
            ((${until}::date - 364) - min(day)) / 30.4375::float8 as months,
            coalesce(sum(value_minor) filter (where day > ${until}::date - 364), 0)::float8 as next
          from (select b.*, day > ${until}::date - 728 and day <= ${until}::date - 364 as of_first from bought b) as b
          group by party_id)
        select several, orders, sales, months, next from each_one where orders >= 2
        order by md5(party_id::text) limit ${mostCustomers}`,
  )
}
