import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { recordInteractions } from '../../customers/public.ts'
import { partiesOfOrders } from '../queries/orders.ts'

/** What befalls an order later, as its customer's log names it, and the amount each event tells. */
const told: Readonly<Record<string, { kind: InteractionKind; amount?: string }>> = {
  'orders.order_cancelled': { kind: 'cancellation', amount: 'totalMinor' },
  'orders.return_received': { kind: 'return', amount: 'refundMinor' },
  'fulfillment.handed_over': { kind: 'collection' },
}

/** Puts what befalls an order after it was placed into the log of whoever ordered. Must come after who recognises them. */
export const noteInteractions: Subscriber = {
  name: 'orders.note-interactions',
  types: Object.keys(told),
  async handle(ctx, tx, events) {
    const parties = await partiesOfOrders(tx, [...new Set(events.map(({ aggregateId }) => aggregateId))])
    await recordInteractions(
      ctx,
      tx,
      events.flatMap(({ aggregateId, id, type, occurredAt, channelCode, actor, payload }) => {
        const partyId = parties.get(aggregateId)
        const { kind, amount } = told[type] ?? {}
        if (partyId === undefined || kind === undefined) return []
        const value = amount === undefined ? undefined : payload[amount]
        const valueMinor = typeof value === 'number' ? BigInt(value) : null
        return [{ partyId, kind, id, at: occurredAt, channelCode, subjectId: aggregateId, valueMinor, actor }]
      }),
    )
  },
}
