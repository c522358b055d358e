import { Temporal } from 'temporal-polyfill'

/** One weekday's hours: 1 is Monday (ISO 8601), times are the clock's on the wall of the site; "24:00" is midnight. */
export type OpeningHours = { readonly weekday: number; readonly opens: string; readonly closes: string }

type Hours = { readonly openingHours: readonly OpeningHours[]; readonly timeZone: string }
/** A stretch of time in milliseconds since the epoch, end excluded. */
type Stretch = { start: number; end: number }

const minuteMs = 60_000
/** A weekly table repeats: whatever is not ready by then is not worth promising. */
const mostDays = 366

/** Whether a text is a time of the day: "00:00" to "24:00". */
export function isTimeOfDay(text: string): boolean {
  return /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)
}

/** Whether a site is open at an instant. */
export function isOpen(hours: Hours, at: Date): boolean {
  const time = at.getTime()
  return stretchesOf(hours, dayOf(at, hours.timeZone)).some(({ start, end }) => start <= time && time < end)
}

/**
 * The instant when `minutes` of opening time have elapsed since `now`; with 0 minutes, the first open instant.
 * Time that really passes is counted: on the night clocks change, an hour may be missing or come twice.
 * @returns null when the site never opens long enough within a year
 */
export function readyAt({ minutes, ...hours }: Hours & { readonly minutes: number }, now: Date): Date | null {
  if (hours.openingHours.length === 0) return null
  let remaining = minutes * minuteMs
  let day = dayOf(now, hours.timeZone)
  for (let count = 0; count < mostDays; count++) {
    for (const stretch of stretchesOf(hours, day)) {
      const start = Math.max(stretch.start, now.getTime())
      if (start >= stretch.end) continue
      if (remaining <= stretch.end - start) return new Date(start + remaining)
      remaining -= stretch.end - start
    }
    day = day.add({ days: 1 })
  }
  return null
}

/**
 * When a site closes for the day, so many opening days from now: 0 is today while it is open or will open, else the next day
 * it opens.
 * @returns null when it never opens
 */
export function closingAfter({ openDays, ...hours }: Hours & { readonly openDays: number }, now: Date): Date | null {
  if (hours.openingHours.length === 0) return null
  let left = openDays
  let day = dayOf(now, hours.timeZone)
  for (let count = 0; count < mostDays; count++) {
    const last = stretchesOf(hours, day).at(-1)
    if (last && last.end > now.getTime() && left-- === 0) return new Date(last.end)
    day = day.add({ days: 1 })
  }
  return null
}

/** The opening times of a date as instants, in order. */
export function openingOn(hours: Hours, date: string): { readonly start: Date; readonly end: Date }[] {
  return stretchesOf(hours, Temporal.PlainDate.from(date)).map(({ start, end }) => ({
    start: new Date(start),
    end: new Date(end),
  }))
}

function dayOf(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
}

/** The opening times of one day as instants, in order, overlaps merged. */
function stretchesOf({ openingHours, timeZone }: Hours, day: Temporal.PlainDate): Stretch[] {
  const stretches = openingHours
    .filter((hours) => hours.weekday === day.dayOfWeek)
    .map((hours) => ({ start: instantOf(day, hours.opens, timeZone), end: instantOf(day, hours.closes, timeZone) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start)
  const merged: Stretch[] = []
  for (const stretch of stretches) {
    const last = merged.at(-1)
    if (last && stretch.start <= last.end) last.end = Math.max(last.end, stretch.end)
    else merged.push({ ...stretch })
  }
  return merged
}

/** A time that the clock skips is taken after the gap; one it shows twice, the first time (Temporal's "compatible"). */
function instantOf(day: Temporal.PlainDate, time: string, timeZone: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const date = hour === 24 ? day.add({ days: 1 }) : day
  return date.toZonedDateTime({ timeZone, plainTime: { hour: hour % 24, minute } }).epochMilliseconds
}
