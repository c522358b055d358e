import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** After so long, what somebody does in another channel is not the sequel of what they did before. */
const sequelDays = 30

/** Counts passages between channels in a month anew. */
export async function replacePassages(tx: Tx, month: Days): Promise<void> {
  await execute(tx, sql`delete from insights.passage_month where month = ${month.from}::date`)
  await execute(
    tx,
    sql`with phone as (select c.code from channels.channel c where c.medium = 'phone' order by c.position, c.code limit 1),
        touch as (
          select coalesce(f.root_id, i.party_id) as party_id, i.at, i.id, i.kind,
            coalesce(i.channel_code, case when i.kind = 'call_answered' then (select code from phone) end) as channel_code
          from customers.interaction i left join customers.party_family f on f.member_id = i.party_id
          where i.kind in ('order', 'visit_signed_in', 'visit_anonymous', 'store_visit', 'call_answered', 'reservation', 'collection')
            and i.at >= (${month.from}::date - ${sequelDays}::int)::timestamp at time zone 'Europe/Paris'
            and i.at < (${month.until}::date + 1)::timestamp at time zone 'Europe/Paris'),
        sequel as (
          select channel_code as to_code, kind, at, lag(channel_code) over w as from_code, lag(at) over w as before
          from touch where channel_code is not null window w as (partition by party_id order by at, id)),
        moved as (
          select from_code, to_code, count(*) as passages, count(*) filter (where kind = 'order') as orders, 0::bigint as carried
          from sequel
          where from_code is not null and at >= ${month.from}::date::timestamp at time zone 'Europe/Paris'
            and before > at - make_interval(days => ${sequelDays}::int)
          group by 1, 2),
        carried as (
          select a.code as from_code, b.code as to_code, 0::bigint as passages, 0::bigint as orders, count(*) as carried
          from orders.sales_order o join orders.cart k on k.order_id = o.id and k.channel_id <> o.channel_id
          join channels.channel a on a.id = k.channel_id join channels.channel b on b.id = o.channel_id
          where ${inDays(sql`o.placed_at`, month)} group by 1, 2)
        insert into insights.passage_month (month, from_code, to_code, passages, orders, carried)
        select ${month.from}::date, from_code, to_code, sum(passages), sum(orders), sum(carried)
        from (select * from moved union all select * from carried) each group by from_code, to_code`,
  )
}

/** Counts where people were lost in a month anew. Carts are forgotten after a while: the most that was counted stays. */
export async function replaceFunnel(tx: Tx, month: Days): Promise<void> {
  await execute(
    tx,
    sql`with seen as (
          select i.channel_code, coalesce(f.root_id, i.party_id) as party_id, bool_or(i.kind = 'product_view') as viewed
          from customers.interaction i left join customers.party_family f on f.member_id = i.party_id
          where i.kind in ('visit_signed_in', 'visit_anonymous', 'store_visit', 'product_view') and i.channel_code is not null
            and ${inDays(sql`i.at`, month)}
          group by 1, 2),
        bought as (
          select distinct i.channel_code, coalesce(f.root_id, i.party_id) as party_id
          from customers.interaction i left join customers.party_family f on f.member_id = i.party_id
          where i.kind = 'order' and i.channel_code is not null and ${inDays(sql`i.at`, month)}),
        people as (
          select s.channel_code, count(*) as visitors, count(*) filter (where s.viewed) as viewers, count(b.party_id) as buyers
          from seen s left join bought b on b.channel_code = s.channel_code and b.party_id = s.party_id group by 1),
        cart as (
          select c.code as channel_code, count(*) as carts, count(k.order_id) as cart_orders
          from orders.cart k join channels.channel c on c.id = k.channel_id
          where ${inDays(sql`k.created_at`, month)} and (k.order_id is not null or exists (select from orders.cart_line l where l.cart_id = k.id))
          group by 1),
        placed as (
          select c.code as channel_code, count(*) as placed, count(*) filter (where o.document_state = 'confirmed') as paid,
            count(*) filter (where o.document_state = 'confirmed' and not exists (select from orders.order_line l
              where l.order_id = o.id and l.exception is distinct from 'cancelled' and l.fulfilled_quantity < l.quantity)) as delivered
          from orders.sales_order o join channels.channel c on c.id = o.channel_id
          where ${inDays(sql`o.placed_at`, month)} group by 1),
        counted as (
          select coalesce(p.channel_code, k.channel_code, o.channel_code) as channel_code, coalesce(p.visitors, 0) as visitors,
            coalesce(p.viewers, 0) as viewers, coalesce(p.buyers, 0) as buyers, coalesce(k.carts, 0) as carts,
            coalesce(k.cart_orders, 0) as cart_orders, coalesce(o.placed, 0) as placed, coalesce(o.paid, 0) as paid,
            coalesce(o.delivered, 0) as delivered
          from people p full join cart k using (channel_code) full join placed o on o.channel_code = coalesce(p.channel_code, k.channel_code)),
        gone as (delete from insights.funnel_month g where g.month = ${month.from}::date and g.carts = 0
          and not exists (select from counted c where c.channel_code = g.channel_code))
        insert into insights.funnel_month as f (month, channel_code, visitors, viewers, buyers, carts, cart_orders, placed, paid, delivered)
        select ${month.from}::date, channel_code, visitors, viewers, buyers, carts, cart_orders, placed, paid, delivered from counted
        on conflict (month, channel_code) do update set visitors = excluded.visitors, viewers = excluded.viewers, buyers = excluded.buyers,
          carts = greatest(f.carts, excluded.carts), cart_orders = greatest(f.cart_orders, excluded.cart_orders),
          placed = excluded.placed, paid = excluded.paid, delivered = excluded.delivered`,
  )
}

