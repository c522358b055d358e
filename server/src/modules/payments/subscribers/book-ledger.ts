import type { Subscriber } from '../../../kernel/relay.ts'
import { bookedEvents, transferOf } from '../domain/transfers.ts'
import { insertEntries } from '../queries/ledger.ts'

/** Books every event of money in the ledger, once: the transfer's id is the event's. */
export const bookLedger: Subscriber = {
  name: 'payments.book-ledger',
  types: bookedEvents,
  async handle(ctx, tx, events) {
    const entries = events.flatMap(transferOf)
    if (entries.length > 0) await insertEntries(tx, entries, ctx.clock.now())
  },
}
