import type { Subscriber } from '../../../kernel/relay.ts'
import { lockOrder } from '../../orders/public.ts'
import { lowerOpenLines } from '../queries/changes.ts'

/** An order was changed, perhaps before its preparations were opened from what had been bought: they need fewer. */
export const followChanges: Subscriber = {
  name: 'fulfillment.follow-changes',
  types: ['orders.order_changed'],
  async handle(_ctx, tx, events) {
    for (const { aggregateId, payload } of events) {
      await lockOrder(tx, aggregateId)
      await lowerOpenLines(tx, aggregateId, (payload as { lines: { lineId: string; quantity: number }[] }).lines)
    }
  },
}
