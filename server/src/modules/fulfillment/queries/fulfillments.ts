import type { SubstitutionWish } from '@ecluse/contracts/substitution-wish.ts'
import sql, { empty, join } from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type FulfillmentState = 'to_prepare' | 'ready' | 'handed_over' | 'shipped' | 'cancelled'

export type FulfillmentRow = {
  order_id: string
  id: string
  order_number: string
  channel_code: string
  site_id: string
  site_name: string
  place_id: string
  method: 'delivery' | 'pickup' | 'carry_out'
  state: FulfillmentState
  customer_name: string | null
  pickup_code: string | null
  due_at: Date | null
  created_at: Date
  ready_at: Date | null
  closed_at: Date | null
  carrier: string | null
  tracking_number: string | null
  /** The part of a mixed order it prepares. */
  group_no: number | null
  collector_name: string | null
  collected_by: string | null
  substitutions: SubstitutionWish | null
  gift: boolean
  /** The change its buyer is asked for, in place of something that is missing. */
  asked_change_id: string | null
  lines: {
    lineId: string
    variantId: string
    sku: string
    gtin: string | null
    name: string
    variantLabel: string
    imageUrl: string | null
    quantity: number
    location: string | null
    substituteFor: string | null
  }[]
}

export type NewFulfillment = {
  orderId: string
  id: string
  placeId: string
  siteId: string
  method: 'delivery' | 'pickup'
  groupNo: number | null
  dueAt: Date | null
  lines: readonly { lineId: string; quantity: number }[]
}

/** Opens preparations with their lines; those that are open already are left alone, with the lines they have now. */
export async function insertFulfillments(tx: Tx, rows: readonly NewFulfillment[], now: Date): Promise<void> {
  const lines = rows.flatMap((row) => row.lines.map((line) => ({ ...line, orderId: row.orderId, id: row.id })))
  await execute(
    tx,
    sql`with opened as (
          insert into fulfillment.fulfillment (order_id, id, place_id, site_id, method, state, due_at, created_at, group_no)
          select f.order_id, f.id, f.place_id, f.site_id, f.method, 'to_prepare', f.due_at, ${now}, f.group_no
          from unnest(${rows.map((r) => r.orderId)}::uuid[], ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.placeId)}::uuid[],
            ${rows.map((r) => r.siteId)}::uuid[], ${rows.map((r) => r.method)}::text[], ${rows.map((r) => r.dueAt)}::timestamptz[],
            ${rows.map((r) => r.groupNo)}::smallint[])
            as f (order_id, id, place_id, site_id, method, due_at, group_no)
          on conflict do nothing returning order_id, id)
        insert into fulfillment.fulfillment_line (order_id, fulfillment_id, line_id, quantity)
        select l.* from unnest(${lines.map((l) => l.orderId)}::uuid[], ${lines.map((l) => l.id)}::uuid[],
          ${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[]) as l (order_id, fulfillment_id, line_id, quantity)
        join opened o on o.order_id = l.order_id and o.id = l.fulfillment_id`,
  )
}

/** Takes a line out of a preparation. @returns how many lines are left in it */
export async function removeLine(tx: Tx, orderId: string, fulfillmentId: string, lineId: string): Promise<number> {
  await execute(
    tx,
    sql`delete from fulfillment.fulfillment_line
        where order_id = ${orderId} and fulfillment_id = ${fulfillmentId} and line_id = ${lineId}`,
  )
  const { n } = await one<{ n: number }>(
    tx,
    sql`select count(*)::int as n from fulfillment.fulfillment_line
        where order_id = ${orderId} and fulfillment_id = ${fulfillmentId}`,
  )
  return n
}

/** The open preparations that have lines of an order. */
export function openWithLines(
  db: Queryable,
  orderId: string,
  lineIds: readonly string[],
): Promise<{ id: string; line_id: string; ready_at: Date | null }[]> {
  return query(
    db,
    sql`select f.id, l.line_id, f.ready_at from fulfillment.fulfillment f
        join fulfillment.fulfillment_line l on l.order_id = f.order_id and l.fulfillment_id = f.id
        where f.order_id = ${orderId} and f.state in ('to_prepare', 'ready') and l.line_id = any(${lineIds}::uuid[])
        order by f.id, l.line_id`,
  )
}

/** The open preparation of an order, or of one part of it, at a place. */
export async function openAt(
  db: Queryable,
  orderId: string,
  placeId: string,
  groupNo: number | null,
): Promise<{ id: string; state: FulfillmentState } | undefined> {
  const rows = await query<{ id: string; state: FulfillmentState }>(
    db,
    sql`select id, state from fulfillment.fulfillment
        where order_id = ${orderId} and place_id = ${placeId} and state in ('to_prepare', 'ready')
          and group_no is not distinct from ${groupNo}::smallint order by id limit 1`,
  )
  return rows[0]
}

