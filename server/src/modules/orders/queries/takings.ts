import type { Takings } from '@ecluse/contracts/takings.ts'
import sql, { type Sql } from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'

export type TakingsRow = { method: Takings['method']; currency: string; taken: bigint; given_back: bigint }
type Asked = { siteId: string; from: string; until: string | null }

/**
 * Orders paid at the counter of a shop and brought home: those of a channel that is this shop's alone, by the money taken for them.
 */
const broughtHome = ({ siteId, from, until }: Asked): Sql => sql`
  from payments.payment p join orders.sales_order o on o.id = p.order_id
  join channels.channel_site s on s.channel_id = o.channel_id and s.site_id = ${siteId}
  join channels.channel c on c.id = s.channel_id and c.medium = 'store'
  where p.method in ('cash', 'terminal_card') and p.created_at >= ${from}::timestamptz
    and (${until}::timestamptz is null or p.created_at < ${until}::timestamptz)
    and o.delivery_method = 'delivery' and o.document_state = 'confirmed'
    and not exists (select from channels.channel_site other where other.channel_id = o.channel_id and other.site_id <> ${siteId})
    and not exists (select from orders.order_return t where t.order_id = o.id and t.created_at <= p.created_at)`

/** How many sales a shop made over the counter, carried out or brought home. */
export async function countSales(db: Queryable, asked: Asked): Promise<number> {
  const { siteId, from, until } = asked
  const { sales } = await one<{ sales: number }>(
    db,
    sql`select (count(*) + (select count(distinct o.id) ${broughtHome(asked)}))::int as sales from orders.sales_order
        where site_id = ${siteId} and delivery_method = 'carry_out' and document_state = 'confirmed'
          and placed_at >= ${from}::timestamptz and (${until}::timestamptz is null or placed_at < ${until}::timestamptz)`,
  )
  return sales
}

/**
 * What a shop took and gave back, by means. A payment made after articles of its order came back is the difference of an exchange, taken
 * where they came back; what came back gives money back there, whichever shop had sold it.
 */
export async function takingsOf(db: Queryable, asked: Asked): Promise<TakingsRow[]> {
  const { siteId, from, until } = asked
  return query(
    db,
    sql`with back as (
          select order_id, id, created_at from orders.order_return
          where site_id = ${siteId} and created_at >= ${from}::timestamptz
            and (${until}::timestamptz is null or created_at < ${until}::timestamptz)),
        money as (
          select p.method, p.currency, p.amount_minor as taken, 0::bigint as given_back
          from orders.sales_order o join payments.payment p on p.order_id = o.id
          where o.site_id = ${siteId} and o.delivery_method = 'carry_out' and o.document_state = 'confirmed'
            and o.placed_at >= ${from}::timestamptz and (${until}::timestamptz is null or o.placed_at < ${until}::timestamptz)
            and p.state = 'captured' and not exists (
              select from orders.order_return t where t.order_id = o.id and t.created_at <= p.created_at)
          union all
          select p.method, p.currency, p.amount_minor, 0 ${broughtHome(asked)} and p.state = 'captured'
          union all
          select p.method, p.currency, p.amount_minor, 0
          from back b join payments.payment p on p.order_id = b.order_id and p.created_at >= b.created_at
          where p.state = 'captured' and p.method in ('cash', 'terminal_card') and not exists (
            select from orders.order_return t
            where t.order_id = b.order_id and t.created_at > b.created_at and t.created_at <= p.created_at)
          union all
          select p.method, r.currency, 0, r.amount_minor
          from back b join payments.refund r on r.order_id = b.order_id and r.return_id = b.id
          join payments.payment p on p.order_id = r.order_id and p.id = r.payment_id
          where r.state = 'refunded' and p.method in ('cash', 'terminal_card')
            and not exists (select from payments.voucher v where v.order_id = b.order_id and v.return_id = b.id))
        select method, currency, sum(taken)::bigint as taken, sum(given_back)::bigint as given_back
        from money group by method, currency order by sum(taken) - sum(given_back) desc, method`,
  )
}
