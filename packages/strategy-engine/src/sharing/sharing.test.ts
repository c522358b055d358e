import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { divideEstate, type DivisionRule } from './bankruptcy.ts'
import { bargainOverOutcomes, bargainOverSum } from './bargaining.ts'
import { airportShares, shapleyValues, worthsOf } from './cooperative-games.ts'

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
const seeded = (numRuns: number) => ({ numRuns, seed: inject('seed') })
const round = (values: ArrayLike<number>) => Array.from(values, (value) => Math.round(value * 1e9) / 1e9)

test('the glove game', () => {
  const players = ['a', 'b', 'c']
  const worths = worthsOf(players, [
    { members: ['a', 'c'], worth: 1 },
    { members: ['b', 'c'], worth: 1 },
    { members: players, worth: 1 },
  ])
  expect(round(shapleyValues(3, worths))).toEqual(round([1 / 6, 1 / 6, 4 / 6]))
})

test('Birmingham’s runway: Littlechild and Owen’s game, by its closed form and as any game', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 }), (costs) => {
      const worths = Float64Array.from({ length: 2 ** costs.length }, (_, coalition) =>
        Math.max(0, ...costs.filter((_cost, player) => (coalition >> player) & 1)),
      )
      const shares = airportShares(costs)
      expect(round(shares)).toEqual(round(shapleyValues(costs.length, worths)))
      expect(sum(shares)).toBeCloseTo(Math.max(...costs), 9)
    }),
    seeded(60),
  )
  expect(airportShares([8, 11, 17])).toEqual([8 / 3, 8 / 3 + 3 / 2, 8 / 3 + 3 / 2 + 6])
})

test('the three wives of the Talmud', () => {
  const claims = [100, 200, 300]
  expect(round(divideEstate(100, claims, 'talmud'))).toEqual(round([100 / 3, 100 / 3, 100 / 3]))
  expect(divideEstate(200, claims, 'talmud')).toEqual([50, 75, 75])
  expect(divideEstate(300, claims, 'talmud')).toEqual([50, 100, 150])
  expect(round(divideEstate(250, claims, 'equal_awards'))).toEqual(round([250 / 3, 250 / 3, 250 / 3]))
  expect(divideEstate(300, claims, 'equal_losses')).toEqual([0, 100, 200])
  expect(divideEstate(150, [50, 100, 150], 'proportional')).toEqual([25, 50, 75])
  // The contested garment: two hold it, one claims all, one half.
  expect(divideEstate(100, [100, 50], 'talmud')).toEqual([75, 25])
})

const rules: DivisionRule[] = ['proportional', 'equal_awards', 'equal_losses', 'talmud', 'random_arrival']
const claimsArb = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 6 })

test('every rule divides all of it, within the claims; the Talmud’s is consistent for every pair', () => {
  fc.assert(
    fc.property(claimsArb, fc.double({ min: 0, max: 1, noNaN: true }), (claims, part) => {
      const estate = part * sum(claims)
      for (const rule of rules) {
        const awards = divideEstate(estate, claims, rule)
        expect(sum(awards)).toBeCloseTo(estate, 6)
        awards.forEach((award, at) => {
          expect(award).toBeGreaterThan(-1e-9)
          expect(award).toBeLessThan(claims[at]! + 1e-9)
        })
      }
      const awards = divideEstate(estate, claims, 'talmud')
      for (let i = 0; i < claims.length; i++)
        for (let j = 0; j < i; j++) {
          // Aumann and Maschler: any two divide what they get together as two hold a garment.
          const both = awards[i]! + awards[j]!
          const conceded = [Math.max(0, both - claims[j]!), Math.max(0, both - claims[i]!)]
          expect(awards[i]!).toBeCloseTo(conceded[0]! + (both - sum(conceded)) / 2, 6)
        }
    }),
    seeded(80),
  )
})

test('random arrival is the Shapley value of what is left by the others', () => {
  fc.assert(
    fc.property(claimsArb, fc.double({ min: 0, max: 1, noNaN: true }), (claims, part) => {
      const estate = part * sum(claims)
      const worths = Float64Array.from({ length: 2 ** claims.length }, (_, coalition) =>
        Math.max(0, estate - sum(claims.filter((_claim, player) => !((coalition >> player) & 1)))),
      )
      const awards = divideEstate(estate, claims, 'random_arrival')
      shapleyValues(claims.length, worths).forEach((value, at) => expect(awards[at]!).toBeCloseTo(value, 6))
    }),
    seeded(40),
  )
})

test('Nash’s bargain, with money and without', () => {
  expect(bargainOverSum(100, [10, 30])).toEqual({ surplus: 60, shares: [40, 60] })
  expect(bargainOverSum(100, [10, 30], [1, 3]).shares).toEqual([25, 75])
  // The frontier x + 2y = 2, nothing without agreement: (1, ½).
  const found = bargainOverOutcomes(
    [
      [0, 1],
      [2, 0],
      [0, 0],
    ],
    [0, 0],
  )
  expect(round(found)).toEqual([1, 0.5])
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true })), {
        minLength: 1,
        maxLength: 5,
      }),
      (outcomes) => {
        const [x, y] = bargainOverOutcomes(outcomes, [0, 0])
        for (const one of outcomes)
          for (const other of outcomes)
            for (let part = 0; part <= 1; part += 0.05) {
              const mixed = [0, 1].map((who) => one[who]! * part + other[who]! * (1 - part))
              expect(mixed[0]! * mixed[1]!).toBeLessThanOrEqual(x * y + 1e-9)
            }
      },
    ),
    seeded(40),
  )
})

test('what cannot be answered says why', () => {
  expect(() => airportShares([])).toThrow('empty')
  expect(() => airportShares([-1])).toThrow('out_of_range')
  expect(() => divideEstate(10, [4, 5], 'talmud')).toThrow('out_of_range')
  expect(() => divideEstate(Number.NaN, [4, 5], 'talmud')).toThrow('out_of_range')
  expect(() => bargainOverSum(10, [8, 4])).toThrow('impossible')
  expect(() => bargainOverSum(10, [1, 2], [1])).toThrow('mismatch')
  expect(() => bargainOverOutcomes([[1, 1]], [2, 2])).toThrow('impossible')
  expect(() => shapleyValues(2, new Float64Array(3))).toThrow('mismatch')
  expect(() => worthsOf(['a'], [{ members: ['b'], worth: 1 }])).toThrow('unknown_name')
})
