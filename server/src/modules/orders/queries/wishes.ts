import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** An article that is wanted for what is sent back. */
export type WishRow = {
  order_id: string
  request_id: string
  position: number
  variant_id: string
  sku: string
  name: string
  variant_label: string
  image_url: string | null
  quantity: number
  unit_price_minor: bigint
  vat_basis_points: number
  price_rule: string
  place_id: string
  pool_id: string
  promise_id: string
  /** Put aside; given for what came back, or about to be once it is paid; or free again. */
  state: 'held' | 'given' | 'released'
}

export async function insertWishes(tx: Tx, rows: readonly WishRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.return_wish
        select r.* from json_populate_recordset(null::orders.return_wish, ${asJson(rows)}::json) r`,
  )
}

/** What is wanted for a return; nothing for most. */
export function wishesOf(db: Queryable, request: { order_id: string; id: string }): Promise<WishRow[]> {
  return query(
    db,
    sql`select * from orders.return_wish where order_id = ${request.order_id} and request_id = ${request.id} order by position`,
  )
}

/** Moves what is put aside for a return on; the caller holds its order's lock. @returns what moved */
export function moveWishes(
  tx: Tx,
  request: { order_id: string; id: string },
  to: 'given' | 'released',
): Promise<WishRow[]> {
  return query(
    tx,
    sql`update orders.return_wish set state = ${to}
        where order_id = ${request.order_id} and request_id = ${request.id} and state = 'held' returning *`,
  )
}

/** Says what a return gave back after all, when its exchange was not paid for. */
export async function updateReturnRefund(tx: Tx, orderId: string, returnId: string, minor: bigint): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_return set refund_minor = ${minor} where order_id = ${orderId} and id = ${returnId}`,
  )
}
