import type { Subscriber } from '../../../kernel/relay.ts'
import { countEarnings } from '../count-earnings.ts'

/**
 * Counts points again whenever something befell an order that changes what is kept of it, or when it is certain. Must come after who
 * recognises buyers. What is booked is the difference to the ledger, so an event heard twice books nothing.
 */
export const earnPoints: Subscriber = {
  name: 'loyalty.earn-points',
  types: [
    'orders.order_placed',
    'orders.order_cancelled',
    'orders.return_received',
    'orders.articles_exchanged',
    'orders.line_cancelled',
    'orders.part_cancelled',
    'orders.order_changed',
    'orders.units_refunded',
    'orders.line_substituted',
    'orders.line_shortened',
    'fulfillment.handed_over',
    'fulfillment.shipped',
    'fulfillment.parcel_delivered',
    'fulfillment.parcel_in_transit',
    'fulfillment.parcel_lost',
    'fulfillment.parcel_returned',
  ],
  async handle(ctx, tx, events) {
    await countEarnings(ctx, tx, [...new Set(events.map(({ aggregateId }) => aggregateId))])
  },
}
