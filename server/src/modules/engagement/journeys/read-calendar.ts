import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import type { journeyEndpoints } from '@ecluse/contracts/journey-endpoints.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { beginningOf, dayAt } from './domain/calendar-day.ts'
import { daysBetween } from './queries/contacts.ts'
import { plannedBetween, waitsBetween } from './queries/journeys.ts'

/** What was sent on each day of the firm, what begins by itself, and how many stop waiting, from one day to another. */
export async function readCalendar(
  db: Queryable,
  { from, until }: { from: string; until: string },
): Promise<ResponseOf<typeof journeyEndpoints.getContactCalendar>> {
  const [first, end] = [beginningOf(from), beginningOf(until, 1)]
  const [made, planned, waits] = await Promise.all([
    daysBetween(db, from, until),
    plannedBetween(db, first, end),
    waitsBetween(db, first, end),
  ])
  return {
    items: [
      ...made.map(({ date, journey_id: journeyId, name, medium, contacts: people }) => ({
        date,
        journeyId,
        name,
        planned: false,
        medium,
        people,
      })),
      ...planned.map(({ id: journeyId, name, intake_at, people }) => ({
        date: dayAt(intake_at),
        journeyId,
        name,
        planned: true,
        medium: null,
        people,
      })),
    ],
    waits: waits.map(({ id: journeyId, ...rest }) => ({ journeyId, ...rest })),
  }
}
