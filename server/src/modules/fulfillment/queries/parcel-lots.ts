import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { ParcelShare } from '../domain/share-lots.ts'

/** Parcels with some lines that have not left, and the lots known of them, in the order they were packed. */
export function selectShares(
  db: Queryable,
  orderId: string,
  lineIds: readonly string[],
): Promise<(ParcelShare & { readonly lineId: string })[]> {
  return query(
    db,
    sql`select l.parcel_id as "parcelId", l.line_id as "lineId", l.quantity,
               (select coalesce(json_agg(json_build_object('lotId', t.lot_id, 'units', t.units) order by t.lot_id), '[]')
                from fulfillment.parcel_lot t
                where t.order_id = l.order_id and t.parcel_id = l.parcel_id and t.line_id = l.line_id) as lots
        from fulfillment.parcel_line l
        join fulfillment.parcel p on p.order_id = l.order_id and p.id = l.parcel_id
        where l.order_id = ${orderId} and p.state = 'packed' and l.line_id = any(${lineIds}::uuid[]) order by p.position`,
  )
}

export type ParcelLot = {
  readonly parcelId: string
  readonly lineId: string
  readonly lotId: string
  readonly number: string
  readonly expiresOn: string | null
  readonly units: number
}

/** Writes which lots of some lines lie in some parcels, instead of what was known. */
export async function replaceLots(
  tx: Tx,
  orderId: string,
  of: { readonly parcelIds: readonly string[]; readonly lineIds: readonly string[] },
  lots: readonly ParcelLot[],
): Promise<void> {
  await execute(
    tx,
    sql`delete from fulfillment.parcel_lot
        where order_id = ${orderId} and parcel_id = any(${of.parcelIds}::uuid[]) and line_id = any(${of.lineIds}::uuid[])`,
  )
  if (lots.length === 0) return
  await execute(
    tx,
    sql`insert into fulfillment.parcel_lot (order_id, parcel_id, line_id, lot_id, number, expires_on, units)
        select ${orderId}, d."parcelId", d."lineId", d."lotId", d.number, d."expiresOn", d.units
        from json_to_recordset(${asJson(lots)}::json)
          as d ("parcelId" uuid, "lineId" uuid, "lotId" uuid, number text, "expiresOn" date, units int)`,
  )
}
