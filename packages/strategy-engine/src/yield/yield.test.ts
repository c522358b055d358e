import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { normalDemand, poissonDemand } from '../stock/demand-distribution.ts'
import { dynamicPrice } from './dynamic-price.ts'
import { bestProtection, emsrA, emsrB, littlewoodProtection, revenueOf, type FareClass } from './fare-classes.ts'
import { binomialCdf, overbookingForService, overbookingLimit } from './overbooking.ts'

const seeded = (numRuns: number) => ({ numRuns, seed: inject('seed') })
const tenths = (values: ArrayLike<number>) => Array.from(values, (value) => value.toFixed(1))
const demands = [
  { mean: 17.3, deviation: 5.8 },
  { mean: 45.1, deviation: 15.0 },
  { mean: 39.6, deviation: 13.2 },
  { mean: 34.0, deviation: 11.3 },
]
const withFares = (fares: number[]): FareClass[] => demands.map((demand, at) => ({ fare: fares[at]!, ...demand }))

test('the example of Wollmer 1992 that Talluri and van Ryzin print', () => {
  const classes = withFares([1050, 567, 534, 520])
  expect(tenths(emsrA(classes))).toEqual(['16.7', '38.7', '55.7'])
  expect(tenths(emsrB(classes))).toEqual(['16.7', '50.9', '83.2'])
  const { protection } = bestProtection(classes, 130, 0.1)
  // Their simulated optimum is 16.7, 42.5, 72.3.
  expect(Math.abs(protection[0]! - 16.7)).toBeLessThan(0.2)
  expect(Math.abs(protection[1]! - 42.5)).toBeLessThan(0.5)
  expect(Math.abs(protection[2]! - 72.3)).toBeLessThan(0.5)
})

test('Littlewood’s rule is the optimum of two classes', () => {
  const classes = [
    { fare: 200, mean: 40, deviation: 9 },
    { fare: 90, mean: 80, deviation: 20 },
  ]
  const kept = littlewoodProtection(200, 90, normalDemand(40, 9))
  expect(emsrA(classes)[0]).toBeCloseTo(kept, 12)
  expect(emsrB(classes)[0]).toBeCloseTo(kept, 12)
  expect(Math.abs(bestProtection(classes, 100, 0.05).protection[0]! - kept)).toBeLessThan(0.06)
  // Netessine and Shumsky’s hotel asks for the least quantity that covers 1 − 105/159 of demand.
  expect(littlewoodProtection(159, 105, poissonDemand(80))).toBe(76)
})

const classesArb = fc
  .array(fc.record({ fare: fc.integer({ min: 50, max: 900 }), mean: fc.integer({ min: 3, max: 20 }) }), {
    minLength: 2,
    maxLength: 4,
  })
  .map((classes) => classes.map((one) => ({ ...one, deviation: one.mean / 3 })).sort((a, b) => b.fare - a.fare))

test('no neighbouring levels and no rule bring more than the optimum', () => {
  fc.assert(
    fc.property(classesArb, fc.integer({ min: 5, max: 50 }), (classes, capacity) => {
      const { protection, revenue } = bestProtection(classes, capacity)
      expect(revenueOf(classes, capacity, protection)).toBeCloseTo(revenue, 6)
      expect(revenueOf(classes, capacity, emsrA(classes))).toBeLessThanOrEqual(revenue + 1e-6)
      expect(revenueOf(classes, capacity, emsrB(classes))).toBeLessThanOrEqual(revenue + 1e-6)
      for (let at = 0; at < protection.length; at++)
        for (const change of [-2, -1, 1, 2]) {
          const other = protection.map((kept, index) => (index === at ? kept + change : kept))
          expect(revenueOf(classes, capacity, other)).toBeLessThanOrEqual(revenue + 1e-6)
        }
    }),
    seeded(40),
  )
})

test('overbooking is where the profit is highest, of all limits counted one by one', () => {
  const termsArb = fc.record({
    capacity: fc.integer({ min: 1, max: 40 }),
    showRate: fc.double({ min: 0.5, max: 0.98, noNaN: true }),
    fare: fc.integer({ min: 10, max: 100 }),
    keptOfNoShow: fc.constantFrom(0, 0.5, 1),
    deniedCost: fc.integer({ min: 100, max: 900 }),
  })
  fc.assert(
    fc.property(termsArb, (terms) => {
      const { capacity, showRate, fare, keptOfNoShow, deniedCost } = terms
      const paid = fare * (showRate + (1 - showRate) * keptOfNoShow)
      if (paid >= deniedCost * showRate) {
        expect(() => overbookingLimit(terms)).toThrow('no_limit')
        return
      }
      // Hardly less: the limit would be far beyond those that are counted below.
      fc.pre(paid < deniedCost * showRate * 0.98)
      const profitOf = (limit: number) => {
        let denied = 0
        let chance = (1 - showRate) ** limit
        for (let shown = 0; shown <= limit; shown++) {
          denied += chance * Math.max(0, shown - capacity)
          chance *= (((limit - shown) / (shown + 1)) * showRate) / (1 - showRate)
        }
        return limit * fare * (showRate + (1 - showRate) * keptOfNoShow) - deniedCost * denied
      }
      const { limit, expectedProfit } = overbookingLimit(terms)
      expect(profitOf(limit)).toBeCloseTo(expectedProfit, 5)
      for (let other = capacity; other < capacity * 3; other++)
        expect(profitOf(other)).toBeLessThanOrEqual(expectedProfit + 1e-6)
    }),
    seeded(40),
  )
  expect(binomialCdf(2, 4, 0.5)).toBeCloseTo(11 / 16, 12)
  const limit = overbookingForService(100, 0.9, 0.05)
  expect(1 - binomialCdf(100, limit, 0.9)).toBeLessThanOrEqual(0.05)
  expect(1 - binomialCdf(100, limit + 1, 0.9)).toBeGreaterThan(0.05)
})

test('Gallego and van Ryzin’s prices are the limit of deciding in very small steps', () => {
  const steps = 20_000
  let value = new Float64Array(4)
  for (let step = 0; step < steps; step++) {
    value = value.map((here, left) => {
      if (left === 0) return 0
      // The best price given what a place is worth: 1 + its worth.
      const price = 1 + here - value[left - 1]!
      return here + (10 / steps) * Math.exp(-price) * (price + value[left - 1]! - here)
    })
  }
  const found = dynamicPrice(3, 1, 10)
  expect(found.revenue).toBeCloseTo(value[3]!, 3)
  expect(found.price).toBeCloseTo(1 + value[3]! - value[2]!, 3)
  expect(found.certainRevenue).toBeGreaterThan(found.revenue)
  expect(dynamicPrice(3, 1, 10, 500).price).toBeCloseTo(500 * found.price, 8)
})

test('what cannot be answered says why', () => {
  expect(() => emsrB([{ fare: 1, mean: 1, deviation: 1 }])).toThrow('too_few')
  expect(() =>
    emsrA([
      { fare: 1, mean: 1, deviation: 1 },
      { fare: 2, mean: 1, deviation: 1 },
    ]),
  ).toThrow('fare')
  expect(() => bestProtection(withFares([4, 3, 2, 1]), -5)).toThrow('capacity')
  expect(() => overbookingLimit({ capacity: -1, showRate: 0.9, fare: 1, keptOfNoShow: 0, deniedCost: 2 })).toThrow(
    'capacity',
  )
  expect(() => dynamicPrice(0, 1, 1)).toThrow('places')
  expect(() => littlewoodProtection(100, Number.NaN, normalDemand(1, 1))).toThrow('low fare')
})