/** Counts cohorts anew, from every order of the log that was not cancelled, and so of imported history too. */
export async function replaceCohorts(tx: Tx): Promise<void> {
  await execute(tx, sql`delete from insights.cohort_month`)
  await execute(
    tx,
    sql`with bought as materialized (
          select coalesce(f.root_id, i.party_id) as party_id, date_trunc('month', i.at at time zone 'Europe/Paris')::date as month,
            coalesce(i.channel_code, '') as channel_code, i.at, i.id, coalesce(i.value_minor, 0) as value_minor
          from customers.interaction i
          left join customers.party_family f on f.member_id = i.party_id
          left join orders.sales_order o on o.id = i.subject_id
          where i.kind = 'order' and o.document_state is distinct from 'cancelled'),
        first as (select distinct on (party_id) party_id, month as cohort, channel_code from bought order by party_id, at, id)
        insert into insights.cohort_month (cohort, channel_code, month, customers, orders, value_minor)
        select f.cohort, f.channel_code, b.month, count(distinct b.party_id), count(*), sum(b.value_minor)
        from bought b join first f on f.party_id = b.party_id group by 1, 2, 3`,
  )
}

export type PassageRow = { from_code: string; to_code: string; passages: number; orders: number; carried: number }

/** Passages of the months a period touches. */
export function selectPassages(db: Queryable, { from, until }: Days): Promise<PassageRow[]> {
  return query(
    db,
    sql`select from_code, to_code, sum(passages)::int as passages, sum(orders)::int as orders, sum(carried)::int as carried
        from insights.passage_month where month between date_trunc('month', ${from}::date) and ${until}::date
        group by 1, 2 order by 1, 2`,
  )
}

export type FunnelRow = {
  channel_code: string
  visitors: number
  viewers: number
  buyers: number
  carts: number
  cart_orders: number
  placed: number
  paid: number
  delivered: number
}

/** Where people were lost in the months a period touches, by channel. */
export function selectFunnel(db: Queryable, { from, until }: Days): Promise<FunnelRow[]> {
  return query(
    db,
    sql`select channel_code, sum(visitors)::int as visitors, sum(viewers)::int as viewers, sum(buyers)::int as buyers,
          sum(carts)::int as carts, sum(cart_orders)::int as cart_orders, sum(placed)::int as placed, sum(paid)::int as paid,
          sum(delivered)::int as delivered
        from insights.funnel_month where month between date_trunc('month', ${from}::date) and ${until}::date
        group by 1 order by sum(placed) desc, 1`,
  )
}

export type CohortRow = { cohort: string; month: string; customers: number; orders: number; value_minor: number }

/** Cohorts that began in the months a period touches, of a channel or of all, month by month. */
export function selectCohorts(db: Queryable, { from, until }: Days, channel: string | null): Promise<CohortRow[]> {
  return query(
    db,
    sql`select left(cohort::text, 7) as cohort, left(month::text, 7) as month, sum(customers)::int as customers,
          sum(orders)::int as orders, sum(value_minor)::float8 as value_minor
        from insights.cohort_month
        where cohort between date_trunc('month', ${from}::date) and ${until}::date and (${channel}::text is null or channel_code = ${channel})
        group by cohort, month order by cohort, month`,
  )
}

/** When paths were last counted, and notes that they are. */
export async function pathsAt(db: Queryable): Promise<Date | null> {
  const [row] = await query<{ paths_at: Date | null }>(db, sql`select paths_at from insights.follower`)
  return row?.paths_at ?? null
}

export async function notePaths(tx: Tx, at: Date): Promise<void> {
  await execute(tx, sql`update insights.follower set paths_at = ${at}`)
}
