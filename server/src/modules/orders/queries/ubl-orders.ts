import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { UblDocument } from '../../../kernel/ubl/ubl-order.ts'

export type UblOrderRow = {
  id: string
  company_id: string
  document_id: string
  document: UblDocument
  channel_code: string
  order_id: string | null
  request_id: string | null
  received_at: Date
}

const columns = sql`id, company_id, document_id, document, channel_code, order_id, request_id, received_at`

/** Keeps a received document; one of the same number is the one that was received before. @returns its id */
export async function keepUblOrder(tx: Tx, row: Omit<UblOrderRow, 'order_id' | 'request_id'>): Promise<string> {
  await execute(
    tx,
    sql`insert into orders.ubl_order (id, company_id, document_id, document, channel_code, received_at)
        values (${row.id}, ${row.company_id}, ${row.document_id}, ${JSON.stringify(row.document)}::json, ${row.channel_code},
          ${row.received_at})
        on conflict (company_id, document_id) do nothing`,
  )
  const kept = await maybeOne<{ id: string }>(
    tx,
    sql`select id from orders.ubl_order where company_id = ${row.company_id} and document_id = ${row.document_id}`,
  )
  return kept?.id ?? row.id
}

export function ublOrderById(db: Queryable, id: string): Promise<UblOrderRow | undefined> {
  return maybeOne(db, sql`select ${columns} from orders.ubl_order where id = ${id}`)
}

/** Notes what a document became, once. */
export async function settleUblOrder(
  db: Queryable,
  id: string,
  became: { orderId: string | null; requestId: string | null },
): Promise<void> {
  await execute(
    db,
    sql`update orders.ubl_order set order_id = ${became.orderId}, request_id = ${became.requestId}
        where id = ${id} and order_id is null and request_id is null`,
  )
}
