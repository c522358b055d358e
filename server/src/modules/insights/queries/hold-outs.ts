import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** Sums over the people of an arm of a journey, of a channel or, where it is null, of all: what means and spreads are made of. */
export type HoldOutRow = {
  journey_id: string
  name: string
  held_out: boolean
  people: number
  channel: string | null
  orders: number
  orders_squares: number
  sales: number
  sales_squares: number
}

/**
 * What people ordered within some days of entering a journey that keeps some from being contacted: those of whom these days are over, each
 * at their first entry; who is kept out of everything is in no arm.
 */
export function holdOutSums(
  db: Queryable,
  days: Days,
  { within, now }: { within: number; now: Date },
): Promise<HoldOutRow[]> {
  return query(
    db,
    sql`with entered as (
          select distinct on (p.journey_id, p.party_id) p.journey_id, p.party_id, p.held_out, p.entered_at
          from engagement.journey_participant p
          where ${inDays(sql`p.entered_at`, days)} and not p.held_out_of_all and p.state <> 'merged'
            and p.entered_at < ${now}::timestamptz - make_interval(days => ${within}::int)
          order by p.journey_id, p.party_id, p.entered_at),
        tested as (select journey_id from entered group by journey_id having bool_or(held_out)),
        arm as (select e.journey_id, e.held_out, count(*)::int as people from entered e join tested using (journey_id) group by 1, 2),
        bought as (
          select e.journey_id, e.held_out, e.party_id, i.channel_code, count(*)::float8 as orders, sum(coalesce(i.value_minor, 0))::float8 as sales
          from entered e join tested using (journey_id)
          join customers.interaction i on i.party_id = e.party_id and i.kind = 'order'
            and i.at >= e.entered_at and i.at < e.entered_at + make_interval(days => ${within}::int)
          left join orders.sales_order o on o.id = i.subject_id
          where o.document_state is distinct from 'cancelled'
          group by 1, 2, 3, 4),
        person as (
          select journey_id, held_out, channel_code, orders, sales from bought where channel_code is not null
          union all
          select journey_id, held_out, null, sum(orders), sum(sales) from bought group by journey_id, held_out, party_id)
        select a.journey_id, j.name, a.held_out, a.people, b.channel_code as channel, coalesce(sum(b.orders), 0)::float8 as orders,
          coalesce(sum(b.orders * b.orders), 0)::float8 as orders_squares, coalesce(sum(b.sales), 0)::float8 as sales,
          coalesce(sum(b.sales * b.sales), 0)::float8 as sales_squares
        from arm a join engagement.journey j on j.id = a.journey_id
        left join person b on b.journey_id = a.journey_id and b.held_out = a.held_out
        group by a.journey_id, j.name, a.held_out, a.people, b.channel_code
        order by j.name, a.journey_id, a.held_out, b.channel_code nulls first`,
  )
}
