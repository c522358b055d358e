import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { FulfillmentState } from './fulfillments.ts'

export type DriveSiteRow = { site_id: string; bays: number; slot_minutes: number; capacity: number; active: boolean }

export async function putDriveSite(tx: Tx, row: DriveSiteRow): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.drive_site (site_id, bays, slot_minutes, capacity, active)
        values (${row.site_id}, ${row.bays}, ${row.slot_minutes}, ${row.capacity}, ${row.active})
        on conflict (site_id) do update set bays = excluded.bays, slot_minutes = excluded.slot_minutes,
          capacity = excluded.capacity, active = excluded.active`,
  )
}

export function selectDriveSites(db: Queryable, siteId: string | null = null): Promise<DriveSiteRow[]> {
  return query(
    db,
    sql`select * from fulfillment.drive_site where ${siteId}::uuid is null or site_id = ${siteId} order by site_id`,
  )
}

export type DriveSlotRow = { id: string; site_id: string; starts_at: Date; ends_at: Date; closed: boolean }

/** Makes slots that are not there. */
export async function insertSlots(tx: Tx, rows: readonly DriveSlotRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.drive_slot
        select r.* from json_populate_recordset(null::fulfillment.drive_slot, ${asJson(rows)}::json) r on conflict do nothing`,
  )
}

/** Coming slots of a site with what they take and what is left. */
export function selectSlots(
  db: Queryable,
  siteId: string,
  from: Date,
): Promise<(DriveSlotRow & { capacity: bigint; taken: bigint })[]> {
  return query(
    db,
    sql`select s.*, p.capacity, p.held + p.committed as taken
        from fulfillment.drive_slot s join promises.pool p on p.id = s.id
        where s.site_id = ${siteId} and s.starts_at >= ${from} order by s.starts_at`,
  )
}

export function selectSlot(
  db: Queryable,
  slotId: string,
): Promise<(DriveSlotRow & { capacity: bigint; taken: bigint }) | undefined> {
  return maybeOne(
    db,
    sql`select s.*, p.capacity, p.held + p.committed as taken
        from fulfillment.drive_slot s join promises.pool p on p.id = s.id where s.id = ${slotId}`,
  )
}

/** Closes or opens slots that begin from an instant on, by their ids. */
export async function closeOtherSlots(tx: Tx, siteId: string, from: Date, open: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.drive_slot set closed = not (id = any(${open}::uuid[]))
        where site_id = ${siteId} and starts_at >= ${from} and closed = (id = any(${open}::uuid[]))`,
  )
}

/** The slot an order was promised; undefined when it was promised none. */
export function slotOfOrder(db: Queryable, orderId: string): Promise<DriveSlotRow | undefined> {
  return maybeOne(
    db,
    sql`select s.* from orders.order_promise p join fulfillment.drive_slot s on s.id = p.pool_id
        where p.order_id = ${orderId} and p.kind = 'bay' limit 1`,
  )
}

/** Whether a shop has still something to hand over of an order; also while its preparation is about to be opened. */
export async function isAwaited(db: Queryable, orderId: string, siteId: string): Promise<boolean> {
  const row = await one<{ awaited: boolean }>(
    db,
    sql`select coalesce(bool_or(f.state in ('to_prepare', 'ready')), true) as awaited
        from fulfillment.fulfillment f where f.order_id = ${orderId} and f.site_id = ${siteId} and f.method = 'pickup'`,
  )
  return row.awaited
}

export type DriveVisitRow = {
  order_id: string
  site_id: string
  arrived_at: Date
  vehicle: string
  bay: number | null
  bay_promise_id: string | null
  served_at: Date | null
}

export function selectVisit(db: Queryable, orderId: string): Promise<DriveVisitRow | undefined> {
  return maybeOne(db, sql`select * from fulfillment.drive_visit where order_id = ${orderId}`)
}

/** Writes a visit as it is now; the caller holds its order's lock. */
export async function saveVisit(tx: Tx, row: DriveVisitRow): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.drive_visit select r.* from json_populate_recordset(null::fulfillment.drive_visit, ${asJson([row])}::json) r
        on conflict (order_id) do update set vehicle = excluded.vehicle, bay = excluded.bay,
          bay_promise_id = excluded.bay_promise_id, served_at = excluded.served_at`,
  )
}

export type BoardRow = {
  order_id: string
  number: string
  customer_name: string | null
  starts_at: Date
  ends_at: Date
  fulfillment_id: string | null
  state: FulfillmentState | null
  arrived_at: Date | null
  vehicle: string | null
  bay: number | null
  served_at: Date | null
}

/** The customers of a drive between two instants, and those who wait still. */
export function selectBoard(db: Queryable, siteId: string, from: Date, until: Date): Promise<BoardRow[]> {
  return query(
    db,
    sql`select o.id as order_id, o.number, o.contact_name as customer_name, s.starts_at, s.ends_at, f.id as fulfillment_id, f.state,
               v.arrived_at, v.vehicle, v.bay, v.served_at
        from fulfillment.drive_slot s
        join orders.order_promise p on p.pool_id = s.id and p.kind = 'bay'
        join orders.sales_order o on o.id = p.order_id and o.document_state = 'confirmed'
        left join fulfillment.drive_visit v on v.order_id = o.id
        left join lateral (select id, state from fulfillment.fulfillment f
          where f.order_id = o.id and f.method = 'pickup' and f.site_id = s.site_id and f.state <> 'cancelled' order by f.id limit 1) f on true
        where s.site_id = ${siteId}
          and (s.starts_at >= ${from} and s.starts_at < ${until} or v.arrived_at is not null and v.served_at is null)
        order by (v.arrived_at is null or v.served_at is not null), v.arrived_at, s.starts_at, o.id`,
  )
}
