import type { Locale } from '@ecluse/contracts/scalars.ts'
import { publish, type StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import type { PartyRecognised } from '../events.ts'
import { resolveParties, type PartyInput } from '../resolve-parties.ts'

/** What recognition reads of a placed order. */
type PlacedOrder = {
  orderId: string
  locale: Locale
  contact: { name: string; email: string | null; phone: string | null } | null
  accountId: string | null
}

/** Recognises who ordered, and tells it. Orders of nobody in particular, as at a till, have no party. */
export const onOrderPlaced: Subscriber = {
  name: 'customers.on-order-placed',
  types: ['orders.order_placed'],
  async handle(ctx, tx, events) {
    const orders = (events as readonly StoredEvent<PlacedOrder>[]).flatMap(({ payload, occurredAt }) =>
      payload.contact === null ? [] : [{ ...payload, contact: payload.contact, occurredAt }],
    )
    const inputs = orders.map(({ contact, accountId, locale, occurredAt }): PartyInput => ({
      ...contact,
      accountId,
      locale,
      source: 'order',
      at: occurredAt,
    }))
    const parties = await resolveParties(ctx, tx, inputs)
    const recognised = orders.flatMap(({ orderId }, index): PartyRecognised[] => {
      const partyId = parties[index]?.partyId
      return partyId === undefined ? [] : [{ partyId, orderId }]
    })
    await publish(
      tx,
      ctx,
      recognised.map((payload) => ({
        type: 'customers.party_recognised',
        version: 1,
        aggregateId: payload.partyId,
        payload,
      })),
    )
  },
}
