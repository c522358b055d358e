import type { Subscriber } from '../../../kernel/relay.ts'
import { giveDownloads } from '../downloads/give-downloads.ts'
import { revokeGrants } from '../queries/downloads.ts'

type Placed = { lines: readonly { downloadFrom?: string }[] }

/** An order was placed: its files are given at once to whoever asked for it. */
export const giveOnOrderPlaced: Subscriber = {
  name: 'orders.give-downloads',
  types: ['orders.order_placed'],
  async handle(ctx, tx, events) {
    for (const { aggregateId, payload } of events)
      if ((payload as Placed).lines.some(({ downloadFrom }) => downloadFrom !== undefined))
        await giveDownloads(ctx, tx, aggregateId)
  },
}

/** An order ended: nothing of it can be fetched any more. */
export const revokeOnCancelled: Subscriber = {
  name: 'orders.revoke-downloads',
  types: ['orders.order_cancelled'],
  async handle(ctx, tx, events) {
    for (const { aggregateId } of events)
      await revokeGrants(tx, { orderId: aggregateId }, 'order cancelled', ctx.clock.now())
  },
}
