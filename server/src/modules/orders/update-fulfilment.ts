import type { Tx } from '../../kernel/db.ts'
import { updateGroupReady } from './queries/order-groups.ts'
import { addFulfilled, updatePreparedAt } from './queries/orders.ts'

/** Fulfilment tells the order that quantities have left; the caller holds the order's lock. */
export async function markFulfilled(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await addFulfilled(tx, orderId, lines)
}

/** Fulfilment tells the order that a part of it is ready, or no longer is. */
export async function markGroupReady(tx: Tx, orderId: string, no: number, at: Date | null): Promise<void> {
  await updateGroupReady(tx, orderId, no, at)
}

/** Fulfilment tells the order that everything is ready, or no longer is. */
export async function markPrepared(tx: Tx, orderId: string, at: Date | null): Promise<void> {
  await updatePreparedAt(tx, orderId, at)
}
