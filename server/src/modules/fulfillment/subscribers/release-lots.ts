import type { Subscriber } from '../../../kernel/relay.ts'
import { releasePicks } from '../../inventory/public.ts'
import { lockOrder } from '../../orders/public.ts'
import { openLinesOf } from '../queries/fulfillments.ts'

/** What was put aside for lines that are not prepared any more, or elsewhere, may be sold to others. */
export const releaseLots: Subscriber = {
  name: 'fulfillment.release-lots',
  types: [
    'orders.order_cancelled',
    'orders.line_cancelled',
    'orders.part_cancelled',
    'orders.order_changed',
    'fulfillment.line_refused',
  ],
  async handle(_ctx, tx, events) {
    await releasePicks(
      tx,
      events.map(({ aggregateId }) => aggregateId),
      async (orderId) => {
        const order = await lockOrder(tx, orderId)
        return order?.document_state === 'confirmed' ? openLinesOf(tx, orderId) : []
      },
    )
  },
}
