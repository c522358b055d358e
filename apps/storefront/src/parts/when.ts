import { defaultTimeZone, formatDate, formatMinutes } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'

/** Within this many minutes a wait is told as a span, beyond it as a time of day. */
const soonMinutes = 4 * 60
const quarter = 15 * 60_000

/** The calendar day of an instant in a time zone, as year-month-day. */
function dayOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant)
}

/**
 * When something will be ready, as one says it in a shop: “dans 2 h”, “aujourd’hui à 17:30”, “demain à 10:00”,
 * “mardi 4 mars à 10:00”. Times are rounded up to the quarter: nobody keeps a promise to
 * the minute.
 */
export function readyWords(visit: Visit, instant: string, timeZone: string = defaultTimeZone): string {
  const { t, locale, now } = visit
  const at = new Date(instant)
  const minutes = Math.ceil((at.getTime() - now.getTime()) / 60_000)
  if (minutes <= soonMinutes) {
    const rounded = minutes <= 60 ? Math.max(15, Math.ceil(minutes / 15) * 15) : Math.ceil(minutes / 30) * 30
    return t('when.in', { span: formatMinutes(rounded, locale) })
  }
  const whole = new Date(Math.ceil(at.getTime() / quarter) * quarter)
  const time = formatDate(whole, locale, 'time', timeZone)
  const day = dayOf(whole, timeZone)
  if (day === dayOf(now, timeZone)) return t('when.today', { time })
  if (day === dayOf(new Date(now.getTime() + 86_400_000), timeZone)) return t('when.tomorrow', { time })
  return t('when.day', { day: formatDate(whole, locale, 'weekday', timeZone), time })
}

/** A window of hours: “8 h – 10 h”, “8:00–10:00”. */
export function hoursWords(visit: Visit, from: string, until: string, timeZone: string = defaultTimeZone): string {
  const { t, locale } = visit
  return t('when.hours', {
    from: formatDate(from, locale, 'time', timeZone),
    until: formatDate(until, locale, 'time', timeZone),
  })
}

/** A delivery window with its day. */
export function windowWords(visit: Visit, from: string, until: string): string {
  const day = formatDate(from, visit.locale, 'weekday')
  return visit.t('when.window', { day, hours: hoursWords(visit, from, until) })
}

/** When a parcel should arrive: one day, or the days between two. */
export function arrivalWords(visit: Visit, from: string | null, until: string | null): string {
  const { t, locale } = visit
  const earliest = from ?? until
  const latest = until ?? from
  if (earliest === null || latest === null) return t('when.unknown')
  const first = formatDate(earliest, locale, 'weekday')
  const last = formatDate(latest, locale, 'weekday')
  return first === last ? t('when.arrives', { day: first }) : t('when.arrives_between', { first, last })
}
