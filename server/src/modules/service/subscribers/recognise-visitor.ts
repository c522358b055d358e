import type { Subscriber } from '../../../kernel/relay.ts'
import { recordInteractions, resolveParties } from '../../customers/public.ts'
import { updateAppointmentParties, visitorsOf } from '../queries/visitors.ts'

/** Recognises who made an appointment, notes it there, and puts it into their log. */
export const recogniseVisitor: Subscriber = {
  name: 'service.recognise-visitor',
  types: ['service.appointment_booked'],
  async handle(ctx, tx, events) {
    const visitors = await visitorsOf(tx, [...new Set(events.map(({ aggregateId }) => aggregateId))])
    const parties = await resolveParties(
      ctx,
      tx,
      visitors.map(({ name, email, phone, locale, at }) => ({ name, email, phone, locale, source: 'appointment', at })),
    )
    const known = new Map(
      visitors.flatMap(({ id }, index) => {
        const partyId = parties[index]?.partyId
        return partyId === undefined ? [] : [[id, partyId] as const]
      }),
    )
    if (known.size === 0) return
    await updateAppointmentParties(tx, known)
    await recordInteractions(
      ctx,
      tx,
      events.flatMap(({ aggregateId, id, occurredAt, channelCode, actor }) => {
        const partyId = known.get(aggregateId)
        if (partyId === undefined) return []
        return [{ partyId, kind: 'appointment', id, at: occurredAt, channelCode, subjectId: aggregateId, actor }]
      }),
    )
  },
}
