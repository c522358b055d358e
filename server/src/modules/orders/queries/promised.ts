import sql, { empty } from 'sql-template-tag'
import { maybeOne, query, type Queryable } from '../../../kernel/db.ts'

/** Units of an article that were sold and have no place: nobody has them, or they wait for stock. */
export async function unitsUnrouted(db: Queryable, variantId: string): Promise<number> {
  const row = await maybeOne<{ units: number }>(
    db,
    sql`select coalesce(sum(l.quantity - l.fulfilled_quantity), 0)::int as units
        from orders.order_line l join orders.sales_order o on o.id = l.order_id
        where l.variant_id = ${variantId} and l.exception in ('unsourced', 'waiting') and o.document_state = 'confirmed'`,
  )
  return row?.units ?? 0
}

export type PromisedRow = {
  id: string
  kind: 'order' | 'awaiting_payment' | 'cart' | 'quote' | 'unrouted'
  term: 'committed' | 'held' | 'unrouted'
  document_id: string
  number: string | null
  channel_code: string
  customer: string | null
  place_id: string | null
  place_name: string | null
  units: number
  made_at: Date
  until: Date | null
  ahead: 'pre_order' | 'back_order' | null
  ships_on: string | null
}

/** What is promised of an article and to whom, the oldest first; of some places when they are named. */
export async function selectPromised(
  db: Queryable,
  filter: { variantId: string; placeIds: readonly string[] | null; afterId: string | undefined; limit: number },
): Promise<PromisedRow[]> {
  const { variantId, placeIds, afterId } = filter
  return query(
    db,
    sql`with promised as (
          select p.id, p.reference_id, case when p.state = 'held' then 'held' else 'committed' end as term, p.quantity,
                 p.created_at, p.expires_at, i.place_id
          from inventory.stock_item i join promises.promise p on p.pool_id = i.pool_id and p.state in ('held', 'committed')
          where i.variant_id = ${variantId} ${placeIds ? sql`and i.place_id = any(${placeIds}::uuid[])` : empty}
        ), unrouted as (
          select l.id, l.order_id as reference_id, 'unrouted' as term, (l.quantity - l.fulfilled_quantity)::bigint as quantity,
                 o.placed_at as created_at, null::timestamptz as expires_at, null::uuid as place_id
          from orders.order_line l join orders.sales_order o on o.id = l.order_id
          where l.variant_id = ${variantId} and l.exception in ('unsourced', 'waiting') and o.document_state = 'confirmed'
            ${placeIds ? sql`and false` : empty}
        )
        select p.id, p.term, p.reference_id as document_id, p.quantity::int as units, p.created_at as made_at, p.place_id,
               pl.name as place_name, coalesce(o.number, q.number) as number, ch.code as channel_code,
               coalesce(o.contact_name, q.contact_name) as customer, coalesce(p.expires_at, o.expires_at) as until, w.ahead,
               w.ships_on::text as ships_on,
               case when p.term = 'unrouted' then 'unrouted' when o.document_state = 'awaiting_payment' then 'awaiting_payment'
                    when o.id is not null then 'order' when q.id is not null then 'quote' else 'cart' end as kind
        from (select * from promised union all select * from unrouted) p
        left join orders.sales_order o on o.id = p.reference_id
        left join orders.order_line w on w.order_id = p.reference_id and w.promise_id = p.id and w.ahead is not null
          and w.allocated_at is null
        left join orders.cart c on c.id = p.reference_id
        left join orders.quote q on q.id = p.reference_id
        left join inventory.place pl on pl.id = p.place_id
        join channels.channel ch on ch.id = coalesce(o.channel_id, c.channel_id)
        where ${afterId ? sql`p.id > ${afterId}` : sql`true`}
        order by p.id limit ${filter.limit + 1}`,
  )
}
