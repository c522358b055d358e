import { expect, test } from 'vitest'
import { dueAt } from './deadline.ts'

test.each([
  ['2026-01-15T10:00:00Z', false, '2026-02-15T22:59:59.000Z'],
  ['2026-01-31T10:00:00Z', false, '2026-02-28T22:59:59.000Z'],
  ['2028-01-31T10:00:00Z', false, '2028-02-29T22:59:59.000Z'],
  ['2026-01-31T10:00:00Z', true, '2026-04-30T21:59:59.000Z'],
  // Half past eleven at night in London is the next day in Paris.
  ['2026-06-30T22:30:00Z', false, '2026-08-01T21:59:59.000Z'],
  ['2026-12-15T10:00:00Z', true, '2027-03-15T22:59:59.000Z'],
])('received %s, extended %s: until %s', (received, extended, due) => {
  expect(dueAt(new Date(received), extended).toISOString()).toBe(due)
})
