import { expect, test } from 'vitest'
import { datesOf, mondayOf, pressureOf, turned } from './calendar-days.ts'
import { ticksOver } from './ticks.ts'

test('a week begins on Monday', () => {
  expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(datesOf('week', '2027-01-01')).toEqual([
    '2026-12-28',
    '2026-12-29',
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
  ])
})

test('a month is shown in whole weeks, four to six of them', () => {
  const weeks = (date: string) => datesOf('month', date).length / 7
  // February 2027 begins on a Monday.
  expect(weeks('2027-02-14')).toBe(4)
  expect(weeks('2026-11-22')).toBe(6)
  expect(weeks('2026-12-05')).toBe(5)
  expect(datesOf('month', '2026-11-22')[0]).toBe('2026-10-26')
  expect(datesOf('month', '2026-11-22').at(-1)).toBe('2026-12-06')
})

test('pages turn by a week or a month, over the end of a year too', () => {
  expect(turned('week', '2026-12-28', 1)).toBe('2027-01-04')
  expect(turned('month', '2026-12-31', 1)).toBe('2027-01-01')
  expect(turned('month', '2026-01-31', -1)).toBe('2025-12-01')
})

test('pressure is summed by medium, what has none yet apart', () => {
  const item = (medium: 'email' | 'sms' | null, people: number) => ({ date: '2026-11-22', medium, people })
  expect(pressureOf([item('email', 3), item('sms', 10), item('email', 4), item(null, 1)])).toEqual([
    { medium: 'sms', people: 10 },
    { medium: 'email', people: 7 },
    { medium: null, people: 1 },
  ])
})

test('an axis has round numbers, and zero among them', () => {
  expect(ticksOver([1.51, 8.53])).toEqual([0, 2, 4, 6, 8, 10])
  expect(ticksOver([-0.4, 0.14])).toEqual([-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2])
  expect(ticksOver([0])).toContain(0)
})
