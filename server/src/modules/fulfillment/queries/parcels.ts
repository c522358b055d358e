import type { ParcelState } from '@ecluse/contracts/parcels.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A parcel as it is stored. */
type StoredParcel = {
  order_id: string
  id: string
  fulfillment_id: string
  position: number
  state: ParcelState
  reached: Partial<Record<ParcelState, string>>
  carrier: string | null
  tracking_number: string | null
  tracking_url: string | null
  weight_grams: number | null
  resolution: 'reshipped' | 'refunded' | null
  note: string | null
}

export type ParcelRow = StoredParcel & {
  site_id: string
  site_name: string
  place_id: string
  lines: {
    lineId: string
    variantId: string
    sku: string
    name: string
    variantLabel: string
    imageUrl: string | null
    quantity: number
    lots: { lotId: string; number: string; expiresOn: string | null; units: number }[]
  }[]
}

/** Writes a parcel with its lines; the caller holds the order's lock. */
export async function insertParcel(
  tx: Tx,
  parcel: Pick<StoredParcel, 'order_id' | 'id' | 'fulfillment_id' | 'position' | 'reached' | 'weight_grams'>,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.parcel (order_id, id, fulfillment_id, position, state, reached, weight_grams)
        values (${parcel.order_id}, ${parcel.id}, ${parcel.fulfillment_id}, ${parcel.position}, 'packed',
                ${JSON.stringify(parcel.reached)}::jsonb, ${parcel.weight_grams})`,
  )
  await execute(
    tx,
    sql`insert into fulfillment.parcel_line (order_id, parcel_id, line_id, quantity)
        select ${parcel.order_id}, ${parcel.id}, l.line_id, l.quantity
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[]) as l (line_id, quantity)`,
  )
}

/** Takes a parcel that has not left apart. */
export async function deleteParcel(tx: Tx, orderId: string, parcelId: string): Promise<void> {
  await execute(tx, sql`delete from fulfillment.parcel_line where order_id = ${orderId} and parcel_id = ${parcelId}`)
  await execute(tx, sql`delete from fulfillment.parcel where order_id = ${orderId} and id = ${parcelId}`)
}

/**
 * Takes some lines of an order out of its parcels that have not left; one that is emptied is a parcel no more, and what the others
 * weigh is not known any more.
 */
export async function takeOutOfPacked(tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void> {
  const taken = await query<{ parcel_id: string }>(
    tx,
    sql`delete from fulfillment.parcel_line l using fulfillment.parcel p
        where p.order_id = l.order_id and p.id = l.parcel_id and p.state = 'packed'
          and l.order_id = ${orderId} and l.line_id = any(${lineIds}::uuid[]) returning l.parcel_id`,
  )
  if (taken.length === 0) return
  const parcelIds = taken.map((row) => row.parcel_id)
  await execute(
    tx,
    sql`update fulfillment.parcel set weight_grams = null where order_id = ${orderId} and id = any(${parcelIds}::uuid[])`,
  )
  await execute(
    tx,
    sql`delete from fulfillment.parcel p where p.order_id = ${orderId} and p.id = any(${parcelIds}::uuid[])
        and not exists (select from fulfillment.parcel_line l where l.order_id = p.order_id and l.parcel_id = p.id)`,
  )
}

/** Takes the parcels of orders that were cancelled apart. */
export async function deletePacked(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`delete from fulfillment.parcel_line l using fulfillment.parcel p
        where p.order_id = l.order_id and p.id = l.parcel_id and p.state = 'packed' and l.order_id = any(${orderIds}::uuid[])`,
  )
  await execute(tx, sql`delete from fulfillment.parcel where order_id = any(${orderIds}::uuid[]) and state = 'packed'`)
}

/** The parcels of an order, in the order they were packed. */
export function selectParcels(db: Queryable, orderId: string): Promise<ParcelRow[]> {
  return query(
    db,
    sql`select p.*, f.site_id, s.name as site_name, f.place_id,
               (select coalesce(json_agg(json_build_object('lineId', l.line_id, 'variantId', ol.variant_id, 'sku', ol.sku,
                         'name', ol.name, 'variantLabel', ol.variant_label, 'imageUrl', ol.image_url, 'quantity', l.quantity,
                         'lots', (select coalesce(json_agg(json_build_object('lotId', t.lot_id, 'number', t.number,
                                    'expiresOn', t.expires_on, 'units', t.units) order by t.number), '[]')
                                  from fulfillment.parcel_lot t where t.order_id = l.order_id
                                    and t.parcel_id = l.parcel_id and t.line_id = l.line_id))
                         order by ol.position), '[]')
                from fulfillment.parcel_line l
                join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
                where l.order_id = p.order_id and l.parcel_id = p.id) as lines
        from fulfillment.parcel p
        join fulfillment.fulfillment f on f.order_id = p.order_id and f.id = p.fulfillment_id
        join channels.site s on s.id = f.site_id
        where p.order_id = ${orderId} order by p.position`,
  )
}

/** The lines of an order that go by parcel: what was cancelled alone is no longer one of them, unless some of it had left. */
export function linesOfParcels(db: Queryable, orderId: string): Promise<{ lineId: string; quantity: number }[]> {
  return query(
    db,
    sql`select id as "lineId", quantity from (
          select l.id, l.position, case when l.exception = 'cancelled' then l.fulfilled_quantity else l.quantity end as quantity
          from orders.order_line l join orders.sales_order o on o.id = l.order_id
          left join orders.order_group g on g.order_id = l.order_id and g.no = l.group_no
          where l.order_id = ${orderId} and coalesce(g.method, o.delivery_method) = 'delivery') asked
        where quantity > 0 order by position`,
  )
}

/** Moves a parcel on; the caller holds its order's lock. */
export async function updateParcel(
  tx: Tx,
  parcel: Omit<StoredParcel, 'fulfillment_id' | 'position' | 'weight_grams'>,
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.parcel
        set state = ${parcel.state}, reached = ${JSON.stringify(parcel.reached)}::jsonb, carrier = ${parcel.carrier},
            tracking_number = ${parcel.tracking_number}, tracking_url = ${parcel.tracking_url},
            resolution = ${parcel.resolution}, note = ${parcel.note}
        where order_id = ${parcel.order_id} and id = ${parcel.id}`,
  )
}

