import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { vatIncludedIn } from '../../kernel/money.ts'
import { publish } from '../../kernel/outbox.ts'
import { requestRefund } from '../payments/public.ts'
import { carriageOfReturn, isGone, sumOf } from './domain/refund.ts'
import { endOrder } from './end-order.ts'
import { channelCodeOf } from './queries/list.ts'
import { creditOrder } from './queries/exchanges.ts'
import { carriagesOf, dropCarriage } from './queries/order-groups.ts'
import { updateLine, type OrderLineRow, type OrderRow } from './queries/orders.ts'
import { creditLine } from './queries/substitutions.ts'

/**
 * Cancels one line that nobody can serve, under the order's lock, and gives its price back; its promise is free already. It is out of
 * the total then. The last line that is left takes the order with it; when all others of its part have come back, the delivery is refunded
 * too, as nothing is kept (Code de la consommation, L221-24).
 * @returns ids of the payments to void outside the transaction, when the whole order ended
 */
export async function cancelLine(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  line: OrderLineRow,
  reason: string,
): Promise<{ ended: boolean; voidPaymentIds: string[] }> {
  const others = lines.filter((other) => other.id !== line.id && !isGone(other))
  if (others.length === 0 && line.fulfilled_quantity === 0)
    return { ended: true, ...(await endOrder(ctx, tx, order, lines, 'cancelled', reason)) }
  await updateLine(tx, { ...line, exception: 'cancelled' })
  // What has left of it stays sold.
  const kept = BigInt(line.fulfilled_quantity)
  const creditedMinor = line.line_total_minor - (line.line_total_minor * kept) / BigInt(line.quantity)
  const units = line.quantity - line.fulfilled_quantity
  const gone = [{ lineId: line.id, quantity: units }]
  const carriage = carriageOfReturn(await carriagesOf(tx, order, lines), lines, gone)
  const feeMinor = sumOf(carriage)
  const refundMinor = creditedMinor + feeMinor
  await creditLine(tx, order.id, line.id, (line.credited_minor ?? 0n) + creditedMinor)
  await dropCarriage(tx, order.id, carriage)
  const totalMinor = await creditOrder(tx, order.id, { creditedMinor, feeMinor, items: -units })
  const refundState =
    refundMinor === 0n
      ? null
      : await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: refundMinor })
  await publish(tx, ctx, [
    {
      type: 'orders.line_cancelled',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        lineId: line.id,
        name: line.name,
        reason,
        refundMinor: Number(refundMinor),
        carriageMinor: Number(feeMinor),
        vatMinor: Number(
          vatIncludedIn(creditedMinor, line.vat_basis_points) +
            vatIncludedIn(feeMinor, order.delivery_vat_basis_points),
        ),
        refundState,
        totalMinor: Number(totalMinor),
        currency: order.currency,
        lines: [{ lineId: line.id, variantId: line.variant_id, quantity: units }],
      },
    },
  ])
  return { ended: false, voidPaymentIds: [] }
}
