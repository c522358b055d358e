import type { Ctx } from '../../kernel/context.ts'
import { requireSite } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { paymentsOf } from '../payments/public.ts'
import { endOrder } from './end-order.ts'
import { lockOrder } from './queries/locks.ts'
import { selectOrderLines } from './queries/orders.ts'

/**
 * Cancels an order of which nothing has left. Stock is freed and money returned.
 * @returns ids of the payments to void outside the transaction
 * @throws orders.not_found, orders.not_cancellable, access.wrong_site
 */
export async function cancelOrder(
  ctx: Ctx,
  tx: Tx,
  orderId: string,
  reason: string,
): Promise<{ voidPaymentIds: string[] }> {
  const order = await lockOrder(tx, orderId)
  if (!order) throw refuse('orders.not_found')
  if (order.site_id) requireSite(ctx.actor, order.site_id)
  const lines = await selectOrderLines(tx, [orderId])
  const alive = order.document_state === 'confirmed' || order.document_state === 'awaiting_payment'
  if (!alive || lines.some((line) => line.fulfilled_quantity > 0)) throw refuse('orders.not_cancellable')
  // Its part of the money goes back once it was taken: until then the rest cannot be let go.
  if (lines.some((line) => line.exception === 'cancelled') && (await owesCapture(tx, orderId)))
    throw refuse('orders.not_cancellable')
  return endOrder(ctx, tx, order, lines, 'cancelled', reason)
}

async function owesCapture(tx: Tx, orderId: string): Promise<boolean> {
  return (await paymentsOf(tx, [orderId])).some((payment) => payment.state === 'authorised')
}
