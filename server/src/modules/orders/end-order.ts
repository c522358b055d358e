import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { vatIncludedIn } from '../../kernel/money.ts'
import { paymentsOf, refundsOf, requestRefund, voidPaymentsOf } from '../payments/public.ts'
import { settlePromises } from '../promises/public.ts'
import { orderEnded } from './order-events.ts'
import { channelCodeOf } from './queries/list.ts'
import { reopenQuote } from './queries/carts.ts'
import { promisesOfOrder } from './queries/order-promises.ts'
import { updateDocumentState, type OrderLineRow, type OrderRow } from './queries/orders.ts'

export type Ending = 'cancelled' | 'expired'

/**
 * Ends an order that will not be delivered, under its lock: what was promised is freed, what was taken is given back, what was only
 * authorised is let go by whoever calls the provider afterwards.
 * @returns ids of the payments to void outside the transaction
 */
export async function endOrder(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  ending: Ending,
  reason: string,
): Promise<{ voidPaymentIds: string[] }> {
  const promises = await promisesOfOrder(tx, order.id)
  const unpaid = order.document_state === 'awaiting_payment'
  await settlePromises(ctx, tx, unpaid ? (ending === 'expired' ? 'expire' : 'release') : 'cancel', promises)
  await updateDocumentState(tx, order.id, ending, reason)
  // What was agreed upon in a quote can be ordered again when nothing was paid.
  if (unpaid) await reopenQuote(tx, order.id)
  // Let go first, then look: a capture that was under way has either been waited for and is seen, or finds nothing to take.
  const voided = await voidPaymentsOf(tx, order.id, ctx.clock.now())
  // What was cancelled alone, or replaced, was refunded and booked then, and is out of the total already.
  const kept = lines.filter((line) => line.exception !== 'cancelled')
  const owed = await leftOf(tx, order.id)
  const refundState =
    owed > 0n ? await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: owed }) : null
  const vatMinor = kept.reduce(
    (sum, line) => sum + line.vat_minor,
    vatIncludedIn(order.delivery_fee_minor, order.delivery_vat_basis_points),
  )
  await publish(tx, ctx, [
    orderEnded(
      ending === 'expired' ? 'orders.order_expired' : 'orders.order_cancelled',
      order,
      kept,
      await channelCodeOf(tx, order.channel_id),
      {
        reason,
        vatMinor,
        refundState,
      },
    ),
  ])
  // What was to be paid on account is owed no more; only a bank has something to let go.
  return { voidPaymentIds: voided.flatMap(({ id, method }) => (method === 'online_card' ? [id] : [])) }
}

/** What was taken for an order and not given back. */
async function leftOf(tx: Tx, orderId: string): Promise<bigint> {
  const captured = (await paymentsOf(tx, [orderId])).filter((payment) => payment.state === 'captured')
  const ids = new Set(captured.map(({ id }) => id))
  const given = (await refundsOf(tx, [orderId])).filter(
    ({ payment_id, state }) => ids.has(payment_id) && state !== 'failed',
  )
  const sum = (amounts: readonly { amount_minor: bigint }[]) =>
    amounts.reduce((total, one) => total + one.amount_minor, 0n)
  return sum(captured) - sum(given)
}
