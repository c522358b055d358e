import sql, { type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import { divideHalfUp } from '../../../kernel/money.ts'
import { grouped } from '../domain/grouped.ts'
import type { LineFact, OrderFact, ReturnFact } from '../domain/count-sales.ts'

/** Days of the firm's time zone, both included, as `2026-03-02`. */
export type Days = { readonly from: string; readonly until: string }

/** Whether an instant lies in days. */
export function inDays(column: Sql, { from, until }: Days): Sql {
  return sql`(${column} >= ${from}::date::timestamp at time zone 'Europe/Paris'
    and ${column} < (${until}::date + 1)::timestamp at time zone 'Europe/Paris')`
}

const placedAt = sql`o.placed_at`
/** Messages cost so little that it is kept in millionths of a euro. */
const microOfMinor = 10_000n

/** The segments whoever ordered is in now. */
const segmentsOf = sql`array(select m.segment_id::text from engagement.segment_member m
  where m.party_id = coalesce(p.survivor_id, p.id) order by 1)`

type OrderRow = Omit<OrderFact, 'lines' | 'messagesMinor'> & { messagesMicro: bigint }

/**
 * Orders that were placed in some days, or those with some ids, as figures are counted from them. Who ordered before is asked of
 * everybody who is that customer today; cancelled orders count there, so that giving one up makes nobody new.
 */
export async function orderFacts(db: Queryable, which: Days | { orderIds: readonly string[] }): Promise<OrderFact[]> {
  const among = 'orderIds' in which ? sql`o.id = any(${which.orderIds}::uuid[])` : inDays(placedAt, which)
  const [orders, lines] = await Promise.all([selectOrders(db, among), selectLines(db, among)])
  const linesOf = grouped(lines, ({ orderId }) => orderId)
  return orders.map(({ messagesMicro, ...order }) => ({
    ...order,
    messagesMinor: divideHalfUp(messagesMicro, microOfMinor),
    lines: linesOf.get(order.orderId) ?? [],
  }))
}

function selectOrders(db: Queryable, among: Sql): Promise<OrderRow[]> {
  return query(
    db,
    sql`select o.id as "orderId", to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, o.placed_at as "placedAt",
          c.code as "channelCode", o.site_id as "siteId", o.document_state = 'cancelled' as cancelled,
          o.total_minor as "totalMinor", o.delivery_vat_basis_points as "deliveryVatBasisPoints",
          pay.reward_minor as "discountMinor", pay.cards as "cardPayments", pay.card_minor as "cardPaidMinor",
          case when mine.party_id is not null then exists (select from customers.party m
            join customers.interaction i on i.party_id = m.id and i.kind = 'order' and i.at < mine.at
            where m.id = coalesce(p.survivor_id, p.id) or m.survivor_id = coalesce(p.survivor_id, p.id)) end as known,
          greatest(done.shipped, (select count(*) from fulfillment.parcel g where g.order_id = o.id and g.state <> 'packed'))::int as parcels,
          1 + done.collected + (select count(*)::int from orders.order_return r where r.order_id = o.id) as contacts,
          (select coalesce(sum(s.cost_micro), 0)::bigint from engagement.message s where s.order_id = o.id and s.sent_at is not null) as "messagesMicro",
          case when done.parts > 0 and done.parts = done.closed
            then done.last_at <= coalesce(o.latest_at, o.promised_at) end as kept,
          (select count(*)::int from fulfillment.refusal f where f.order_id = o.id) as "notFound",
          (select r.score::int from service.rating r where r.order_id = o.id) as rating, ${segmentsOf} as segments
        from orders.sales_order o
        join channels.channel c on c.id = o.channel_id
        left join customers.party p on p.id = o.party_id
        left join customers.interaction mine on mine.party_id = o.party_id and mine.kind = 'order' and mine.id = o.id
        cross join lateral (select count(*) filter (where a.method in ('online_card', 'terminal_card'))::int as cards,
            coalesce(sum(a.amount_minor) filter (where a.method in ('online_card', 'terminal_card')), 0)::bigint as card_minor,
            coalesce(sum(a.amount_minor) filter (where v.kind = 'reward'), 0)::bigint as reward_minor
          from payments.payment a
          left join payments.voucher v on v.id = case when a.method = 'voucher' then a.provider_reference::uuid end
          where a.order_id = o.id and a.state in ('authorised', 'captured', 'due')) pay
        cross join lateral (select count(*)::int as parts, count(*) filter (where f.state in ('handed_over', 'shipped'))::int as closed,
            count(*) filter (where f.state = 'shipped')::int as shipped, max(f.closed_at) as last_at,
            count(*) filter (where f.state = 'handed_over' and f.method = 'pickup')::int as collected
          from fulfillment.fulfillment f where f.order_id = o.id and f.state <> 'cancelled') done
        where ${among} and o.document_state in ('confirmed', 'cancelled')`,
  )
}

function selectLines(db: Queryable, among: Sql): Promise<(LineFact & { orderId: string })[]> {
  return query(
    db,
    sql`select l.order_id as "orderId", l.id as "lineId", l.variant_id as "variantId", v.product_id as "productId",
          case when l.exception = 'cancelled' then 0 else l.quantity end as units,
          case when l.exception = 'cancelled' then 0 else l.line_total_minor - coalesce(l.credited_minor, 0) end as "grossMinor",
          case when l.exception = 'cancelled' or l.regular_minor is null then 0
            else greatest(l.regular_minor - l.unit_price_minor, 0) * l.quantity end as "markdownMinor",
          l.vat_basis_points as "vatBasisPoints"
        from orders.sales_order o
        join orders.order_line l on l.order_id = o.id
        join catalog.variant v on v.id = l.variant_id
        where ${among} and o.document_state = 'confirmed'
        order by l.order_id, l.position`,
  )
}

/** Goods of an order of today that came back. */
export type OrderReturn = ReturnFact & { readonly orderId: string }

type ReturnRow = Omit<OrderReturn, 'lines'> & {
  returnId: string
  lines: (Omit<ReturnFact['lines'][number], 'grossMinor'> & { grossMinor: number })[]
}

/** Goods that came back in some days, or of orders with some ids. */
export async function returnFacts(
  db: Queryable,
  which: Days | { orderIds: readonly string[] },
): Promise<OrderReturn[]> {
  const among =
    'orderIds' in which ? sql`r.order_id = any(${which.orderIds}::uuid[])` : inDays(sql`r.created_at`, which)
  const rows = await query<ReturnRow>(
    db,
    sql`select r.id as "returnId", r.order_id as "orderId", to_char(r.created_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, o.placed_at as "soldAt",
          c.code as "channelCode", o.site_id as "siteId", r.refund_minor as "refundMinor",
          coalesce(r.carriage_minor, 0) as "carriageMinor", o.delivery_vat_basis_points as "deliveryVatBasisPoints",
          ${segmentsOf} as segments,
          (select json_agg(json_build_object('variantId', l.variant_id, 'productId', v.product_id, 'units', b.quantity,
              'grossMinor', l.unit_price_minor * b.quantity - coalesce(b.deduction_minor, 0),
              'vatBasisPoints', l.vat_basis_points, 'toSellAgain', b.disposition = 'restock') order by b.position)
            from orders.return_line b join orders.order_line l on l.order_id = b.order_id and l.id = b.line_id
            join catalog.variant v on v.id = l.variant_id
            where b.order_id = r.order_id and b.return_id = r.id) as lines
        from orders.order_return r
        join orders.sales_order o on o.id = r.order_id
        left join customers.party p on p.id = o.party_id
        join channels.channel c on c.id = o.channel_id
        where ${among}`,
  )
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map((line) => ({ ...line, grossMinor: BigInt(line.grossMinor) })),
  }))
}

/** What variants were ordered from suppliers for, each with when, the oldest first. */
export function purchasePrices(
  db: Queryable,
  variantIds: readonly string[],
): Promise<{ variant_id: string; ordered_at: Date; unit_cost_minor: bigint }[]> {
  return query(
    db,
    sql`select l.variant_id, s.ordered_at, l.unit_cost_minor
        from inventory.supplier_order_line l join inventory.supplier_order s on s.supplier_order_id = l.supplier_order_id
        where l.variant_id = any(${variantIds}::uuid[]) and l.unit_cost_minor is not null and s.state in ('ordered', 'received')
        order by l.variant_id, s.ordered_at, s.supplier_order_id`,
  )
}