/** Adds a line to a preparation, which is to be made (again). */
export async function addLine(
  tx: Tx,
  orderId: string,
  fulfillmentId: string,
  line: { lineId: string; quantity: number },
): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.fulfillment_line (order_id, fulfillment_id, line_id, quantity)
        values (${orderId}, ${fulfillmentId}, ${line.lineId}, ${line.quantity})`,
  )
  await execute(
    tx,
    sql`update fulfillment.fulfillment set state = 'to_prepare', ready_at = null
        where order_id = ${orderId} and id = ${fulfillmentId}`,
  )
}

/** A preparation of an order that is ready, if one is. */
export async function readyOf(db: Queryable, orderId: string): Promise<{ id: string } | undefined> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from fulfillment.fulfillment where order_id = ${orderId} and state = 'ready' order by id limit 1`,
  )
  return rows[0]
}

/** Whether a line is in a preparation of its order that was not given up. */
export async function isPrepared(db: Queryable, orderId: string, lineId: string): Promise<boolean> {
  const rows = await query<{ line_id: string }>(
    db,
    sql`select l.line_id from fulfillment.fulfillment_line l
        join fulfillment.fulfillment f on f.order_id = l.order_id and f.id = l.fulfillment_id and f.state <> 'cancelled'
        where l.order_id = ${orderId} and l.line_id = ${lineId} limit 1`,
  )
  return rows.length > 0
}

/** The order a preparation belongs to. */
export async function orderOf(db: Queryable, fulfillmentId: string): Promise<{ order_id: string } | undefined> {
  return maybeOne(db, sql`select order_id from fulfillment.fulfillment where id = ${fulfillmentId}`)
}

const selectAll = sql`
  select f.order_id, f.id, o.number as order_number, ch.code as channel_code, f.site_id, s.name as site_name, f.place_id, f.method, f.state,
         o.contact_name as customer_name, case when f.method = 'pickup' then coalesce(g.pickup_code, o.pickup_code) end as pickup_code,
         f.group_no, f.due_at, f.created_at, f.ready_at, f.closed_at, f.carrier, f.tracking_number, f.collected_by, o.substitutions,
         exists (select from orders.order_gift g where g.order_id = f.order_id) as gift,
         (select c.id from orders.order_change c where c.order_id = f.order_id and c.state = 'waiting'
            and c.plan -> 'substitute' ->> 'fulfillmentId' = f.id::text) as asked_change_id,
         (select c.name from fulfillment.collector c where c.order_id = f.order_id) as collector_name,
         coalesce((select json_agg(json_build_object('lineId', l.line_id, 'variantId', ol.variant_id, 'sku', ol.sku, 'gtin', v.gtin,
                     'name', ol.name, 'variantLabel', ol.variant_label, 'imageUrl', ol.image_url, 'quantity', l.quantity,
                     'location', i.location,
                     'substituteFor', (select concat_ws(', ', m.name, nullif(m.variant_label, '')) from orders.order_line m
                       where m.order_id = ol.order_id and m.id = ol.substitute_for))
                     order by ol.position)
                   from fulfillment.fulfillment_line l
                   join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
                   left join inventory.stock_item i on i.pool_id = ol.pool_id
                   left join catalog.variant v on v.id = ol.variant_id
                   where l.order_id = f.order_id and l.fulfillment_id = f.id), '[]') as lines
  from fulfillment.fulfillment f
  join orders.sales_order o on o.id = f.order_id
  join channels.channel ch on ch.id = o.channel_id
  join channels.site s on s.id = f.site_id
  left join orders.order_group g on g.order_id = f.order_id and g.no = f.group_no`

export async function selectFulfillment(
  db: Queryable,
  orderId: string,
  id: string,
): Promise<FulfillmentRow | undefined> {
  return maybeOne(db, sql`${selectAll} where f.order_id = ${orderId} and f.id = ${id}`)
}

export type FulfillmentFilter = {
  siteIds: readonly string[] | null
  siteId?: string | undefined
  states?: readonly FulfillmentState[] | undefined
  /** Only what should have been prepared by then. */
  lateAt?: Date | undefined
  method?: 'delivery' | 'pickup' | undefined
  q?: string | undefined
  code?: string | undefined
  beforeId?: string | undefined
  limit: number
}

