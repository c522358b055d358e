import type { Subscriber } from '../../../kernel/relay.ts'
import type { ReadModel } from '../../offers/public.ts'
import { lockOrder, ordersWaitingFor, selectOrderLines } from '../../orders/public.ts'
import { serveLine } from '../resolve-line.ts'

/** Orders looked at for one piece of news; the rest is served by the next that comes in. */
const mostOrders = 200

/** Stock came in: lines that wait for it are served, the oldest orders first. */
export const createServeWaitingLines = (model: ReadModel): Subscriber => ({
  name: 'fulfillment.serve-waiting',
  types: ['inventory.stock_moved'],
  async handle(ctx, tx, events) {
    const moved = new Set(events.flatMap(({ payload }) => (payload['variantIds'] as string[] | undefined) ?? []))
    if (moved.size === 0) return
    for (const orderId of await ordersWaitingFor(tx, [...moved], mostOrders)) {
      const order = await lockOrder(tx, orderId)
      if (order?.document_state !== 'confirmed') continue
      for (const line of await selectOrderLines(tx, [orderId]))
        if (line.exception === 'waiting' && moved.has(line.variant_id)) await serveLine(ctx, tx, model, order, line)
    }
  },
})
