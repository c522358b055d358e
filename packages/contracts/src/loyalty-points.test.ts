import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earnedPoints } from './loyalty-points.ts'

const multipliers = [
  { categoryCode: 'velos', channelCode: null, percent: 200 },
  { categoryCode: null, channelCode: 'web', percent: 150 },
  { categoryCode: 'cartes-cadeaux', channelCode: null, percent: 0 },
]
const rule = { pointsPer100Euros: 150, multipliers }
const line = (minor: number, ...categoryCodes: string[]) => ({ minor, categoryCodes })

test('the highest rate that applies counts, none of them when one says that nothing is earned', () => {
  const lines = [line(10_000, 'velos', 'tout'), line(10_000, 'pieces'), line(10_000, 'velos', 'cartes-cadeaux')]
  expect(earnedPoints(rule, { channelCode: 'web', tierPercent: 100, lines })).toEqual({
    points: 525,
    percents: [200, 150, 0],
  })
  expect(earnedPoints(rule, { channelCode: 'shop', tierPercent: 200, lines })).toEqual({
    points: 900,
    percents: [200, 100, 0],
  })
})

test('the sum is rounded down once: splitting a line changes nothing, buying more never earns less', () => {
  const minors = fc.array(fc.integer({ min: 0, max: 9_999_999 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      minors,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 100, max: 300 }),
      (amounts, per, tier) => {
        const count = (lines: number[]): number =>
          earnedPoints(
            { pointsPer100Euros: per, multipliers },
            { channelCode: 'shop', tierPercent: tier, lines: lines.map((minor) => line(minor, 'velos')) },
          ).points
        const sum = amounts.reduce((a, b) => a + b, 0)
        expect(count(amounts)).toBe(count([sum]))
        expect(count([...amounts, 1])).toBeGreaterThanOrEqual(count(amounts))
        expect(Math.abs(count([sum]) - (sum * 2 * per * tier) / 1_000_000)).toBeLessThan(1 + sum * per * tier * 1e-20)
      },
    ),
  )
})
