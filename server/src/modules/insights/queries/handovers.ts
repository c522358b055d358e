import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** Counts where the orders of a month went to their customers anew: a mixed order counts once for each of its parts. */
export async function replaceHandovers(tx: Tx, month: Days): Promise<void> {
  await execute(tx, sql`delete from insights.handover_month where month = ${month.from}::date`)
  await execute(
    tx,
    sql`insert into insights.handover_month (month, channel_code, carried_out, fetched, brought_home, downloaded)
        select ${month.from}::date, c.code, count(*) filter (where w.method = 'carry_out'), count(*) filter (where w.method = 'pickup'),
          count(*) filter (where w.method = 'delivery'), count(*) filter (where w.method = 'download')
        from orders.sales_order o
        join channels.channel c on c.id = o.channel_id
        cross join lateral (
          select g.method from orders.order_group g where g.order_id = o.id
          union all select o.delivery_method where not exists (select from orders.order_group g where g.order_id = o.id)) w
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, month)}
        group by c.code`,
  )
}

export type Handovers = {
  channelCode: string
  carriedOut: number
  fetched: number
  broughtHome: number
  downloaded: number
}

/** Where what was ordered in each channel went, in the months a period touches. */
export function selectHandovers(db: Queryable, { from, until }: Days): Promise<Handovers[]> {
  return query(
    db,
    sql`select channel_code as "channelCode", sum(carried_out)::int as "carriedOut", sum(fetched)::int as fetched,
          sum(brought_home)::int as "broughtHome", sum(downloaded)::int as downloaded
        from insights.handover_month where month between date_trunc('month', ${from}::date) and ${until}::date
        group by 1 order by sum(carried_out + fetched + brought_home + downloaded) desc, 1`,
  )
}
