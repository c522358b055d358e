import type { Site } from '@ecluse/contracts/channels.ts'
import type { Visit } from '../visit.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Weekday (ISO 8601: 1 is Monday) and time of day (`HH:MM`) at an instant, by a place's own clock. */
export function localTime(instant: Date, timeZone: string): { weekday: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return { weekday: weekdays.indexOf(part('weekday')) + 1, time: `${part('hour')}:${part('minute')}` }
}

export type Opening = { open: true; until: string } | { open: false; opensAt: string | null; daysAhead: number }

/** Whether a shop is open now, until when, or when it opens next (within a week). */
export function openingOf(site: Pick<Site, 'openingHours' | 'timeZone'>, now: Date): Opening {
  const { weekday, time } = localTime(now, site.timeZone)
  const current = site.openingHours.find((span) => span.weekday === weekday && span.opens <= time && time < span.closes)
  if (current) return { open: true, until: current.closes }
  for (let daysAhead = 0; daysAhead <= 7; daysAhead++) {
    const day = ((weekday - 1 + daysAhead) % 7) + 1
    const next = site.openingHours
      .filter((span) => span.weekday === day && (daysAhead > 0 || span.opens > time))
      .sort((a, b) => a.opens.localeCompare(b.opens))[0]
    if (next) return { open: false, opensAt: next.opens, daysAhead }
  }
  return { open: false, opensAt: null, daysAhead: 0 }
}

/** “Ouvert jusqu’à 19:00”, “Fermé, ouvre demain à 10:00”. */
export function openingWords(visit: Visit, site: Pick<Site, 'openingHours' | 'timeZone'>): string {
  const { t } = visit
  const opening = openingOf(site, visit.now)
  if (opening.open) return t('shops.open_until', { time: opening.until })
  if (!opening.opensAt) return t('shops.closed')
  if (opening.daysAhead === 0) return t('shops.opens_today', { time: opening.opensAt })
  if (opening.daysAhead === 1) return t('shops.opens_tomorrow', { time: opening.opensAt })
  const { weekday } = localTime(visit.now, site.timeZone)
  const day = weekdayName(visit, ((weekday - 1 + opening.daysAhead) % 7) + 1)
  return t('shops.opens_day', { day, time: opening.opensAt })
}

/** The name of a weekday (1 is Monday) in the visitor's language. */
export function weekdayName(visit: Visit, weekday: number): string {
  // 2024-01-01 was a Monday.
  const day = new Date(Date.UTC(2024, 0, weekday, 12))
  return new Intl.DateTimeFormat(visit.locale, { weekday: 'long', timeZone: 'UTC' }).format(day)
}
