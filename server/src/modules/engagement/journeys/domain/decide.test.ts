import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, type DecisionInputs, type Option } from './decide.ts'
import { expectedAnswer } from './expected-answer.ts'

const at = '2026-03-02T09:00:00.000Z'
const later = ['2026-03-02T12:00:00.000Z', '2026-03-05T08:00:00.000Z', null] as const

const seen = fc
  .record({
    sent: fc.integer({ min: 0, max: 500 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    valueMinor: fc.integer({ min: 0, max: 500_000 }),
  })
  .map(({ sent, share, valueMinor }) => ({ sent, answered: Math.floor(sent * share), valueMinor }))
const option: fc.Arbitrary<Option> = fc.record({
  key: fc.constant('x'),
  name: fc.constant('x'),
  medium: fc.constantFrom('email' as const, 'sms' as const),
  title: fc.constant('x'),
  sendAt: fc.constant(at),
  hour: fc.integer({ min: 0, max: 23 }),
  lacks: fc.constantFrom(null, null, null, 'no_sender' as const, 'no_address' as const),
  gate: fc.oneof(
    fc.constant({ allowed: true, reason: 'permitted', from: null }),
    fc.record({
      allowed: fc.constant(false),
      reason: fc.constantFrom('no_consent', 'quiet_hours'),
      from: fc.constantFrom(...later),
    }),
  ),
  cap: fc.oneof(
    fc.constant(null),
    fc.record({ reason: fc.constant('cap_of_medium' as const), from: fc.constantFrom(...later) }),
  ),
  costMicro: fc.integer({ min: 0, max: 2_000_000 }),
  seen,
  prior: fc.record({ medium: seen, valueMinor: fc.integer({ min: 0, max: 20_000 }) }),
})
const inputs: fc.Arbitrary<DecisionInputs> = fc.record({
  at: fc.constant(at),
  heldOut: fc.constantFrom(null, null, null, 'held_out' as const),
  budgetMicro: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
  atLeastMinor: fc.option(fc.integer({ min: 0, max: 500 })),
  options: fc.array(option, { minLength: 1, maxLength: 5 }),
})

/** Whether one may be sent now, said once more in other words. */
const free = (one: Option, { heldOut, budgetMicro }: DecisionInputs): boolean =>
  heldOut === null &&
  one.lacks === null &&
  one.gate.allowed &&
  one.cap === null &&
  one.costMicro <= (budgetMicro ?? Infinity)

test('what is sent is permitted, within caps and budget, and no other that is brings more', () => {
  fc.assert(
    fc.property(inputs, (asked) => {
      const decision = decide(asked)
      const worth = decision.judged.map(({ netMicro }) => netMicro)
      const floor = asked.atLeastMinor === null ? -Infinity : asked.atLeastMinor * 10_000
      const able = asked.options.flatMap((one, place) =>
        free(one, asked) && (worth[place] ?? 0) >= floor ? [place] : [],
      )
      if (decision.kind === 'send') {
        expect(free(decision.chosen.option, asked)).toBe(true)
        expect(decision.chosen.netMicro).toBe(Math.max(...able.map((place) => worth[place] ?? 0)))
      } else {
        expect(able).toEqual([])
        // Every one that was struck out says why.
        expect(decision.judged.every(({ struck }) => struck !== null)).toBe(true)
      }
    }),
  )
})

test('it waits for the first moment at which something stands in the way no longer, and only for such a moment', () => {
  fc.assert(
    fc.property(inputs, (asked) => {
      const decision = decide(asked)
      const hopes = decision.judged.flatMap(({ from }) => (from !== null && from > asked.at ? [from] : []))
      if (decision.kind === 'wait') expect(decision.until).toBe(hopes.toSorted()[0])
      if (decision.kind === 'none') expect(hopes).toEqual([])
      if (asked.heldOut !== null) expect(decision).toMatchObject({ kind: 'none', reason: 'held_out' })
    }),
  )
})

test('the same inputs, read again from where they were kept, give the same decision', () => {
  fc.assert(
    fc.property(inputs, (asked) => {
      expect(decide(JSON.parse(JSON.stringify(asked)) as DecisionInputs)).toEqual(decide(asked))
    }),
  )
})

test('what is expected begins at what was thought and ends at what was seen', () => {
  const nothing = { sent: 0, answered: 0, valueMinor: 0 }
  expect(expectedAnswer(nothing, { medium: nothing, valueMinor: 2_000 })).toEqual({
    probability: 0.02,
    answerMinor: 2_000,
  })
  const much = { sent: 1_000_000, answered: 100_000, valueMinor: 500_000_000 }
  const { probability, answerMinor } = expectedAnswer(much, { medium: nothing, valueMinor: 2_000 })
  expect(probability).toBeCloseTo(0.1, 4)
  expect(answerMinor).toBeCloseTo(5_000, 0)
  fc.assert(
    fc.property(seen, seen, (own, medium) => {
      const { probability: chance } = expectedAnswer(own, { medium, valueMinor: 1_000 })
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThanOrEqual(1)
    }),
  )
})

const media = ['email', 'sms', 'phone', 'letter', 'push', 'social', 'visit'] as const
const chosenBetween: fc.Arbitrary<DecisionInputs> = fc
  .record({
    asked: inputs,
    tried: fc.uniqueArray(fc.constantFrom(...media)),
    wishes: fc.array(fc.record({ medium: fc.constantFrom(...media), volunteered: fc.boolean(), asked: fc.boolean() }), {
      minLength: 5,
      maxLength: 5,
    }),
  })
  .map(({ asked, tried, wishes }) => ({
    ...asked,
    tried,
    options: asked.options.map((one, place) => ({ ...one, ...wishes[place] })),
  }))

test('where media are chosen between: e-mail first, texts to volunteers, calls and letters to who asked', () => {
  fc.assert(
    fc.property(chosenBetween, (given) => {
      const decision = decide(given)
      if (decision.kind !== 'send') return
      const { medium, volunteered, asked } = decision.chosen.option
      if (medium === 'phone' || medium === 'letter') expect(asked).toBe(true)
      if (medium === 'sms' || medium === 'push' || medium === 'social') expect(asked || volunteered).toBe(true)
      if (medium === 'email' || asked || given.tried?.includes('email')) return
      // Nothing but e-mail is sent unasked while an e-mail may be sent, now or later.
      const mails = decision.judged.filter(({ option: one }) => one.medium === 'email')
      expect(mails.every(({ struck, from }) => struck !== null && (from === null || from <= given.at))).toBe(true)
    }),
  )
})

test('what was decided before media were chosen so is decided the same again', () => {
  fc.assert(
    fc.property(chosenBetween, ({ tried: _, ...before }) => {
      const decision = decide(before)
      expect(
        decision.judged.some(({ struck }) =>
          ['email_first', 'not_volunteered', 'not_asked_for'].includes(struck ?? ''),
        ),
      ).toBe(false)
    }),
  )
})
