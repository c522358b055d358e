import { Temporal } from 'temporal-polyfill'

const timeZone = 'Europe/Paris'

/**
 * Until when a request must be answered: the end of the day one month after it was received, or three when two were added (GDPR,
 * article 12.3). A month that has no such day ends on its last one; a term that ends on a Saturday, a Sunday or at the end of a year
 * moves to no other day here, so that nobody answers late by counting wrongly.
 */
export function dueAt(receivedAt: Date, extended: boolean): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(receivedAt.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  const last = day.add({ months: extended ? 3 : 1 })
  const end = last.toZonedDateTime({ timeZone, plainTime: '23:59:59' })
  return new Date(end.epochMilliseconds)
}
