import sql from 'sql-template-tag'
import { maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type RatingRow = { score: number; comment: string; rated_at: Date; changed_at: Date }

/** What was said of an order. */
export function selectRating(db: Queryable, orderId: string): Promise<RatingRow | undefined> {
  return maybeOne(db, sql`select score, comment, rated_at, changed_at from service.rating where order_id = ${orderId}`)
}

/** Whether its buyer has something of an order: of what was sent, it counts from when it left. */
export async function hasReceived(db: Queryable, orderId: string): Promise<boolean> {
  const { received } = await one<{ received: boolean }>(
    db,
    sql`select exists (select from orders.order_line l where l.order_id = ${orderId} and l.fulfilled_quantity > 0) as received`,
  )
  return received
}

/** Keeps what is said of an order, in the place of what was said before. */
export function upsertRating(
  tx: Tx,
  orderId: string,
  { score, comment, at }: { score: number; comment: string; at: Date },
): Promise<RatingRow> {
  return one(
    tx,
    sql`insert into service.rating (order_id, score, comment, rated_at, changed_at) values (${orderId}, ${score}, ${comment}, ${at}, ${at})
        on conflict (order_id) do update set score = excluded.score, comment = excluded.comment, changed_at = excluded.changed_at
        returning score, comment, rated_at, changed_at`,
  )
}

export type RatedOrderRow = RatingRow & {
  order_id: string
  number: string
  channel_code: string
  site_name: string | null
}

export type RatingFilter = {
  readonly from: string
  readonly until: string
  readonly channel: string | null
  readonly siteId: string | null
  /** The shops whoever asks may see; null: all. */
  readonly maySee: readonly string[] | null
  readonly most: number
  readonly limit: number
}

/** What was said of the orders of a period, the latest first. */
export function selectRatings(db: Queryable, filter: RatingFilter): Promise<RatedOrderRow[]> {
  const { from, until, channel, siteId, maySee, most, limit } = filter
  return query(
    db,
    sql`select r.score, r.comment, r.rated_at, r.changed_at, o.id as order_id, o.number, c.code as channel_code, s.name as site_name
        from service.rating r
        join orders.sales_order o on o.id = r.order_id
        join channels.channel c on c.id = o.channel_id
        left join channels.site s on s.id = o.site_id
        where o.placed_at >= ${from}::date::timestamp at time zone 'Europe/Paris'
          and o.placed_at < (${until}::date + 1)::timestamp at time zone 'Europe/Paris'
          and (${channel}::text is null or c.code = ${channel}) and (${siteId}::uuid is null or o.site_id = ${siteId})
          and (${maySee}::uuid[] is null or o.site_id = any(${maySee}::uuid[])) and r.score <= ${most}
        order by r.changed_at desc, r.order_id desc limit ${limit}`,
  )
}
