import type { Subscriber } from '../../../kernel/relay.ts'
import { recordInteractions, resolveParties, type Interaction } from '../../customers/public.ts'
import { askersOf, updateAskers, type Asker } from '../queries/askers.ts'

/** What each event puts into the log of whoever it concerns; drafts put nothing there. */
const told = {
  'orders.quote_sent': 'quote',
  'orders.quote_accepted': 'quote_acceptance',
  'orders.reservation_made': 'reservation',
} as const

/**
 * Recognises who was made a quote or reserved articles to try, notes it on the document, and puts it into their log. Who gave
 * neither an e-mail nor a telephone stays unknown.
 */
export const recogniseAsker: Subscriber = {
  name: 'orders.recognise-asker',
  types: ['orders.quote_drafted', 'orders.quote_revised', ...Object.keys(told)],
  async handle(ctx, tx, events) {
    const askers = await askersOf(tx, [...new Set(events.map(({ aggregateId }) => aggregateId))])
    const parties = await resolveParties(
      ctx,
      tx,
      askers.map(({ kind, name, email, phone, account_id, locale, channel_code, at }) => ({
        name,
        email,
        phone,
        accountId: account_id,
        locale,
        channelCode: channel_code,
        source: kind,
        at,
      })),
    )
    const known = new Map<string, Asker & { partyId: string }>()
    askers.forEach((asker, index) => {
      const partyId = parties[index]?.partyId
      if (partyId !== undefined) known.set(asker.id, { ...asker, partyId })
    })
    if (known.size === 0) return
    await updateAskers(tx, new Map([...known].map(([id, { partyId }]) => [id, partyId])))
    const interactions = events.flatMap(({ aggregateId, id, type, occurredAt, channelCode, actor }): Interaction[] => {
      const asker = known.get(aggregateId)
      const kind = told[type as keyof typeof told]
      if (asker === undefined || kind === undefined) return []
      const common = { partyId: asker.partyId, kind, id, at: occurredAt, channelCode, subjectId: aggregateId, actor }
      return [{ ...common, valueMinor: asker.total_minor }]
    })
    await recordInteractions(ctx, tx, interactions)
  },
}
