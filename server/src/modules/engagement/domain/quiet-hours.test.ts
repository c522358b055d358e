import { expect, test } from 'vitest'
import { quietMoment } from './quiet-hours.ts'

test.each([
  ['sms', '2026-09-01T08:00+02:00', '75011', 'open'],
  ['sms', '2026-09-01T07:59+02:00', '75011', '2026-09-01T06:00'],
  ['sms', '2026-09-01T20:00+02:00', '75011', '2026-09-02T06:00'],
  ['sms', '2026-09-05T19:59+02:00', '75011', 'open'],
  ['sms', '2026-09-05T20:00+02:00', '75011', '2026-09-07T06:00'],
  ['sms', '2026-09-06T11:00+02:00', '75011', '2026-09-07T06:00'],
  ['sms', '2026-07-14T11:00+02:00', '75011', '2026-07-15T06:00'],
  ['sms', '2026-10-24T21:00+02:00', '75011', '2026-10-26T07:00'],
  ['sms', '2026-09-01T10:00+02:00', '97200', '2026-09-01T12:00'],
  ['push', '2026-09-06T20:59+02:00', '75011', 'open'],
  ['push', '2026-09-06T21:00+02:00', '75011', '2026-09-07T06:00'],
  ['social', '2026-09-06T03:00+02:00', '97400', '2026-09-06T04:00'],
  ['email', '2026-09-06T03:00+02:00', '75011', 'open'],
  ['letter', '2026-09-06T03:00+02:00', '75011', 'open'],
] as const)('%s at %s in %s: %s', (medium, at, postalCode, expected) => {
  const { allowed, from } = quietMoment(medium, new Date(at), { country: 'FR', postalCode })
  expect(allowed ? 'open' : from?.toISOString().slice(0, 16)).toBe(expected)
})

test('abroad, where the whole country is awake', () => {
  const { from } = quietMoment('sms', new Date('2026-09-01T08:00-07:00'), { country: 'US', postalCode: '94103' })
  expect(from?.toISOString()).toBe('2026-09-01T18:00:00.000Z')
})
