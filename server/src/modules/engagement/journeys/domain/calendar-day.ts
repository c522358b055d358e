import { Temporal } from 'temporal-polyfill'

const homeZone = 'Europe/Paris'

/** The day of the firm at a moment: `2026-03-02`. */
export const dayAt = (at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(homeZone).toPlainDate().toString()

/** When a day of the firm begins, or so many days after it. */
export const beginningOf = (day: string, later = 0): Date =>
  new Date(Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(homeZone).epochMilliseconds)
