import { nextAllowed } from '../../domain/allowed-hours.ts'
import { zonesOf, type PersonPlace } from '../../domain/person-place.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const two = (n: number) => String(n).padStart(2, '0')

/**
 * The next moment from one on at which it is a time of day where somebody lives, on one of these days of the week.
 * @param time `HH:MM`
 */
export function nextTimeOfDay(at: Date, place: PersonPlace, time: string, weekdays: readonly number[]): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const until = minute < 59 ? `${two(hour)}:${two(minute + 1)}` : `${two(hour)}:59:59.999`
  // Zones that are too far apart to be at that time together: at once is better than never.
  return nextAllowed(at, place, { weekdays, holidays: true, between: [[time, until]] }) ?? at
}

/** The next moment from one on within an hour of the day where somebody lives. */
export function nextHour(at: Date, place: PersonPlace, hour: number): Date {
  const between: [string, string] = [`${two(hour)}:00`, `${two(hour)}:59:59.999`]
  return nextAllowed(at, place, { weekdays: everyDay, holidays: true, between: [between] }) ?? at
}

/** Hours of the day in which nothing is sent; from 22 until 7 goes over midnight. */
export type QuietHours = { readonly from: number; readonly until: number }

/** The next moment from one on that is not within the firm's own quiet hours where somebody lives. */
export function afterQuiet(at: Date, place: PersonPlace, quiet: QuietHours | null): Date {
  if (quiet === null || quiet.from === quiet.until) return at
  const { from, until } = quiet
  const day = '23:59:59.999'
  const between: [string, string][] =
    from > until
      ? [[`${two(until)}:00`, `${two(from)}:00`]]
      : [...(from > 0 ? [['00:00', `${two(from)}:00`] as [string, string]] : []), [`${two(until)}:00`, day]]
  return nextAllowed(at, place, { weekdays: everyDay, holidays: true, between }) ?? at
}

/** Which hour of the day it is where somebody lives; of the first zone, where there are several. */
export function hourAt(at: Date, place: PersonPlace): number {
  const timeZone = zonesOf(place)[0] ?? 'Europe/Paris'
  let format = hourFormats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
    hourFormats.set(timeZone, format)
  }
  return Number(format.format(at))
}

const hourFormats = new Map<string, Intl.DateTimeFormat>()