/** Notes by which promises the units of a parcel left. */
export async function notePromises(
  tx: Tx,
  orderId: string,
  parcelId: string,
  lines: readonly { lineId: string; promiseId: string }[],
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.parcel_line l set promise_id = d.promise_id
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.promiseId)}::uuid[]) as d (line_id, promise_id)
        where l.order_id = ${orderId} and l.parcel_id = ${parcelId} and l.line_id = d.line_id`,
  )
}

/** Leaves only so many units of a line in a preparation: those that have left. */
export async function keepInPreparation(
  tx: Tx,
  orderId: string,
  fulfillmentId: string,
  line: { lineId: string; quantity: number },
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment_line set quantity = ${line.quantity}
        where order_id = ${orderId} and fulfillment_id = ${fulfillmentId} and line_id = ${line.lineId}`,
  )
}

/** What a vehicle of the depot's own carried has arrived with its delivery, or has not after all. */
export async function noteArrival(tx: Tx, orderId: string, placeId: string, at: Date | null): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.parcel p
        set state = case when ${at}::timestamptz is null then 'handed_to_carrier' else 'delivered' end,
            reached = case when ${at}::timestamptz is null then p.reached - 'delivered'
                      else p.reached || jsonb_build_object('delivered', ${at?.toISOString() ?? ''}::text) end
        from fulfillment.fulfillment f
        where p.order_id = ${orderId} and f.order_id = p.order_id and f.id = p.fulfillment_id and f.place_id = ${placeId}
          and p.state in ('handed_to_carrier', 'in_transit', 'delivered')`,
  )
}
