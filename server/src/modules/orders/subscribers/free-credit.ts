import type { Subscriber } from '../../../kernel/relay.ts'
import { adjustCredit } from '../companies/credit.ts'
import { creditOrders } from '../queries/company-orders.ts'
import { lockOrder } from '../queries/locks.ts'

/** What is owed no more, because it came back or was cancelled, may be bought on account again. */
export const freeCredit: Subscriber = {
  name: 'orders.free-credit',
  types: ['orders.return_received', 'orders.line_cancelled', 'orders.part_cancelled'],
  async handle(ctx, tx, events) {
    const ids = [...new Set(events.map(({ aggregateId }) => aggregateId))].sort()
    for (const orderId of await creditOrders(tx, ids))
      if (await lockOrder(tx, orderId)) await adjustCredit(ctx, tx, orderId)
  },
}
