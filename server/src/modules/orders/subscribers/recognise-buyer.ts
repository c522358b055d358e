import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Tx } from '../../../kernel/db.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { productsOfVariants } from '../../catalog/public.ts'
import { recordInteractions, resolveParties, type Interaction, type PartyInput } from '../../customers/public.ts'
import { updateParties } from '../queries/orders.ts'

/** What recognition reads of a placed order. */
type PlacedOrder = {
  orderId: string
  locale: Locale
  totalMinor: number
  contact: { name: string; email: string | null; phone: string | null } | null
  accountId: string | null
  lines: readonly { lineId: string; variantId: string; quantity: number; lineTotalMinor: number }[]
}

/**
 * Recognises who ordered, notes it on the order, and puts the order and what was bought in it into their log. Orders of nobody in
 * particular, as at a till, have no party.
 */
export const recogniseBuyer: Subscriber = {
  name: 'orders.recognise-buyer',
  types: ['orders.order_placed'],
  async handle(ctx, tx, events) {
    const orders = (events as readonly StoredEvent<PlacedOrder>[]).flatMap(
      ({ payload, occurredAt, channelCode, actor }) =>
        payload.contact === null ? [] : [{ ...payload, contact: payload.contact, occurredAt, channelCode, actor }],
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
    const known = orders.flatMap((order, index) => {
      const partyId = parties[index]?.partyId
      return partyId === undefined ? [] : [{ ...order, partyId }]
    })
    if (known.length === 0) return
    await updateParties(tx, known)
    await recordInteractions(ctx, tx, await interactionsOf(tx, known))
  },
}

type KnownOrder = Pick<PlacedOrder, 'orderId' | 'totalMinor' | 'lines'> & {
  partyId: string
  occurredAt: Date
  channelCode: string | null
  actor: string | null
}

/** The order, and each article bought in it. */
export async function interactionsOf(tx: Tx, orders: readonly KnownOrder[]): Promise<Interaction[]> {
  const bought = orders.flatMap(({ lines }) => lines.map(({ variantId }) => variantId))
  const products = await productsOfVariants(tx, [...new Set(bought)])
  return orders.flatMap(({ partyId, orderId, occurredAt, channelCode, actor, totalMinor, lines }) => {
    const common = { partyId, at: occurredAt, channelCode, subjectId: orderId, actor }
    const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
    return [
      { ...common, kind: 'order' as const, id: orderId, quantity, valueMinor: BigInt(totalMinor) },
      ...lines.map((line) => ({
        ...common,
        kind: 'purchase' as const,
        id: line.lineId,
        productId: products.get(line.variantId) ?? null,
        quantity: line.quantity,
        valueMinor: BigInt(line.lineTotalMinor),
      })),
    ]
  })
}
