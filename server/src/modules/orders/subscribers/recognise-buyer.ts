import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { resolveParties, type PartyInput } from '../../customers/public.ts'
import { updateParties } from '../queries/orders.ts'

/** What recognition reads of a placed order. */
type PlacedOrder = {
  orderId: string
  locale: Locale
  contact: { name: string; email: string | null; phone: string | null } | null
  accountId: string | null
}

/** Recognises who ordered, and notes it on the order. Orders of nobody in particular, as at a till, have no party. */
export const recogniseBuyer: Subscriber = {
  name: 'orders.recognise-buyer',
  types: ['orders.order_placed'],
  async handle(ctx, tx, events) {
    const orders = (events as readonly StoredEvent<PlacedOrder>[]).flatMap(({ payload, occurredAt }) =>
      payload.contact === null ? [] : [{ ...payload, contact: payload.contact, occurredAt }],
    )
    if (orders.length === 0) return
    const inputs = orders.map(({ contact, accountId, locale, occurredAt }): PartyInput => ({
      ...contact,
      accountId,
      locale,
      source: 'order',
      at: occurredAt,
    }))
    const parties = await resolveParties(ctx, tx, inputs)
    const known = orders.flatMap(({ orderId }, index) => {
      const partyId = parties[index]?.partyId
      return partyId === undefined ? [] : [{ orderId, partyId }]
    })
    if (known.length > 0) await updateParties(tx, known)
  },
}
