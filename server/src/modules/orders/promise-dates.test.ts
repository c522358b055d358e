import { expect, test } from 'vitest'
import { workingDaysLater } from './promise-dates.ts'

test('weekends do not count as working days', () => {
  const friday = new Date('2026-03-06T10:00:00Z')
  expect(workingDaysLater(friday, 0)).toEqual(friday)
  expect(workingDaysLater(friday, 1).toISOString()).toBe('2026-03-09T10:00:00.000Z')
  expect(workingDaysLater(friday, 5).toISOString()).toBe('2026-03-13T10:00:00.000Z')
})
