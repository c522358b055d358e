import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { proposeReplenishment } from './propose.ts'

const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: inject('seed') })

test('a proposal orders whole packs, only when the position is low, and up to what was meant', () => {
  const input = fc.record({
    position: fc.integer({ min: -20, max: 200 }),
    demandPerDay: fc.double({ min: 0, max: 12, noNaN: true }),
    deviationPerDay: fc.double({ min: 0, max: 8, noNaN: true }),
    leadDays: fc.integer({ min: 0, max: 30 }),
    leadDeviationDays: fc.double({ min: 0, max: 5, noNaN: true }),
    reviewDays: fc.integer({ min: 0, max: 14 }),
    serviceLevel: fc.constantFrom(0.5, 0.9, 0.95, 0.99),
    coverDays: fc.integer({ min: 0, max: 30 }),
    packSize: fc.integer({ min: 1, max: 12 }),
    minimumUnits: fc.constantFrom(0, 24),
  })
  fc.assert(
    fc.property(input, (terms) => {
      const { reorderPoint, orderUpTo, orderUnits, safetyUnits, expectedUnits } = proposeReplenishment(terms)
      expect(orderUnits % terms.packSize).toBe(0)
      expect(orderUnits > 0).toBe(terms.position <= reorderPoint && terms.demandPerDay > 0)
      expect(reorderPoint).toBeGreaterThanOrEqual(Math.floor(expectedUnits + safetyUnits))
      expect(orderUpTo).toBeGreaterThan(reorderPoint)
      if (orderUnits > 0) {
        expect(terms.position + orderUnits).toBeGreaterThanOrEqual(orderUpTo)
        expect(orderUnits).toBeGreaterThanOrEqual(terms.minimumUnits)
        const spare = Math.max(terms.minimumUnits, orderUpTo - terms.position)
        expect(orderUnits - spare).toBeLessThan(terms.packSize)
      }
      const more = proposeReplenishment({ ...terms, serviceLevel: 0.999 })
      expect(more.reorderPoint).toBeGreaterThanOrEqual(reorderPoint)
    }),
    seeded(300),
  )
})

test('the service level is met: demand over the lead time stays within the reorder point as often as meant', () => {
  const { reorderPoint } = proposeReplenishment({
    position: 0,
    demandPerDay: 40,
    deviationPerDay: 10,
    leadDays: 9,
    leadDeviationDays: 0,
    reviewDays: 0,
    serviceLevel: 0.95,
    coverDays: 7,
    packSize: 1,
    minimumUnits: 0,
  })
  // 9 days of 40 ± 10: 360 ± 30, and 1.6449 deviations above it.
  expect(reorderPoint).toBe(410)
})
