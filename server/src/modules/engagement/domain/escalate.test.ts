import type { Medium } from '@ecluse/contracts/consents.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escalate, type Candidate } from './escalate.ts'

const by = (medium: Medium, changes: Partial<Candidate> = {}): Candidate => ({
  medium,
  allowed: true,
  volunteered: false,
  asked: false,
  costMicro: 0,
  failed: 0,
  ...changes,
})
const of = (...candidates: Candidate[]) => {
  const { medium, reason, passed } = escalate(candidates)
  return [`${medium} ${reason}`, ...passed.map((one) => `${one.medium} ${one.why}`)]
}

test('e-mail comes first, whatever else is allowed', () => {
  expect(of(by('sms', { volunteered: true }), by('letter'), by('email'), by('phone'))).toEqual([
    'email first',
    'sms later',
    'phone not_asked',
    'letter not_asked',
  ])
})

test('a text message goes to volunteers only, once e-mail failed', () => {
  const failed = by('email', { failed: 1 })
  expect(of(failed, by('sms'))).toEqual(['null nothing_left', 'email failed', 'sms not_volunteered'])
  expect(of(failed, by('sms', { volunteered: true }))).toEqual(['sms failed_before', 'email failed'])
})

test('what is asked for comes before all, as far as it is allowed', () => {
  expect(of(by('email'), by('phone', { asked: true }))).toEqual(['phone asked', 'email later'])
  expect(of(by('email'), by('phone', { asked: true, allowed: false }))).toEqual(['email first', 'phone not_allowed'])
  expect(of(by('email', { allowed: false }), by('letter', { asked: true }))).toEqual([
    'letter asked',
    'email not_allowed',
  ])
})

test('of two ways of the same medium the cheaper one is taken', () => {
  expect(escalate([by('email', { costMicro: 9 }), by('email', { costMicro: 3 })])).toMatchObject({
    medium: 'email',
    passed: [{ medium: 'email', why: 'dearer' }],
  })
})

test('nothing is ever chosen that is refused, not volunteered or not asked for; and every other is accounted for', () => {
  const candidate = fc.record({
    medium: fc.constantFrom<Medium>('email', 'sms', 'phone', 'letter', 'push', 'social', 'visit'),
    allowed: fc.boolean(),
    volunteered: fc.boolean(),
    asked: fc.boolean(),
    costMicro: fc.nat(1_000_000),
    failed: fc.nat(2),
  })
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 8 }), (candidates) => {
      const { medium, passed } = escalate(candidates)
      const fits = candidates.filter(
        (one) =>
          one.medium === medium &&
          one.allowed &&
          one.failed === 0 &&
          (one.asked || !['phone', 'letter', 'visit'].includes(one.medium)) &&
          (one.asked || one.volunteered || !['sms', 'push', 'social'].includes(one.medium)),
      )
      expect(medium === null || fits.length > 0).toBe(true)
      expect(passed).toHaveLength(candidates.length - (medium === null ? 0 : 1))
    }),
  )
})
