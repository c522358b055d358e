import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

/** What of a line is not owed any more, because it was cancelled or another stands in for it; the caller holds the order's lock. */
export async function creditLine(tx: Tx, orderId: string, lineId: string, creditedMinor: bigint): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line set credited_minor = nullif(${creditedMinor}, 0)
        where order_id = ${orderId} and id = ${lineId}`,
  )
}

/** Makes a line shorter, and the sums of its order by as much; the caller holds its lock. */
export async function lowerLine(
  tx: Tx,
  orderId: string,
  line: { lineId: string; quantity: number; totalMinor: bigint; vatMinor: bigint },
  by: { minor: bigint; units: number },
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line
        set quantity = ${line.quantity}, line_total_minor = ${line.totalMinor}, vat_minor = ${line.vatMinor}
        where order_id = ${orderId} and id = ${line.lineId}`,
  )
  await execute(
    tx,
    sql`update orders.sales_order
        set subtotal_minor = subtotal_minor - ${by.minor}, total_minor = total_minor - ${by.minor},
            item_count = item_count - ${by.units}
        where id = ${orderId}`,
  )
}
