import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { vatIncludedIn } from '../../kernel/money.ts'
import { publish } from '../../kernel/outbox.ts'
import { requestRefund } from '../payments/public.ts'
import { refundOf } from './domain/refund.ts'
import { channelCodeOf } from './queries/list.ts'
import { carriagesOf, noteCarriageBack } from './queries/order-groups.ts'
import { addReturned, selectOrderLines, type OrderRow } from './queries/orders.ts'

/**
 * Gives back the price of units that left and never arrived, under the order's lock. They count as returned: nobody can hand them back.
 * `lost` says that nothing of them came back.
 * @returns what is given back, in minor units, carriage included when nothing else of its part of the order is kept
 */
export async function refundUnits(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  units: readonly { lineId: string; quantity: number }[],
  { lost = false } = {},
): Promise<bigint> {
  const lines = await selectOrderLines(tx, [order.id])
  const refund = refundOf(await carriagesOf(tx, order, lines), lines, units)
  await addReturned(tx, order.id, units)
  await noteCarriageBack(tx, order.id, refund.carriage)
  const refundState =
    refund.totalMinor === 0n
      ? null
      : await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: refund.totalMinor })
  await publish(tx, ctx, [
    {
      type: 'orders.units_refunded',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        refundMinor: Number(refund.totalMinor),
        carriageMinor: Number(refund.feeMinor),
        vatMinor: Number(refund.lineVatMinor + vatIncludedIn(refund.feeMinor, order.delivery_vat_basis_points)),
        refundState,
        ...(lost ? { lost } : {}),
        currency: order.currency,
        lines: units.map(({ lineId, quantity }) => ({
          lineId,
          variantId: lines.find(({ id }) => id === lineId)?.variant_id ?? '',
          quantity,
        })),
      },
    },
  ])
  return refund.totalMinor
}
