import type { Medium } from '@ecluse/contracts/consents.ts'
import { plusDays } from '../windows/week.ts'

export type CalendarView = 'week' | 'month'

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
  return plusDays(date, -((weekday + 6) % 7))
}

/** The dates a calendar shows: the week of a date, or all weeks of its month, whole. */
export function datesOf(view: CalendarView, date: string): string[] {
  const first = mondayOf(view === 'week' ? date : `${date.slice(0, 7)}-01`)
  const days = Array.from({ length: view === 'week' ? 7 : 42 }, (_, at) => plusDays(first, at))
  if (view === 'week') return days
  // A month has four to six weeks.
  const month = date.slice(0, 7)
  const last = days.findLastIndex((day) => day.startsWith(month))
  return days.slice(0, Math.ceil((last + 1) / 7) * 7)
}

/** The date one page earlier or later: by a week, or to the first of the next month. */
export function turned(view: CalendarView, date: string, by: -1 | 1): string {
  if (view === 'week') return plusDays(date, 7 * by)
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10)
}

type Item = { date: string; medium: Medium | null; people: number }

/** How many contacts a day has by each medium, most first; what has no medium yet counts by itself. */
export function pressureOf(items: readonly Item[]): { medium: Medium | null; people: number }[] {
  const sums = new Map<Medium | null, number>()
  for (const { medium, people } of items) sums.set(medium, (sums.get(medium) ?? 0) + people)
  return [...sums].map(([medium, people]) => ({ medium, people })).toSorted((a, b) => b.people - a.people)
}
