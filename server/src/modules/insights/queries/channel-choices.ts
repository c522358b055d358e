import sql from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** More orders would say hardly more; which of them is chance, the same each time. */
export const mostChoices = 4_000

export type ChosenRow = {
  id: string
  channel: string
  day: string
  month: string
  country: string | null
  postal_code: string | null
  value_minor: number
  segments: string[]
}

/** Orders of some days with the channel they came through, where their buyers live, and the segments these are in. */
export function chosenChannels(db: Queryable, days: Days): Promise<ChosenRow[]> {
  return query(
    db,
    sql`select o.id, c.code as channel, to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day,
          to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM') as month, w.country, w.postal_code,
          o.total_minor::float8 as value_minor,
          array(select m.segment_id::text from engagement.segment_member m where m.party_id = coalesce(p.survivor_id, p.id)) as segments
        from orders.sales_order o join channels.channel c on c.id = o.channel_id
        left join customers.party p on p.id = o.party_id
        left join customers.location w on w.party_id = coalesce(p.survivor_id, p.id)
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
        order by md5(o.id::text) limit ${mostChoices}`,
  )
}

/** What was bought in orders. */
export function basketsOf(
  db: Queryable,
  orderIds: readonly string[],
): Promise<{ order_id: string; variant_id: string; units: number; paid_minor: number }[]> {
  return query(
    db,
    sql`select l.order_id, l.variant_id, l.quantity::float8 as units, (l.unit_price_minor * l.quantity)::float8 as paid_minor
        from orders.order_line l where l.order_id = any(${orderIds}::uuid[]) and l.exception is distinct from 'cancelled'`,
  )
}

/** What each article was sold for by each channel in some days: units, and what was paid for them. */
export function paidByChannel(
  db: Queryable,
  days: Days,
): Promise<{ variant_id: string; channel: string; units: number; paid_minor: number }[]> {
  return query(
    db,
    sql`select l.variant_id, c.code as channel, sum(l.quantity)::float8 as units,
          sum(l.unit_price_minor * l.quantity)::float8 as paid_minor
        from orders.sales_order o join channels.channel c on c.id = o.channel_id
        join orders.order_line l on l.order_id = o.id and l.exception is distinct from 'cancelled'
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
        group by 1, 2`,
  )
}

/** Hours from an order to its goods, and promises kept, of each channel in each month, and under no month in all. */
export function serviceOfMonths(
  db: Queryable,
  days: Days,
): Promise<{ channel: string; month: string | null; hours: number | null; kept: number | null }[]> {
  return query(
    db,
    sql`select c.code as channel, to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM') as month,
          percentile_cont(0.5) within group (order by extract(epoch from f.closed_at - o.placed_at) / 3600)::float8 as hours,
          avg(case when f.closed_at <= coalesce(o.latest_at, o.promised_at) then 1 else 0 end)
            filter (where coalesce(o.latest_at, o.promised_at) is not null)::float8 as kept
        from orders.sales_order o join channels.channel c on c.id = o.channel_id
        join fulfillment.fulfillment f on f.order_id = o.id and f.state in ('handed_over', 'shipped') and f.closed_at >= o.placed_at
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
        group by 1, rollup (2)`,
  )
}

/** The first day each channel sold anything, that of other systems included. */
export function firstSales(db: Queryable): Promise<{ channel: string; day: string }[]> {
  return query(
    db,
    sql`select channel_code as channel, to_char(min(day), 'YYYY-MM-DD') as day from insights.sales_day where orders > 0 group by 1`,
  )
}

/** Where one goes to reach a channel: its shop; null coordinates where it has none. */
export function placesOfChannels(
  db: Queryable,
): Promise<{ channel: string; latitude: number | null; longitude: number | null }[]> {
  return query(
    db,
    sql`select c.code as channel, s.latitude, s.longitude from channels.channel c
        left join lateral (select p.latitude, p.longitude from channels.channel_site k join channels.site p on p.id = k.site_id
          where k.channel_id = c.id and p.kind = 'shop' and c.medium = 'store' order by p.code limit 1) s on true
        where c.active and c.sells order by c.position, c.code`,
  )
}

/** Segments that are still there, in the order of their names. */
export function segmentNames(db: Queryable, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return query(db, sql`select id, name from engagement.segment where id = any(${ids}::uuid[]) order by name, id`)
}

/** How many orders were confirmed in some days. */
export async function countConfirmed(db: Queryable, days: Days): Promise<number> {
  const { orders } = await one<{ orders: number }>(
    db,
    sql`select count(*)::int as orders from orders.sales_order o where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}`,
  )
  return orders
}
