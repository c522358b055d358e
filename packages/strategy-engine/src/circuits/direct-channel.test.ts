import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeDirectChannel, type DirectChannelQuestion } from './direct-channel.ts'

const growing: DirectChannelQuestion = {
  sales: 1000,
  growth: 0.2,
  partnerShare: 0.5,
  captured: 0.3,
  diverted: 0.08,
  retaliation: 0.25,
  partnerMargin: 0.3,
  directMargin: 0.45,
  fixedCost: 10,
}
const held: DirectChannelQuestion = { ...growing, growth: 0.04, partnerShare: 0.9 }

test('a fifth of growth and half of it indirect invites a direct channel: partners still sell more than before', () => {
  const verdict = judgeDirectChannel(growing)
  expect(verdict).toMatchObject({ open: true, reason: 'growth_pays_partners', conflict: false, partnersWithout: 1.2 })
  // 500 × 1.14 × 0.92 = 524.4 of 600 they would have had; 60 new and 45.6 taken, sold directly.
  expect(verdict.partnersWith).toBeCloseTo(1.0488, 12)
  expect(verdict.gain).toBeCloseTo(105.6 * 0.45 - 75.6 * 0.3 - 10, 9)
})

test('4 % of growth and nine tenths held by partners does not: what they would drop is worth more', () => {
  const verdict = judgeDirectChannel(held)
  expect(verdict).toMatchObject({ open: false, reason: 'partners_answer_costs_more', conflict: true })
  expect(verdict.gainBeforeAnswer).toBeGreaterThan(0)
  expect(verdict.growthWithoutConflict).toBeCloseTo(0.08 / (0.7 * 0.92), 12)
})

test('unless the answer is weak, or a direct sale leaves more', () => {
  expect(judgeDirectChannel(held).directMarginNeeded).toBeNull()
  const mild = { ...held, retaliation: 0.1 }
  const { bearableRetaliation, directMarginNeeded } = judgeDirectChannel(mild)
  const weak = judgeDirectChannel({ ...held, retaliation: bearableRetaliation! - 1e-6 })
  expect(weak).toMatchObject({ open: true, reason: 'pays_despite_answer' })
  expect(judgeDirectChannel({ ...held, retaliation: bearableRetaliation! + 1e-6 }).open).toBe(false)
  expect(judgeDirectChannel({ ...mild, directMargin: directMarginNeeded! + 1e-6 }).open).toBe(true)
  expect(judgeDirectChannel({ ...mild, directMargin: directMarginNeeded! - 1e-6 }).open).toBe(false)
})

test('a channel that would not pay even in peace is refused for that', () => {
  expect(judgeDirectChannel({ ...growing, fixedCost: 500 })).toMatchObject({ open: false, reason: 'does_not_pay' })
})

const share = fc.double({ min: 0, max: 1, noNaN: true })
test('whatever the market, the verdict is finite and follows its gain; more growth never makes a conflict', () => {
  fc.assert(
    fc.property(
      fc.record({
        sales: fc.constant(1000),
        growth: fc.double({ min: -0.5, max: 2, noNaN: true }),
        partnerShare: share,
        captured: share,
        diverted: share,
        retaliation: share,
        partnerMargin: share,
        directMargin: share,
        fixedCost: fc.double({ min: 0, max: 100, noNaN: true }),
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (question, more) => {
        const verdict = judgeDirectChannel(question)
        expect(Number.isFinite(verdict.gain) && Number.isFinite(verdict.partnersWith)).toBe(true)
        expect(verdict.open).toBe(verdict.gain > 0)
        expect(verdict.gain).toBeLessThanOrEqual(verdict.gainBeforeAnswer + 1e-9)
        const later = judgeDirectChannel({ ...question, growth: question.growth + more })
        if (!verdict.conflict && question.partnerShare > 0) expect(later.conflict).toBe(false)
      },
    ),
  )
})

test.each([
  ['partnerShare', 1.2],
  ['sales', 0],
  ['growth', NaN],
  ['retaliation', -0.1],
])('%s of %s is refused', (name, value) => {
  expect(() => judgeDirectChannel({ ...growing, [name]: value })).toThrow('out_of_range')
})
