import type { Subscriber } from '../../../kernel/relay.ts'
import { standingOrderOf } from '../queries/route-days.ts'
import { removeStops } from '../window-desk.ts'

/** A window that was kept for a quote or a request is free again: the delivery that was written down for it leaves its day. */
export const followKeptHours: Subscriber = {
  name: 'fulfillment.follow-kept-hours',
  types: ['orders.hour_released'],
  async handle(ctx, tx, events) {
    for (const { payload } of events) {
      const { stopIds } = payload as { stopIds: readonly string[] }
      for (const stopId of stopIds) if (!(await standingOrderOf(tx, stopId))) await removeStops(ctx, tx, [stopId])
    }
  },
}
