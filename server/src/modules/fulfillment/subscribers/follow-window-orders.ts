import type { Subscriber } from '../../../kernel/relay.ts'
import { lockOrder } from '../../orders/public.ts'
import { endVisit } from '../drive/visits.ts'
import { dropLines } from '../drop-lines.ts'
import { bookStops, windowPromisesOf } from '../queries/route-days.ts'
import { removeStops } from '../window-desk.ts'

/** A part of an order was cancelled: its delivery leaves its day, and its customer is not waited for at the drive. */
export const followCancelledParts: Subscriber = {
  name: 'fulfillment.follow-parts',
  types: ['orders.part_cancelled'],
  async handle(ctx, tx, events) {
    for (const { aggregateId, payload } of events) {
      const order = await lockOrder(tx, aggregateId)
      const { timed, promiseId, lines } = payload as Cancelled
      if (order)
        await dropLines(
          ctx,
          tx,
          order,
          lines.map(({ lineId }) => lineId),
        )
      if (timed === 'window' && promiseId) await removeStops(ctx, tx, [promiseId])
      if (timed === 'drive') await endVisit(ctx, tx, aggregateId)
    }
  },
}

type Cancelled = {
  timed: 'window' | 'drive' | null
  promiseId: string | null
  lines: readonly { lineId: string }[]
}

/** An order with a window was placed, or holds one until it is paid: its delivery is booked. One that ended gives it back. */
export const followWindowOrders: Subscriber = {
  name: 'fulfillment.follow-windows',
  types: [
    'orders.order_reserved',
    'orders.order_placed',
    'orders.order_changed',
    'orders.change_asked',
    'orders.order_cancelled',
    'orders.order_expired',
  ],
  async handle(ctx, tx, events) {
    const promises = await windowPromisesOf(tx, [...new Set(events.map((event) => event.aggregateId))])
    if (promises.length === 0) return
    const ended = new Set(
      events
        .filter(({ type }) => type === 'orders.order_cancelled' || type === 'orders.order_expired')
        .map((event) => event.aggregateId),
    )
    await bookStops(tx, promises)
    const freed = promises.filter((promise) => ended.has(promise.order_id)).map((promise) => promise.stop_id)
    if (freed.length > 0) await removeStops(ctx, tx, freed)
  },
}
