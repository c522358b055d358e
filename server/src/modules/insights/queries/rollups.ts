import sql from 'sql-template-tag'
import { execute, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { eventsBetween } from '../../../kernel/outbox.ts'
import type { ProductDay, SalesDay, SegmentDay } from '../domain/count-sales.ts'
import { inDays, type Days } from './order-facts.ts'

/** Rows of a day as JSON: sums travel as text, for they may be larger than a JSON number. */
function asJson(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** Puts what was counted of some days in the place of what stood there, by day, by segment and by product. */
export async function replaceSales(
  tx: Tx,
  { from, until }: Days,
  counted: { sales: readonly SalesDay[]; segments: readonly SegmentDay[]; products: readonly ProductDay[] },
): Promise<void> {
  await execute(tx, sql`delete from insights.sales_day where day between ${from}::date and ${until}::date`)
  await execute(tx, sql`delete from insights.segment_day where day between ${from}::date and ${until}::date`)
  await execute(tx, sql`delete from insights.product_day where day between ${from}::date and ${until}::date`)
  await execute(
    tx,
    sql`insert into insights.sales_day
        select * from json_populate_recordset(null::insights.sales_day, ${asJson(counted.sales)}::json)`,
  )
  await execute(
    tx,
    sql`insert into insights.segment_day
        select * from json_populate_recordset(null::insights.segment_day, ${asJson(counted.segments)}::json)`,
  )
  await execute(
    tx,
    sql`insert into insights.product_day
        select * from json_populate_recordset(null::insights.product_day, ${asJson(counted.products)}::json)`,
  )
}

/** Adds up the products of the month some days lie in. */
export async function replaceMonth(tx: Tx, day: string): Promise<void> {
  await execute(tx, sql`delete from insights.product_month where month = date_trunc('month', ${day}::date)::date`)
  await execute(
    tx,
    sql`insert into insights.product_month (month, channel_code, site_id, product_id, units, revenue_minor, cost_minor,
          returned_units, returned_minor, goods_back_minor)
        select date_trunc('month', ${day}::date)::date, channel_code, site_id, product_id, sum(units), sum(revenue_minor),
          sum(cost_minor), sum(returned_units), sum(returned_minor), sum(goods_back_minor)
        from insights.product_day
        where day >= date_trunc('month', ${day}::date) and day < date_trunc('month', ${day}::date) + interval '1 month'
        group by channel_code, site_id, product_id`,
  )
}

/**
 * Counts the log of some days anew: visits and those that ended in an order, articles looked at, who asked to be called, and what
 * messages and calls that no order caused cost: a message what was noted of it, a call a contact of its channel. What other systems told
 * of those days is added.
 */
export async function replaceContacts(tx: Tx, days: Days): Promise<void> {
  const { from, until } = days
  await execute(tx, sql`delete from insights.contact_day where day between ${from}::date and ${until}::date`)
  await execute(
    tx,
    sql`with seen as (
          select (i.at at time zone 'Europe/Paris')::date as day, i.channel_code,
            count(*) filter (where i.kind in ('visit_signed_in', 'visit_anonymous', 'store_visit')) as visits,
            count(*) filter (where i.kind = 'product_view') as views,
            count(*) filter (where i.kind <> 'product_view' and exists (select from customers.interaction b
              where b.party_id = i.party_id and b.kind = 'order' and b.channel_code = i.channel_code
                and b.at >= i.at and b.at < i.at + interval '1 day')) as converted,
            0::bigint as asked, 0::bigint as answered, 0::bigint as answer_seconds, 0::bigint as outreach_micro
          from customers.interaction i
          where i.kind in ('visit_signed_in', 'visit_anonymous', 'store_visit', 'product_view') and ${inDays(sql`i.at`, days)}
          group by 1, 2),
        asked as (
          select (k.created_at at time zone 'Europe/Paris')::date as day,
            (select c.code from channels.channel c where c.medium = 'phone' order by c.position, c.code limit 1) as channel_code,
            0::bigint as visits, 0::bigint as views, 0::bigint as converted, count(*) as asked, count(first.at) as answered,
            coalesce(sum(floor(extract(epoch from first.at - k.created_at))), 0)::bigint as answer_seconds,
            0::bigint as outreach_micro
          from engagement.call k
          left join lateral (select min(a.at) as at from engagement.call_attempt a
            where a.party_id = k.party_id and a.call_id = k.id) first on true
          where k.asked and ${inDays(sql`k.created_at`, days)}
          group by 1, 2),
        written as (
          select (m.sent_at at time zone 'Europe/Paris')::date as day,
            (select c.code from channels.channel c where c.medium = m.medium order by c.position, c.code limit 1) as channel_code,
            0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, sum(coalesce(m.cost_micro, k.cost_micro)) as outreach_micro
          from engagement.message m
          left join engagement.contact k on k.party_id = m.party_id and k.id::text = m.occurrence
          where ${inDays(sql`m.sent_at`, days)} and coalesce(m.cost_micro, k.cost_micro) > 0
            and not exists (select from orders.sales_order o where o.id = m.order_id)
          group by 1, 2),
        called as (
          select (a.at at time zone 'Europe/Paris')::date as day, p.code as channel_code,
            0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, sum(p.per_contact_minor) * 10000 as outreach_micro
          from engagement.call_attempt a
          cross join lateral (select c.code, m.per_contact_minor
            from channels.channel c join channels.channel_cost m on m.channel_id = c.id
            where c.id = (select f.id from channels.channel f where f.medium = 'phone' order by f.position, f.code limit 1)
            order by m.valid_from <= (a.at at time zone 'Europe/Paris')::date desc,
              case when m.valid_from <= (a.at at time zone 'Europe/Paris')::date then m.valid_from end desc, m.valid_from limit 1) p
          where ${inDays(sql`a.at`, days)} and p.per_contact_minor > 0
          group by 1, 2)
        insert into insights.contact_day (day, channel_code, visits, views, converted, asked, answered, answer_seconds, outreach_micro)
        select day, coalesce(channel_code, ''), sum(visits), sum(views), sum(converted), sum(asked), sum(answered), sum(answer_seconds),
          sum(outreach_micro)
        from (select * from seen union all select * from asked union all select * from written union all select * from called
          union all select p.day, p.channel_code, p.visits, p.views, p.converted, 0, 0, 0, p.outreach_micro
          from insights.past_contact p where p.day between ${from}::date and ${until}::date) each
        group by 1, 2`,
  )
}

/** What stands counted of some days, as text that is the same when all its figures are. */
export async function fingerprints(db: Queryable, { from, until }: Days): Promise<Map<string, string>> {
  const rows = await query<{ day: string; print: string }>(
    db,
    sql`select day, md5(string_agg(line, E'\n' order by line)) as print from (
          select day, s::text as line from insights.sales_day s where day between ${from}::date and ${until}::date
          union all select day, p::text from insights.product_day p where day between ${from}::date and ${until}::date
          union all select day, c::text from insights.contact_day c where day between ${from}::date and ${until}::date) each
        group by day`,
  )
  return new Map(rows.map(({ day, print }) => [day, print]))
}

/** The first day of which anything is known; undefined where there is nothing. */
export async function firstDay(db: Queryable): Promise<string | undefined> {
  const row = await one<{ day: string | null }>(
    db,
    sql`select to_char(least((select min(placed_at) from orders.sales_order), (select min(created_at) from orders.order_return),
          (select min(at) from customers.interaction where kind in ('visit_signed_in', 'visit_anonymous', 'store_visit', 'product_view')),
          (select min(created_at) from engagement.call),
          (select min(day)::timestamp at time zone 'Europe/Paris' from insights.past_sale),
          (select min(day)::timestamp at time zone 'Europe/Paris' from insights.past_contact)) at time zone 'Europe/Paris', 'YYYY-MM-DD') as day`,
  )
  return row.day ?? undefined
}

/**
 * Marks the days that events tell of: those of their order and its returns; of customers who became one or two again, of all their
 * orders; of a purchase price or a channel's costs, since they hold. Events up to `until` that everybody else has heard are looked
 * at, from a little before the last time on, for a transaction may end later than its events were numbered.
 */
export async function markFromEvents(tx: Tx, from: string, until: string): Promise<void> {
  await execute(
    tx,
    sql`with heard as materialized ${eventsBetween(from, until)},
        touched as (
          select distinct h.aggregate_id as order_id from heard h
          where h.type not in ('customers.parties_merged', 'customers.parties_unmerged', 'channels.costs_changed', 'inventory.supplier_order_changed')
          union
          select i.subject_id from heard h
          join customers.party m on m.id in ((h.payload ->> 'survivorId')::uuid, (h.payload ->> 'absorbedId')::uuid)
            or m.survivor_id in ((h.payload ->> 'survivorId')::uuid, (h.payload ->> 'absorbedId')::uuid)
          join customers.interaction i on i.party_id = m.id and i.kind = 'order'
          where h.type in ('customers.parties_merged', 'customers.parties_unmerged')),
        supplied as (
          select (s.ordered_at at time zone 'Europe/Paris')::date as day, v.product_id
          from heard h join inventory.supplier_order s on s.supplier_order_id = h.aggregate_id
          join inventory.supplier_order_line l on l.supplier_order_id = s.supplier_order_id
          join catalog.variant v on v.id = l.variant_id
          where h.type = 'inventory.supplier_order_changed' and s.ordered_at is not null)
        insert into insights.stale_day (day)
        select (s.placed_at at time zone 'Europe/Paris')::date from touched t join orders.sales_order s on s.id = t.order_id
        -- The visit it began with may have been the day before.
        union select (i.at at time zone 'Europe/Paris')::date from touched t join orders.sales_order s on s.id = t.order_id
          join customers.interaction i on i.party_id = s.party_id and i.kind in ('visit_signed_in', 'visit_anonymous', 'store_visit')
            and i.at > s.placed_at - interval '1 day' and i.at <= s.placed_at
        union select (r.created_at at time zone 'Europe/Paris')::date from touched t join orders.order_return r on r.order_id = t.order_id
        union select d.day from heard h join insights.sales_day d on d.channel_code = h.payload ->> 'code'
          and d.day >= (h.payload ->> 'validFrom')::date where h.type = 'channels.costs_changed'
        union select d.day from heard h join insights.contact_day d on d.channel_code = h.payload ->> 'code'
          and d.day >= (h.payload ->> 'validFrom')::date where h.type = 'channels.costs_changed'
        union select d.day from supplied u join insights.product_day d on d.product_id = u.product_id and d.day >= u.day
        on conflict do nothing`,
  )
}

/** Marks the days of what the log was given since an instant, which no event tells. */
export async function markFromLog(tx: Tx, since: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into insights.stale_day (day)
        select (i.at at time zone 'Europe/Paris')::date from customers.interaction i
          where i.kind in ('visit_signed_in', 'visit_anonymous', 'store_visit', 'product_view') and i.at >= ${since}
        union select (k.created_at at time zone 'Europe/Paris')::date from engagement.call k where k.asked and k.created_at >= ${since}
        union select (a.at at time zone 'Europe/Paris')::date from engagement.call_attempt a where a.at >= ${since}
        union select (coalesce(o.placed_at, m.sent_at) at time zone 'Europe/Paris')::date from engagement.message m
          left join orders.sales_order o on o.id = m.order_id where m.sent_at >= ${since}
        union select (k.created_at at time zone 'Europe/Paris')::date from engagement.call_attempt a
          join engagement.call k on k.party_id = a.party_id and k.id = a.call_id where k.asked and a.at >= ${since}
        on conflict do nothing`,
  )
}

/** Marks all days from one to another. */
export async function markDays(tx: Tx, { from, until }: Days): Promise<void> {
  await execute(
    tx,
    sql`insert into insights.stale_day (day) select generate_series(${from}::date, ${until}::date, interval '1 day')::date
        on conflict do nothing`,
  )
}

/**
 * The latest days to be counted again, which follow each other within a month; what is marked again meanwhile stays marked. They are
 * chosen here: how many days are marked changes so fast that PostgreSQL, asked to choose and delete at once, plans for none.
 */
export async function takeStaleDays(tx: Tx): Promise<Days | undefined> {
  const marked = await query<{ day: string; number: number }>(
    tx,
    sql`select to_char(day, 'YYYY-MM-DD') as day, day - date '2000-01-01' as number from insights.stale_day
        where day >= (select date_trunc('month', max(day)) from insights.stale_day) order by day desc`,
  )
  const last = marked[0]
  if (last === undefined) return undefined
  const days = marked.filter(({ number }, at) => number === last.number - at).map(({ day }) => day)
  await execute(tx, sql`delete from insights.stale_day where day = any(${days}::date[])`)
  return { from: days.at(-1) ?? last.day, until: last.day }
}

/** Notes how far was followed, and until when counting rests. */
export async function noteFollowed(
  tx: Tx,
  { followedTo, lookedAt, restsUntil }: { followedTo: string | null; lookedAt: Date; restsUntil: Date | null },
): Promise<void> {
  await execute(
    tx,
    sql`update insights.follower set followed_to = coalesce(${followedTo}::uuid, followed_to), looked_at = ${lookedAt},
          rests_until = ${restsUntil}`,
  )
}

/** Notes what a recount of everything found. */
export async function noteRecount(
  tx: Queryable,
  recounted: { at: Date; days: number; different: number },
): Promise<void> {
  await execute(
    tx,
    sql`update insights.follower set recounted_at = ${recounted.at}, recounted_days = ${recounted.days},
          different_days = ${recounted.different}`,
  )
}

/** How fresh the figures are. */
export function freshness(db: Queryable): Promise<{
  looked_at: Date | null
  recounted_at: Date | null
  recounted_days: number | null
  different_days: number | null
  stale_days: number
}> {
  return one(
    db,
    sql`select looked_at, recounted_at, recounted_days, different_days,
          (select count(*)::int from insights.stale_day) as stale_days from insights.follower`,
  )
}
