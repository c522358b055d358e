import { Temporal } from 'temporal-polyfill'
import { isHoliday, zonesOf, type PersonPlace } from './person-place.ts'

/** When something may reach people: days of the week (ISO, Monday is 1), times of day, and whether on public holidays. */
export type AllowedHours = {
  readonly weekdays: readonly number[]
  readonly holidays: boolean
  /** From the first minute to before the last, in their order. */
  readonly between: readonly (readonly [from: string, until: string])[]
}

/** Looked for so many days ahead; the longest row of closed days has five. */
const mostDays = 14
const mostTurns = 50

/**
 * The first moment from one on that is within the hours where somebody lives; in each zone, where there are several. Null when the
 * zones are so far apart that there is none in two weeks.
 */
export function nextAllowed(at: Date, place: PersonPlace, hours: AllowedHours): Date | null {
  const zones = zonesOf(place)
  const last = at.getTime() + mostDays * 86_400_000
  let moment = at.getTime()
  for (let turn = 0; turn < mostTurns && moment <= last; turn++) {
    const next = Math.max(...zones.map((zone) => nextIn(zone, moment, place, hours)))
    if (next === moment) return new Date(moment)
    moment = next
  }
  return null
}

function nextIn(timeZone: string, at: number, place: PersonPlace, hours: AllowedHours): number {
  const today = dateIn(at, timeZone)
  for (let ahead = 0; ahead <= mostDays; ahead++) {
    const date = today.add({ days: ahead })
    if (!hours.weekdays.includes(date.dayOfWeek)) continue
    if (!hours.holidays && isHoliday(date.toString(), place)) continue
    const instantAt = (time: string) => date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
    const open = hours.between.find(([, until]) => at < instantAt(until))
    if (open) return Math.max(at, instantAt(open[0]))
  }
  return Infinity
}

/** The date it is somewhere. */
function dateIn(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
}

/** When the day begins that is so many days after the day of an instant, where somebody lives; the latest of their zones. */
export function dayAfter(at: Date, days: number, place: PersonPlace): Date {
  const starts = zonesOf(place).map(
    (timeZone) => dateIn(at.getTime(), timeZone).add({ days }).toZonedDateTime(timeZone).epochMilliseconds,
  )
  return new Date(Math.max(...starts))
}
