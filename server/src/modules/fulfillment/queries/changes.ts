import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Lines of an order that are ready, packed or gone, whole or in part. */
export async function startedLines(db: Queryable, orderId: string): Promise<ReadonlySet<string>> {
  const rows = await query<{ line_id: string }>(
    db,
    sql`select l.line_id from fulfillment.fulfillment_line l
        join fulfillment.fulfillment f on f.order_id = l.order_id and f.id = l.fulfillment_id
        where l.order_id = ${orderId} and f.state not in ('to_prepare', 'cancelled')
        union
        select p.line_id from fulfillment.parcel_line p where p.order_id = ${orderId}`,
  )
  return new Set(rows.map((row) => row.line_id))
}

/** The preparations of an order that are to be made, with what each has of its lines. */
export function openPreparations(
  db: Queryable,
  orderId: string,
): Promise<
  {
    id: string
    place_id: string
    method: 'delivery' | 'pickup'
    due_at: Date | null
    line_id: string
    quantity: number
  }[]
> {
  return query(
    db,
    sql`select f.id, f.place_id, f.method, f.due_at, l.line_id, l.quantity from fulfillment.fulfillment f
        join fulfillment.fulfillment_line l on l.order_id = f.order_id and l.fulfillment_id = f.id
        where f.order_id = ${orderId} and f.state = 'to_prepare' order by f.id, l.line_id`,
  )
}

/** Whether preparations of an order were opened, whatever became of them. */
export async function wasOpened(db: Queryable, orderId: string): Promise<boolean> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from fulfillment.fulfillment where order_id = ${orderId} limit 1`,
  )
  return rows.length > 0
}

/** Sets how many units of a line a preparation is to have. */
export async function updateOpenLine(
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
