import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, inject, test } from 'vitest'
import {
  economicOrderCost,
  economicOrderQuantity,
  newsvendorNormal,
  normalPeriodCost,
  reorderPointAndLot,
} from './models.ts'
import { normalBelow, normalLoss, normalQuantile, normalSecondLoss } from './normal.ts'
import { bestPolicy, newsvendorPoisson, policyCost, poissonPeriodCost } from './poisson-policy.ts'
import { proposeReplenishment } from './propose.ts'

type Case = Record<string, number>
type Published = {
  eoq: Case[]
  newsvendor_normal: Case[]
  newsvendor_poisson: Case[]
  sS_poisson_exact: Case[]
  rQ: (Case & { loss_function: Case })[]
}
const path = new URL('../../../../../../../shared/data/inventory/published.json', import.meta.url)
const there = existsSync(path)
const of = (values: Case, key: string): number => {
  const value = values[key]
  if (value === undefined) throw new Error(`no ${key}`)
  return value
}

describe('published values', () => {
  test.skipIf(!there)(there ? 'are found again' : 'skipped: no data', () => {
    const published = JSON.parse(readFileSync(path, 'utf8')) as Published
    for (const one of published.eoq) {
      const [fixed, holding, rate] = [of(one, 'fixed_cost'), of(one, 'holding_cost'), of(one, 'demand_rate')]
      expect(economicOrderQuantity(fixed, holding, rate)).toBeCloseTo(of(one, 'Q'), 6)
      expect(economicOrderCost(of(one, 'Q'), fixed, holding, rate)).toBeCloseTo(of(one, 'cost'), 6)
      expect(economicOrderCost(250, fixed, holding, rate)).toBeCloseTo(of(one, 'cost_at_250'), 6)
    }
    const costsOf = (one: Case) => ({
      fixedCost: one['fixed_cost'] ?? 0,
      holdingCost: of(one, 'holding_cost'),
      stockoutCost: of(one, 'stockout_cost'),
    })
    for (const one of published.newsvendor_normal) {
      const [mean, deviation] = [of(one, 'demand_mean'), of(one, 'demand_sd')]
      const best = newsvendorNormal(costsOf(one), mean, deviation)
      expect(best.level).toBeCloseTo(of(one, 'S'), 6)
      expect(best.cost).toBeCloseTo(of(one, 'cost'), 6)
      expect(normalPeriodCost(costsOf(one), mean, deviation, 40)).toBeCloseTo(of(one, 'cost_at_40'), 6)
    }
    for (const one of published.newsvendor_poisson) {
      const best = newsvendorPoisson(costsOf(one), of(one, 'demand_mean'))
      expect(best.level).toBe(of(one, 'S'))
      expect(best.cost).toBeCloseTo(of(one, 'cost'), 6)
      expect(poissonPeriodCost(costsOf(one), of(one, 'demand_mean'), 5)).toBeCloseTo(of(one, 'cost_at_5'), 6)
    }
    for (const one of published.sS_poisson_exact) {
      const best = bestPolicy(costsOf(one), of(one, 'demand_mean'))
      expect(best).toMatchObject({ reorderPoint: of(one, 's'), orderUpTo: of(one, 'S') })
      expect(best.cost).toBeCloseTo(of(one, 'cost'), 6)
      expect(policyCost(costsOf(one), of(one, 'demand_mean'), 6, 18)).toBeCloseTo(of(one, 'cost_at_6_18'), 6)
    }
    for (const one of published.rQ) {
      const { reorderPoint, lot } = reorderPointAndLot(costsOf(one), of(one, 'fixed_cost'), {
        rate: of(one, 'demand_mean'),
        deviation: of(one, 'demand_sd'),
        leadTime: of(one, 'lead_time'),
      })
      expect(reorderPoint).toBeCloseTo(of(one.loss_function, 'r'), 4)
      expect(lot).toBeCloseTo(of(one.loss_function, 'Q'), 4)
    }
  })
})

const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: inject('seed') })

test('the normal distribution and its losses agree with integration', () => {
  expect(normalBelow(1.959_963_984_540_054)).toBeCloseTo(0.975, 12)
  expect(normalQuantile(0.95)).toBeCloseTo(1.644_853_626_951_472, 10)
  fc.assert(
    fc.property(fc.double({ min: -4, max: 4, noNaN: true }), (z) => {
      expect(normalQuantile(normalBelow(z))).toBeCloseTo(z, 7)
      const step = 0.001
      let loss = 0
      let second = 0
      for (let x = z + step / 2; x < 9; x += step) {
        const chance = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * step
        loss += (x - z) * chance
        second += ((x - z) ** 2 / 2) * chance
      }
      expect(normalLoss(z)).toBeCloseTo(loss, 5)
      expect(normalSecondLoss(z)).toBeCloseTo(second, 5)
    }),
    seeded(30),
  )
})

test('no (s, S) near the one found costs less', () => {
  const costs = fc.record({
    fixedCost: fc.integer({ min: 0, max: 60 }),
    holdingCost: fc.integer({ min: 1, max: 4 }),
    stockoutCost: fc.integer({ min: 2, max: 30 }),
  })
  fc.assert(
    fc.property(costs, fc.double({ min: 0.2, max: 9, noNaN: true }), (terms, mean) => {
      const best = bestPolicy(terms, mean)
      expect(policyCost(terms, mean, best.reorderPoint, best.orderUpTo)).toBeCloseTo(best.cost, 9)
      for (let low = best.reorderPoint - 4; low <= best.reorderPoint + 4; low++)
        for (let high = Math.max(low + 1, best.orderUpTo - 6); high <= best.orderUpTo + 6; high++)
          expect(policyCost(terms, mean, low, high)).toBeGreaterThanOrEqual(best.cost - 1e-9)
    }),
    seeded(40),
  )
})

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
