import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { FulfillmentState } from './fulfillments.ts'

export type RoundRow = {
  id: string
  site_id: string
  site_name: string
  actor: string | null
  created_at: Date
  done_at: Date | null
}

export async function insertRound(
  tx: Tx,
  row: { id: string; siteId: string; actor: string | null; at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.picking_round (id, site_id, actor, created_at)
        values (${row.id}, ${row.siteId}, ${row.actor}, ${row.at})`,
  )
}

/** Puts preparations that are to be made and in no other round into one, each with its tray. @returns those it took */
export async function takeIntoRound(
  tx: Tx,
  roundId: string,
  members: readonly { orderId: string; id: string; tray: number }[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`update fulfillment.fulfillment f set round_id = ${roundId}, tray = m.tray
        from unnest(${members.map((m) => m.orderId)}::uuid[], ${members.map((m) => m.id)}::uuid[],
          ${members.map((m) => m.tray)}::int[]) as m (order_id, id, tray)
        where f.order_id = m.order_id and f.id = m.id and f.state = 'to_prepare' and f.round_id is null
        returning f.id`,
  )
  return rows.map((row) => row.id)
}

/** The order and the shop of each preparation: the most urgent first and, due at the same time, who bought first. */
export function ownersOf(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; order_id: string; site_id: string }[]> {
  return query(
    db,
    sql`select id, order_id, site_id from fulfillment.fulfillment where id = any(${ids}::uuid[])
        order by due_at nulls last, order_id, id`,
  )
}

export async function selectRound(db: Queryable, id: string): Promise<RoundRow | undefined> {
  return maybeOne(
    db,
    sql`select r.*, s.name as site_name from fulfillment.picking_round r join channels.site s on s.id = r.site_id
        where r.id = ${id}`,
  )
}

export type RoundCountRow = RoundRow & { orders: number; units: number; picked: number }

/** The rounds that are being picked, oldest first. */
export function openRounds(db: Queryable, siteIds: readonly string[] | null): Promise<RoundCountRow[]> {
  return query(
    db,
    sql`select r.*, s.name as site_name, count(distinct f.id)::int as orders, coalesce(sum(l.quantity), 0)::int as units,
               coalesce(sum(least(l.picked, l.quantity)), 0)::int as picked
        from fulfillment.picking_round r
        join channels.site s on s.id = r.site_id
        left join fulfillment.fulfillment f on f.round_id = r.id
        left join fulfillment.fulfillment_line l on l.order_id = f.order_id and l.fulfillment_id = f.id
        where r.done_at is null and (${siteIds}::uuid[] is null or r.site_id = any(${siteIds}::uuid[]))
        group by r.id, s.name order by r.created_at`,
  )
}

export type PickRow = {
  order_id: string
  fulfillment_id: string
  order_number: string
  customer_name: string | null
  tray: number
  state: FulfillmentState
  line_id: string
  variant_id: string
  sku: string
  gtin: string | null
  name: string
  variant_label: string
  image_url: string | null
  place_name: string
  location: string | null
  quantity: number
  picked: number
}

/** Every line of a round, with where it lies. */
export function picksOf(db: Queryable, roundId: string): Promise<PickRow[]> {
  return query(
    db,
    sql`select f.order_id, f.id as fulfillment_id, o.number as order_number, o.contact_name as customer_name, f.tray, f.state,
               l.line_id, ol.variant_id, ol.sku, v.gtin, ol.name, ol.variant_label, ol.image_url, p.name as place_name,
               i.location, l.quantity, least(l.picked, l.quantity) as picked
        from fulfillment.fulfillment f
        join fulfillment.fulfillment_line l on l.order_id = f.order_id and l.fulfillment_id = f.id
        join orders.sales_order o on o.id = f.order_id
        join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
        join inventory.place p on p.id = f.place_id
        left join inventory.stock_item i on i.pool_id = ol.pool_id
        left join catalog.variant v on v.id = ol.variant_id
        where f.round_id = ${roundId} order by f.tray, ol.position`,
  )
}

/** Says how many units of a line are picked, no more than it needs. @returns whether the line is there */
export async function updatePicked(
  tx: Tx,
  { orderId, fulfillmentId, lineId }: { orderId: string; fulfillmentId: string; lineId: string },
  picked: number,
): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update fulfillment.fulfillment_line set picked = least(${picked}::int, quantity)
          where order_id = ${orderId} and fulfillment_id = ${fulfillmentId} and line_id = ${lineId}`,
    )) > 0
  )
}

/** Ends a round; its preparations are in none any more. */
export async function endRound(tx: Tx, roundId: string, at: Date): Promise<void> {
  await execute(tx, sql`update fulfillment.picking_round set done_at = ${at} where id = ${roundId}`)
  await execute(tx, sql`update fulfillment.fulfillment set round_id = null, tray = null where round_id = ${roundId}`)
}
