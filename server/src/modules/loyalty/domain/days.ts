import { Temporal } from 'temporal-polyfill'

const timeZone = 'Europe/Paris'

/** The day it is in Paris. */
export function dayOf(at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
}

/** The instant from which points that became active at another are worth nothing: the end, in Paris, of the day so many months later. */
export function endOf(activeAt: Date, months: number | null): Date | null {
  if (months === null) return null
  const next = dayOf(activeAt).add({ months }).add({ days: 1 })
  return new Date(next.toZonedDateTime(timeZone).epochMilliseconds)
}
