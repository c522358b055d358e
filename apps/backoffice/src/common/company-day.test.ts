import { expect, test } from 'vitest'
import { dayOf, endOfDay, startOfDay } from './company-day.ts'

test('a day begins and ends when the clocks of the shops say so, on the days they change too', () => {
  const span = (day: string) => [startOfDay(day).toISOString(), endOfDay(day).toISOString()]
  expect(span('2026-11-22')).toEqual(['2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'])
  expect(span('2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
  expect(span('2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
  expect(span('2026-12-31')).toEqual(['2026-12-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'])
  expect(dayOf(startOfDay('2026-10-25'))).toBe('2026-10-25')
  expect(dayOf(new Date(endOfDay('2026-10-25').getTime() - 1))).toBe('2026-10-25')
})
