import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weighLetter } from './weigh-letter.ts'

const tariff = {
  bothSides: true,
  sheetGrams: 5,
  envelopeGrams: 5,
  sheetMicro: 40_000,
  classes: [
    { upToGrams: 100, micro: 2_080_000 },
    { upToGrams: 20, micro: 1_040_000 },
  ],
}

test('sheets are printed on both sides, weighed with their envelope, and cost what their class does', () => {
  expect(weighLetter(1, tariff)).toEqual({ sheets: 1, grams: 10, upToGrams: 20, costMicro: 1_080_000 })
  expect(weighLetter(6, tariff)).toEqual({ sheets: 3, grams: 20, upToGrams: 20, costMicro: 1_160_000 })
  expect(weighLetter(7, tariff)).toEqual({ sheets: 4, grams: 25, upToGrams: 100, costMicro: 2_240_000 })
  expect(weighLetter(6, { ...tariff, bothSides: false })?.sheets).toBe(6)
})

test('what the post does not take has no price', () => {
  expect(weighLetter(39, tariff)).toBeNull()
})

test('more pages never cost less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 37 }), (pages) => {
      expect(weighLetter(pages + 1, tariff)?.costMicro).toBeGreaterThanOrEqual(
        weighLetter(pages, tariff)?.costMicro ?? 0,
      )
    }),
  )
})
