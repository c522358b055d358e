import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** The median of the hours from an order to its goods being handed over or shipped, by channel. */
export function hoursToHand(db: Queryable, days: Days): Promise<{ channel: string; hours: number; parts: number }[]> {
  return query(
    db,
    sql`select c.code as channel, count(*)::int as parts,
          percentile_cont(0.5) within group (order by extract(epoch from f.closed_at - o.placed_at) / 3600)::float8 as hours
        from orders.sales_order o
        join channels.channel c on c.id = o.channel_id
        join fulfillment.fulfillment f on f.order_id = o.id and f.state in ('handed_over', 'shipped') and f.closed_at >= o.placed_at
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
        group by 1`,
  )
}
