import frenchHolidays from '@socialgouv/jours-feries'
import { Temporal } from 'temporal-polyfill'

const timeZone = 'Europe/Paris'

/**
 * When the time to change one's mind is over: at the end of the last of so many days after the day of receipt, or of the next
 * working day when that one is a Saturday, a Sunday or a public holiday (Code de la consommation, L221-18 and L221-19).
 */
export function returnUntil(receivedAt: Date, days: number): Date {
  const received = Temporal.Instant.fromEpochMilliseconds(receivedAt.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  let last = received.add({ days })
  while (!isWorkingDay(last)) last = last.add({ days: 1 })
  return new Date(last.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1)
}

function isWorkingDay(date: Temporal.PlainDate): boolean {
  const holidays = Object.values(frenchHolidays(date.year))
  return date.dayOfWeek < 6 && !holidays.some((at) => at.getMonth() + 1 === date.month && at.getDate() === date.day)
}

/** Receptions by what happened to an order: a hand-over, a parcel delivered, or sent (it arrives by the day it was promised), a sale at a till. */
export function receivedAt(
  order: { placedAt: Date; method: string; latestAt: Date | null },
  events: readonly {
    type: string
    occurredAt: Date
    payload?: { readonly parcelId?: unknown; readonly at?: unknown }
  }[],
): Date | null {
  if (order.method === 'carry_out') return order.placedAt
  const times = new Map<unknown, number>()
  for (const [index, { type, occurredAt, payload }] of events.entries()) {
    const parcel = payload?.parcelId ?? index
    if (type === 'fulfillment.handed_over') times.set(index, occurredAt.getTime())
    // On its way again after it was thought delivered or lost: by the day it was promised, as before.
    if (type === 'fulfillment.shipped' || type === 'fulfillment.parcel_in_transit')
      times.set(parcel, Math.max(occurredAt.getTime(), order.latestAt?.getTime() ?? 0))
    if (type === 'fulfillment.parcel_delivered')
      times.set(parcel, typeof payload?.at === 'string' ? Date.parse(payload.at) : occurredAt.getTime())
    // What never arrived was not received.
    if (type === 'fulfillment.parcel_lost' || type === 'fulfillment.parcel_returned') times.delete(parcel)
  }
  return times.size > 0 ? new Date(Math.max(...times.values())) : null
}
