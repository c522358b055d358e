import type { Subscriber } from '../../../kernel/relay.ts'
import { lockOrder, selectOrderLines } from '../../orders/public.ts'
import { followLines } from '../follow-lines.ts'

/** An order was changed, perhaps before its preparations were opened from what had been bought: they are those of the order as it is. */
export const followChanges: Subscriber = {
  name: 'fulfillment.follow-changes',
  types: ['orders.order_changed'],
  async handle(ctx, tx, events) {
    for (const { aggregateId, payload } of events) {
      await lockOrder(tx, aggregateId)
      const { lines, destinationChanged } = payload as { lines: { lineId: string }[]; destinationChanged: boolean }
      const ids = destinationChanged
        ? (await selectOrderLines(tx, [aggregateId])).map(({ id }) => id)
        : lines.map(({ lineId }) => lineId)
      await followLines(ctx, tx, aggregateId, ids)
    }
  },
}
