import type { Medium, Purpose } from '@ecluse/contracts/consents.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withinHours } from './may-contact.ts'

const consented = { allowed: true, reason: 'consented', entry: null } as const
const ask = (medium: Medium, at: string, purpose: Purpose = 'marketing', postalCode = '75011') => {
  const answer = withinHours(consented, { medium, purpose, at: new Date(at), place: { country: 'FR', postalCode } })
  return `${answer.allowed} ${answer.reason} ${answer.from?.toISOString().slice(0, 16) ?? 'never'}`
}

test('what was permitted keeps to the hours of its medium', () => {
  const sunday = '2026-09-06T11:00+02:00'
  expect(ask('phone', sunday)).toBe('false hours 2026-09-07T08:00')
  expect(ask('phone', sunday, 'survey')).toBe('false hours 2026-09-07T08:00')
  expect(ask('sms', sunday)).toBe('false hours 2026-09-07T06:00')
  expect(ask('email', sunday)).toBe('true consented 2026-09-06T09:00')
  expect(ask('sms', '2026-09-07T12:00+02:00')).toBe('true consented 2026-09-07T10:00')
  expect(ask('sms', '2026-09-07T12:00+02:00', 'marketing', '98800')).toBe('false hours 2026-09-07T21:00')
})

test('service comes at any hour', () => {
  expect(ask('sms', '2026-09-06T03:00+02:00', 'service')).toBe('true consented 2026-09-06T01:00')
  expect(ask('phone', '2026-09-06T03:00+02:00', 'service')).toBe('true consented 2026-09-06T01:00')
})

test('calls made and refused count', () => {
  const at = new Date('2026-09-07T11:00+02:00')
  const calls = { refusals: [new Date('2026-09-01T11:00+02:00')] }
  expect(withinHours(consented, { medium: 'phone', purpose: 'marketing', at, calls })).toMatchObject({
    allowed: false,
    reason: 'refused_call',
    from: new Date('2026-11-02T09:00Z'),
  })
})

test('a call needs a yes, not only no word against it', () => {
  const at = new Date('2026-09-07T11:00+02:00')
  const silent = { allowed: true, reason: 'no_objection', entry: null } as const
  expect(withinHours(silent, { medium: 'phone', purpose: 'marketing', at })).toMatchObject({
    reason: 'no_consent',
    from: null,
  })
})

test('hours never permit what was refused', () => {
  const refused = { allowed: false, reason: 'withdrawn', entry: null } as const
  const medium = fc.constantFrom<Medium>('email', 'sms', 'phone', 'letter', 'push', 'social', 'visit')
  fc.assert(
    fc.property(
      medium,
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (by, at) => {
        const answer = withinHours(refused, { medium: by, purpose: 'marketing', at })
        expect(answer).toEqual({ ...refused, from: null })
      },
    ),
  )
})
