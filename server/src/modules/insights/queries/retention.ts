import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'
import type { Days } from './order-facts.ts'

/**
 * Counts who came back by the end of a month anew: of the customers who ordered in the twelve months before the twelve that end with
 * it, those who ordered in these again, in whatever channel (customer retention rate; Farris et al., Marketing Metrics, 2010).
 * Everybody who is one customer today counts once; orders that were cancelled do not, imported ones do.
 */
export async function replaceRetention(tx: Tx, month: Days): Promise<void> {
  await execute(tx, sql`delete from insights.retention_month where month = ${month.from}::date`)
  await execute(
    tx,
    sql`with ordered as materialized (
          select coalesce(f.root_id, i.party_id) as party_id, coalesce(i.channel_code, '') as channel_code,
            bool_or(i.at < (${month.from}::date - interval '11 months')::timestamp at time zone 'Europe/Paris') as before,
            bool_or(i.at >= (${month.from}::date - interval '11 months')::timestamp at time zone 'Europe/Paris') as since
          from customers.interaction i
          left join customers.party_family f on f.member_id = i.party_id
          left join orders.sales_order o on o.id = i.subject_id
          where i.kind = 'order' and o.document_state is distinct from 'cancelled'
            and i.at >= (${month.from}::date - interval '23 months')::timestamp at time zone 'Europe/Paris'
            and i.at < (${month.from}::date + interval '1 month')::timestamp at time zone 'Europe/Paris'
          group by 1, 2),
        each as (select channel_code, party_id, before, bool_or(since) over (partition by party_id) as back from ordered)
        insert into insights.retention_month (month, channel_code, customers, retained)
        select ${month.from}::date, channel_code, count(*), count(*) filter (where back) from each where before and channel_code <> '' group by 2
        union all
        select ${month.from}::date, '', count(distinct party_id), count(distinct party_id) filter (where back) from each where before
        having count(*) > 0`,
  )
}
