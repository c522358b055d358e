import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../kernel/db.ts'
import type { OrderRow } from './orders.ts'

/**
 * Locks of orders, taken in this order: the order's document, then its promises, then pools. Every change to an order
 * begins here, so that two people cannot hand over and cancel the same order at once.
 */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  return maybeOne(tx, sql`select * from orders.sales_order where id = ${orderId} for update`)
}
