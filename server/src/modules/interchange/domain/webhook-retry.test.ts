import { expect, test } from 'vitest'
import { mostAttempts, pauseAfter, readRetryAfter, restAfter } from './webhook-retry.ts'

const now = new Date('2026-03-02T09:00:00Z')

test('pauses grow over three days, and end', () => {
  const all = Array.from({ length: mostAttempts }, (_, index) => pauseAfter(index + 1, 0.5, null))
  expect(all.at(-1)).toBeNull()
  const pauses = all.slice(0, -1).map(Number)
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect(pauses[0]).toBe(5_000)
  const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400_000
  expect(days).toBeGreaterThan(3)
  expect(days).toBeLessThan(4)
})

test('chance moves a pause by a tenth; what the receiver asks for is waited for, up to a day', () => {
  expect(pauseAfter(2, 0, null)).toBe(270_000)
  expect(pauseAfter(2, 1, null)).toBe(330_000)
  expect(pauseAfter(1, 0.5, 60_000)).toBe(60_000)
  expect(pauseAfter(2, 0.5, 1_000)).toBe(300_000)
  expect(pauseAfter(1, 0.5, 9e9)).toBe(86_400_000)
  expect(restAfter(1, null)).toBe(2_000)
  expect(restAfter(50, null)).toBe(300_000)
  expect(restAfter(1, 90_000)).toBe(90_000)
})

test('Retry-After is seconds or a date', () => {
  expect(readRetryAfter('120', now)).toBe(120_000)
  expect(readRetryAfter('Mon, 02 Mar 2026 09:01:00 GMT', now)).toBe(60_000)
  expect(readRetryAfter('Mon, 02 Mar 2020 09:01:00 GMT', now)).toBe(0)
  expect(readRetryAfter('soon', now)).toBeNull()
  expect(readRetryAfter(undefined, now)).toBeNull()
})
