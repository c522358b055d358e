import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consentPurposes, media, purposes, subjects } from '@ecluse/contracts/consents.ts'
import { mayContact, type ConsentEntry, type Contact } from './may-contact.ts'

const day = 86_400_000
const instant = fc.nat(400).map((n) => new Date(Date.UTC(2026, 0, 1) + n * day))
const address = fc.constantFrom(null, 'a', 'b')
const preferences = fc.record({
  subjectsOff: fc.subarray([...subjects]),
  frequency: fc.constantFrom('any' as const, 'weekly' as const, 'monthly' as const),
  pausedUntil: fc.option(instant.map((at) => at.toISOString())),
})
const saying = fc.record({
  id: fc.uuid(),
  act: fc.constantFrom('asked' as const, 'granted' as const, 'granted' as const, 'withdrawn' as const),
  medium: fc.constantFrom(null, 'email' as const, 'sms' as const, 'letter' as const),
  purpose: fc.constantFrom(null, ...consentPurposes),
  at: instant,
  source: fc.constant('form'),
  address,
  preferences: fc.constant(null),
})
const wishing = fc.record({
  id: fc.uuid(),
  act: fc.constant('preferred' as const),
  medium: fc.constant(null),
  purpose: fc.constant(null),
  at: instant,
  source: fc.constant('preferences'),
  address: fc.constant(null),
  preferences,
})
const chain = fc
  .array(fc.oneof({ weight: 3, arbitrary: saying }, { weight: 1, arbitrary: wishing }), { maxLength: 8 })
  .map((entries): ConsentEntry[] => entries.toSorted((a, b) => a.at.getTime() - b.at.getTime()))
const contact: fc.Arbitrary<Contact> = fc.record({
  medium: fc.constantFrom('email' as const, 'sms' as const, 'letter' as const),
  purpose: fc.constantFrom(...purposes),
  subject: fc.constantFrom(undefined, ...subjects),
  address,
  at: instant,
  lastAt: fc.option(instant),
})

/** Day by day, from the first to the one asked for, in a table of what each chain says then: another way to the same answer. */
function oracle(chains: readonly (readonly ConsentEntry[])[], opposed: boolean, asked: Contact): boolean {
  if (asked.purpose === 'service') return true
  let yes = false
  for (const entries of chains) {
    let answer: 'yes' | 'no' | 'none' = 'none'
    let ofAddress: string | null = null
    let off: readonly string[] = []
    let gap = 0
    let until = 0
    for (const entry of entries) {
      if (entry.at.getTime() > asked.at.getTime()) break
      if (entry.preferences) {
        off = entry.preferences.subjectsOff
        gap = { any: 0, weekly: 7, monthly: 30 }[entry.preferences.frequency] * day
        until = entry.preferences.pausedUntil === null ? 0 : Date.parse(entry.preferences.pausedUntil)
        continue
      }
      const concerns = [entry.medium ?? asked.medium, entry.purpose ?? asked.purpose].join()
      if (concerns !== [asked.medium, asked.purpose].join() || entry.act === 'asked') continue
      answer = entry.act === 'granted' ? 'yes' : 'no'
      ofAddress = entry.address
    }
    if (answer === 'no') return false
    if (asked.purpose === 'marketing') {
      if (until > asked.at.getTime()) return false
      if (asked.subject && off.includes(asked.subject)) return false
      if (gap > 0 && asked.lastAt && asked.at.getTime() - asked.lastAt.getTime() < gap) return false
    }
    if (answer === 'yes' && (!asked.address || !ofAddress || ofAddress === asked.address)) yes = true
  }
  return !opposed && (yes || asked.medium === 'letter')
}

test('nothing passes the gate that another reading of the chains would refuse, and nothing else is refused', () => {
  fc.assert(
    fc.property(fc.array(chain, { maxLength: 3 }), fc.boolean(), contact, (chains, opposed, asked) => {
      expect(mayContact(chains, opposed, asked).allowed).toBe(oracle(chains, opposed, asked))
    }),
    { numRuns: 3_000 },
  )
})

test('merging never allows what one of the two forbade by a word', () => {
  fc.assert(
    fc.property(chain, chain, contact, (one, other, asked) => {
      const alone = [mayContact([one], false, asked), mayContact([other], false, asked)]
      if (alone.some(({ reason }) => ['withdrawn', 'paused', 'subject', 'too_often'].includes(reason)))
        expect(mayContact([one, other], false, asked).allowed).toBe(false)
    }),
    { numRuns: 1_000 },
  )
})

test('without a word, only letters, visits and service', () => {
  const at = new Date('2026-06-01T10:00:00Z')
  const allowed = media.filter((medium) => mayContact([], false, { medium, purpose: 'marketing', at }).allowed)
  expect(allowed).toEqual(['letter', 'visit'])
  expect(mayContact([], true, { medium: 'email', purpose: 'service', at })).toMatchObject({ reason: 'service' })
})
