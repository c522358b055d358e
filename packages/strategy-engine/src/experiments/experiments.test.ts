import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { alwaysValid, noObservations, observe } from './always-valid.ts'
import { adjustedEffect } from './cuped.ts'
import { qini } from './qini.ts'
import {
  designEffect,
  noncentralStudentCdf,
  powerOfMeans,
  powerOfShares,
  sizeForMeans,
  sizeForShares,
} from './sample-size.ts'

const twoSided = { level: 0.05, sides: 2 } as const

test('sizes and power of the tables', () => {
  // The examples of R's power.t.test and power.prop.test.
  expect(powerOfMeans(20, 1, 1, twoSided)).toBeCloseTo(0.8689528, 6)
  expect(sizeForMeans(1, 1, 0.9, twoSided)).toBeCloseTo(22.0211, 4)
  expect(sizeForMeans(1, 1, 0.9, { level: 0.05, sides: 1 })).toBeCloseTo(17.84713, 4)
  expect(powerOfShares(50, 0.5, 0.75, twoSided)).toBeCloseTo(0.7401659, 6)
  expect(sizeForShares(0.5, 0.75, 0.9, twoSided)).toBeCloseTo(76.7, 1)
  // Cohen 1988, table 2.4.1: small, medium and large effects at 80 %.
  expect([0.2, 0.5, 0.8].map((effect) => Math.ceil(sizeForMeans(effect, 1, 0.8, twoSided)))).toEqual([394, 64, 26])
  expect(noncentralStudentCdf(0, 7, 0)).toBeCloseTo(0.5, 12)
  expect(designEffect(50, 0.02)).toBeCloseTo(1.98, 12)
})

test('the shifted t is a normal over a chi, drawn', () => {
  const random = createRandom(3)
  let below = 0
  const draws = 40_000
  for (let draw = 0; draw < draws; draw++) {
    const chi = Math.sqrt((2 * random.gamma(4.5)) / 9)
    below += Number((random.normal() + 1.3) / chi <= 1.8)
  }
  expect(Math.abs(below / draws - noncentralStudentCdf(1.8, 9, 1.3))).toBeLessThan(0.01)
})

test('CUPED takes out what was known, no more: its variance is 1 − ρ² of the plain one', () => {
  const random = createRandom(inject('seed'))
  const people = (effect: number, correlation: number) => {
    const before = Float64Array.from({ length: 4000 }, () => random.normal())
    const rest = Math.sqrt(1 - correlation ** 2)
    return { before, outcome: before.map((x) => 10 + effect + correlation * x + rest * random.normal()) }
  }
  for (const correlation of [0, 0.5, 0.9]) {
    const found = adjustedEffect(people(0.3, correlation), people(0, correlation))
    expect(found.varianceRatio).toBeCloseTo(1 - correlation ** 2, 1)
    expect(Math.abs(found.adjusted.effect - 0.3)).toBeLessThan(5 * found.adjusted.standardError)
    expect((found.adjusted.standardError / found.plain.standardError) ** 2).toBeCloseTo(found.varianceRatio, 2)
  }
})

test('Qini: a perfect score is 1, chance is 0, the wrong way round is below', () => {
  // Bought with the treatment by two, without by one whom the treatment would have lost.
  const outcome = [1, 1, 0, 0, 0, 0, 0, 1]
  const treated = [1, 1, 1, 1, 0, 0, 0, 0]
  expect(qini(outcome, treated, [9, 8, 5, 4, 7, 6, 3, 1]).coefficient).toBeCloseTo(1, 1)
  expect(qini(outcome, treated, [1, 1, 1, 1, 1, 1, 1, 1]).area).toBeCloseTo(0, 12)
  expect(qini(outcome, treated, [1, 2, 5, 4, 3, 6, 7, 9]).area).toBeLessThan(0)
  expect([...qini(outcome, treated, [9, 8, 5, 4, 7, 6, 3, 1]).gains]).toEqual([0, 1, 2, 2, 2, 2, 2, 2, 1])
})

test('always-valid p-values keep their level over 10,000 runs that are looked at after every pair', () => {
  const random = createRandom(inject('seed'))
  const settings = { expectedEffect: 0.3, level: 0.05, fewest: 20 }
  let wrong = 0
  let missed = 0
  for (let run = 0; run < 10_000; run++) {
    const [treated, control] = [noObservations(), noObservations()]
    let pValue = 1
    let outside = false
    for (let pair = 0; pair < 200; pair++) {
      observe(treated, random.normal())
      observe(control, random.normal())
      const result = alwaysValid(treated, control, settings, pValue)
      pValue = result.pValue
      outside ||= result.low > 0 || result.high < 0
    }
    wrong += Number(pValue <= 0.05)
    missed += Number(outside)
  }
  expect(wrong / 10_000).toBeLessThan(0.05)
  expect(missed / 10_000).toBeLessThan(0.05)
  // A test that never says anything would keep its level too.
  const [treated, control] = [noObservations(), noObservations()]
  for (let pair = 0; pair < 2000; pair++) {
    observe(treated, 0.3 + random.normal())
    observe(control, random.normal())
  }
  expect(alwaysValid(treated, control, settings).pValue).toBeLessThan(0.01)
})

test('running moments are those of the whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 }),
      (values) => {
        const group = noObservations()
        for (const value of values) observe(group, value)
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        expect(group.mean).toBeCloseTo(mean, 4)
        expect(group.squares / 1e6).toBeCloseTo(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1e6, 3)
      },
    ),
    { numRuns: 50, seed: inject('seed') },
  )
})

test('what cannot be answered says why', () => {
  expect(() => sizeForMeans(0, 1, 0.8, twoSided)).toThrow('impossible')
  expect(() => sizeForShares(0.5, 0.6, 1, twoSided)).toThrow('power')
  expect(() => powerOfMeans(20, 1, 0, twoSided)).toThrow('deviation')
  expect(() => adjustedEffect({ outcome: [1, 2], before: [1, 1] }, { outcome: [1, 2], before: [1, 1] })).toThrow(
    'constant',
  )
  expect(() => adjustedEffect({ outcome: [1], before: [1] }, { outcome: [1, 2], before: [1, 1] })).toThrow('too_few')
  expect(() => qini([], [], [])).toThrow('empty')
  expect(() => qini([1, 0], [1, 1], [1, 2])).toThrow('too_few')
  expect(() => designEffect(10, 2)).toThrow('likeness')
})
