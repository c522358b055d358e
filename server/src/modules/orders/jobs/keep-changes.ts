import { z } from 'zod'
import { job, type Job } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import type { ChangingDeps } from '../changes/change-order.ts'
import { dropWaiting } from '../changes/drop-waiting.ts'
import { keepChanges } from '../changes/pay-change.ts'
import { lockOrder } from '../queries/locks.ts'
import { waitingChangeOf } from '../queries/order-changes.ts'

/** Settles changes of orders by how their payments ended, and gives up those whose time is over. */
export function createKeepChanges(deps: ChangingDeps): Job {
  return job({
    name: 'orders.keep-changes',
    payload: z.object({}),
    schedule: '* * * * *',
    run: (ctx) => keepChanges(deps, ctx),
  })
}

/** An order was cancelled: what was held for a change of it is free again. */
export const dropChangesOfEnded: Subscriber = {
  name: 'orders.drop-changes',
  types: ['orders.order_cancelled'],
  async handle(ctx, tx, events) {
    for (const { aggregateId } of events) {
      const order = await lockOrder(tx, aggregateId)
      const waiting = order && (await waitingChangeOf(tx, aggregateId))
      if (waiting) await dropWaiting(ctx, tx, order, waiting, 'overtaken')
    }
  },
}
