import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { settlePromises } from '../../promises/public.ts'
import { channelCodeOf } from '../queries/list.ts'
import { deleteOrderPromise, updateChange, type OrderChangeRow } from '../queries/order-changes.ts'
import type { OrderRow } from '../queries/orders.ts'
import { refundInstead } from '../returns/give-exchange.ts'
import { takesOf } from './plan.ts'

/**
 * Gives up a change that waits, under its order's lock: what was held for it is free again.
 * @returns deliveries in windows that are not needed any more
 */
export async function dropWaiting(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: OrderChangeRow,
  state: 'withdrawn' | 'expired' | 'overtaken',
): Promise<string[]> {
  await settlePromises(ctx, tx, 'release', takesOf(row.plan))
  const window = row.plan.delivery?.window
  if (window) await deleteOrderPromise(tx, order.id, window.promiseId)
  if (row.plan.exchange) await refundInstead(ctx, tx, order, row.plan.exchange)
  await updateChange(tx, { ...row, state, ended_at: ctx.clock.now() })
  await publish(tx, ctx, [
    {
      type: 'orders.change_dropped',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        changeId: row.id,
        askedBy: row.asked_by,
        endReason: state,
        lines: [...row.plan.added, ...row.plan.moved].map(({ variantId, quantity }) => ({ variantId, quantity })),
      },
    },
  ])
  return window ? [window.promiseId] : []
}
