import sql from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'
import type { Days } from './order-facts.ts'

/** What customers do themselves on their way to an order. */
const touchKinds = [
  'order',
  'visit_signed_in',
  'visit_anonymous',
  'store_visit',
  'call_answered',
  'reservation',
  'appointment',
  'quote_acceptance',
  'click',
  'answer',
  'sales_visit',
]

/** Alike journeys: the channels in order, how many days before the end each was, how many ended in an order and how many came to none. */
type PurchaseJourneys = { path: string[]; ages: number[]; conversions: number; losses: number; value: number }

/** Of a journey, so many contacts at the most: the last ones. */
const mostContacts = 12

/**
 * Journeys that ended in some days. One goes on until an order, or until nothing came for `lookback` days; one that may still end in an
 * order is left out. Contacts in one channel on one day are one. From eight days on, ages are told in whole weeks, so that alike
 * journeys fall together and a million of them stay a few thousand rows.
 */
export function purchaseJourneys(
  db: Queryable,
  { from, until }: Days,
  { lookback, now }: { lookback: number; now: Date },
): Promise<PurchaseJourneys[]> {
  return query(
    db,
    sql`with phone as (select c.code from channels.channel c where c.medium = 'phone' order by c.position, c.code limit 1),
        touch as (
          select coalesce(f.root_id, i.party_id) as party_id, i.at, i.id, i.kind = 'order' as bought, coalesce(i.value_minor, 0) as value_minor,
            (i.at at time zone 'Europe/Paris')::date as day,
            coalesce(i.channel_code, case when i.kind = 'call_answered' then (select code from phone) end) as channel_code
          from customers.interaction i
          left join customers.party_family f on f.member_id = i.party_id
          left join orders.sales_order o on o.id = i.subject_id and i.kind = 'order'
          where i.kind = any(${touchKinds}::text[]) and o.document_state is distinct from 'cancelled'
            and i.at >= (${from}::date - ${lookback * 3}::int)::timestamp at time zone 'Europe/Paris'
            and i.at < (${until}::date + ${lookback + 1}::int)::timestamp at time zone 'Europe/Paris'),
        step as (
          select t.*, (coalesce(lag(bought) over w, true) or at > lag(at) over w + make_interval(days => ${lookback}::int))::int as fresh
          from touch t where channel_code is not null window w as (partition by party_id order by at, bought, id)),
        numbered as (select s.*, sum(fresh) over (partition by party_id order by at, bought, id) as journey from step s),
        kept as (
          select n.*, max(at) over j as ended,
            lead(channel_code) over w is distinct from channel_code or lead(day) over w is distinct from day as last_of_day
          from numbered n window j as (partition by party_id, journey), w as (partition by party_id, journey order by at, bought, id)),
        placed as (
          select k.*, floor(extract(epoch from ended - at) / 86400)::int as age,
            row_number() over (partition by party_id, journey order by at desc, bought desc, id desc) as back
          from kept k where last_of_day),
        journey as (
          select bool_or(bought) as bought, max(ended) as ended, sum(value_minor) filter (where bought) as value_minor,
            array_agg(channel_code order by back desc) as path,
            array_agg(case when age <= 7 then age else age / 7 * 7 end order by back desc) as ages
          from placed where back <= ${mostContacts} group by party_id, journey)
        select path, ages, count(*) filter (where bought)::int as conversions, count(*) filter (where not bought)::int as losses,
          coalesce(sum(value_minor), 0)::float8 as value
        from journey
        where ended >= ${from}::date::timestamp at time zone 'Europe/Paris'
          and ended < (${until}::date + 1)::timestamp at time zone 'Europe/Paris'
          and (bought or ended < ${now}::timestamptz - make_interval(days => ${lookback}::int))
        group by path, ages order by path, ages`,
  )
}

/** Orders that stand of some days, those of buyers nobody knows included. */
export async function ordersOfDays(db: Queryable, { from, until }: Days): Promise<number> {
  const { orders } = await one<{ orders: number }>(
    db,
    sql`select coalesce(sum(orders), 0)::float8 as orders from insights.sales_day where day between ${from}::date and ${until}::date`,
  )
  return orders
}
