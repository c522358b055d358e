import frenchHolidays from '@socialgouv/jours-feries'
import { Temporal } from 'temporal-polyfill'

/** Dates are texts such as `2026-03-02`: days of the depot's calendar, in no time zone. */

/** How long a window is. */
const windowHours = 2

/** A window of the week. */
export type WeeklyWindow = {
  readonly weekday: number
  readonly from: string
  readonly capacity: number
  readonly cutOffHours: number
  readonly feeMinor: number | null
}

/** The same on a date. */
export type WindowOfDate = Omit<WeeklyWindow, 'weekday' | 'from'> & {
  readonly date: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cutOffAt: Date
}

/** The date it is somewhere. */
export function dateAt(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** A date so many days later. */
export function daysLater(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** The Monday of a date's week (ISO 8601). */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

/** So many dates, from one on. */
export function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => daysLater(first, index))
}

/** The instant of a time of day on a date; one that the clock skips is taken after the gap. */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const plainTime = Temporal.PlainTime.from(time)
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds)
}

/** The public holiday of France on a date (Code du travail, L3133-1), or null. */
export function holidayOf(date: string): string | null {
  const { year, month, day } = Temporal.PlainDate.from(date)
  const found = Object.entries(frenchHolidays(year)).find(
    ([, at]) => at.getMonth() + 1 === month && at.getDate() === day,
  )
  return found?.[0] ?? null
}

/** Whether deliveries are made on a date: not on public holidays, unless it was decided otherwise. */
export function isOpenOn(date: string, exceptions: ReadonlyMap<string, boolean>): boolean {
  return exceptions.get(date) ?? holidayOf(date) === null
}

/** The windows a week asks for on a date. */
export function windowsOf(week: readonly WeeklyWindow[], date: string, timeZone: string): WindowOfDate[] {
  const weekday = Temporal.PlainDate.from(date).dayOfWeek
  return week
    .filter((window) => window.weekday === weekday)
    .map(({ from, capacity, cutOffHours, feeMinor }) => {
      const startsAt = instantOf(date, from, timeZone)
      return {
        date,
        startsAt,
        endsAt: new Date(startsAt.getTime() + windowHours * 3_600_000),
        cutOffAt: new Date(startsAt.getTime() - cutOffHours * 3_600_000),
        capacity,
        cutOffHours,
        feeMinor,
      }
    })
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}
