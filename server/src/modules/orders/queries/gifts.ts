import sql from 'sql-template-tag'
import { asJson, execute, type Tx } from '../../../kernel/db.ts'

export type GiftRow = { order_id: string; message: string }

export async function insertGifts(tx: Tx, rows: readonly GiftRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_gift
        select r.* from json_populate_recordset(null::orders.order_gift, ${asJson(rows)}::json) r`,
  )
}
