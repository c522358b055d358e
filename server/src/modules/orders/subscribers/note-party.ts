import type { Subscriber } from '../../../kernel/relay.ts'
import { updateParties } from '../queries/orders.ts'

/** The buyer was recognised: the order notes who it was. */
export const noteParty: Subscriber = {
  name: 'orders.note-party',
  types: ['customers.party_recognised'],
  async handle(_ctx, tx, events) {
    await updateParties(
      tx,
      events.map((event) => ({ orderId: String(event.payload['orderId']), partyId: String(event.payload['partyId']) })),
    )
  },
}