/** Preparations, newest first. */
export async function listFulfillmentRows(db: Queryable, filter: FulfillmentFilter): Promise<FulfillmentRow[]> {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`true`,
    filter.siteIds ? sql`f.site_id = any(${filter.siteIds}::uuid[])` : empty,
    filter.siteId ? sql`f.site_id = ${filter.siteId}` : empty,
    filter.states ? sql`f.state = any(${filter.states}::text[])` : empty,
    filter.lateAt ? sql`f.state = 'to_prepare' and f.due_at < ${filter.lateAt}` : empty,
    filter.method ? sql`f.method = ${filter.method}` : empty,
    filter.q
      ? sql`(replace(o.number, '-', '') like ${`${filter.code ?? ''}%`} or coalesce(g.pickup_code, o.pickup_code) = ${filter.code ?? ''}
             or public.unaccent(o.contact_name) ilike public.unaccent(${like}))`
      : empty,
    filter.beforeId ? sql`f.id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(db, sql`${selectAll} where ${join(conditions, ' and ')} order by f.id desc limit ${filter.limit + 1}`)
}

/** Moves a preparation on; the caller holds its order's lock. */
export async function updateFulfillment(
  tx: Tx,
  orderId: string,
  id: string,
  change: {
    state: FulfillmentState
    readyAt: Date | null
    closedAt: Date | null
    carrier?: string | null
    trackingNumber?: string | null
  },
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment
        set state = ${change.state}, ready_at = ${change.readyAt}, closed_at = ${change.closedAt},
            carrier = coalesce(${change.carrier ?? null}, carrier),
            tracking_number = coalesce(${change.trackingNumber ?? null}, tracking_number)
        where order_id = ${orderId} and id = ${id}`,
  )
}

/** Lines of an order that are being prepared or are ready, and where. */
export function openLinesOf(
  db: Queryable,
  orderId: string,
): Promise<{ lineId: string; variantId: string; placeId: string }[]> {
  return query(
    db,
    sql`select l.line_id as "lineId", ol.variant_id as "variantId", f.place_id as "placeId"
        from fulfillment.fulfillment f
        join fulfillment.fulfillment_line l on l.order_id = f.order_id and l.fulfillment_id = f.id
        join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
        where f.order_id = ${orderId} and f.state in ('to_prepare', 'ready')`,
  )
}

/** Closes the preparations of orders that were cancelled. */
export async function cancelFulfillments(tx: Tx, orderIds: readonly string[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment set state = 'cancelled', closed_at = ${now}
        where order_id = any(${orderIds}::uuid[]) and state in ('to_prepare', 'ready')`,
  )
}

/** How many preparations of an order, or of one part of it, are still to be made. */
export async function countToPrepare(db: Queryable, orderId: string, groupNo: number | null = null): Promise<number> {
  return (
    await one<{ n: number }>(
      db,
      sql`select count(*)::int as n from fulfillment.fulfillment where order_id = ${orderId} and state = 'to_prepare'
            and (${groupNo}::smallint is null or group_no = ${groupNo}::smallint)`,
    )
  ).n
}

/** How many preparations each place has opened since an instant. */
export async function countOpened(db: Queryable, since: Date): Promise<Map<string, number>> {
  const rows = await query<{ placeId: string; n: number }>(
    db,
    sql`select place_id as "placeId", count(*)::int as n from fulfillment.fulfillment
        where created_at >= ${since} and state <> 'cancelled' group by place_id`,
  )
  return new Map(rows.map(({ placeId, n }) => [placeId, n]))
}

export type WorkCounts = { to_prepare: number; ready: number; late: number; to_ship: number }

/** The work of the day. */
export async function countWork(db: Queryable, siteIds: readonly string[] | null, now: Date): Promise<WorkCounts> {
  return one(
    db,
    sql`select count(*) filter (where state = 'to_prepare' and method = 'pickup')::int as to_prepare,
               count(*) filter (where state = 'ready' and method = 'pickup')::int as ready,
               count(*) filter (where state = 'to_prepare' and due_at < ${now})::int as late,
               count(*) filter (where method = 'delivery')::int as to_ship
        from fulfillment.fulfillment where state in ('to_prepare', 'ready')
          and (${siteIds}::uuid[] is null or site_id = any(${siteIds}::uuid[]))`,
  )
}

/** How many articles a shop, or all, have run out of. */
export async function countOutOfStock(db: Queryable, siteIds: readonly string[] | null): Promise<number> {
  return (
    await one<{ n: number }>(
      db,
      sql`select count(*)::int as n from inventory.stock_item i
          join promises.pool p on p.id = i.pool_id
          join inventory.place pl on pl.id = i.place_id
          join catalog.variant v on v.id = i.variant_id and v.archived_at is null
          where p.capacity + p.overbooking - p.safety - p.held - p.committed <= 0
            and (${siteIds}::uuid[] is null or pl.site_id = any(${siteIds}::uuid[]))`,
    )
  ).n
}
