import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** What an order was promised beside its goods. */
export type OrderPromiseRow = {
  order_id: string
  promise_id: string
  pool_id: string
  kind: 'spending' | 'credit' | 'window' | 'bay' | 'fitting_room' | 'appointment' | 'seat' | 'booking_class'
  quantity: number
}

export async function insertOrderPromises(tx: Tx, rows: readonly OrderPromiseRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_promise
        select r.* from json_populate_recordset(null::orders.order_promise, ${asJson(rows)}::json) r`,
  )
}

/** Everything an order was promised: the units of its lines, and the rest. */
export async function promisesOfOrder(
  db: Queryable,
  orderId: string,
): Promise<{ poolId: string; id: string; kind: OrderPromiseRow['kind'] | null }[]> {
  return query(
    db,
    sql`select pool_id as "poolId", promise_id as id, null::text as kind from orders.order_line where order_id = ${orderId}
        union all select pool_id, promise_id, kind from orders.order_promise where order_id = ${orderId}`,
  )
}
