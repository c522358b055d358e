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

/** Sets how many units of lines are to be prepared, where they are not prepared yet; more than there were is left alone. */
export async function lowerOpenLines(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment_line l set quantity = d.quantity
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[]) as d (line_id, quantity),
          fulfillment.fulfillment f
        where l.order_id = ${orderId} and l.line_id = d.line_id and d.quantity between 1 and l.quantity
          and f.order_id = l.order_id and f.id = l.fulfillment_id and f.state = 'to_prepare'`,
  )
}
