import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

/** A line of which nothing is handed over, because another stands in for it, is not owed; the caller holds the order's lock. */
export async function creditLine(tx: Tx, orderId: string, lineId: string, creditedMinor: bigint): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line set credited_minor = nullif(${creditedMinor}, 0)
        where order_id = ${orderId} and id = ${lineId}`,
  )
}
