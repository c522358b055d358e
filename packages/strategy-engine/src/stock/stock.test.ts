import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import {
  exponentialDemand,
  normalDemand,
  normalLoss,
  normalSecondLoss,
  poissonChances,
  poissonDemand,
  uniformDemand,
} from './demand-distribution.ts'
import { echelonBaseStock } from './echelon-base-stock.ts'
import {
  economicOrder,
  economicOrderCost,
  exactReorderPointAndLot,
  newsvendor,
  reorderPointAndLot,
  seasonCost,
} from './lot-sizes.ts'
import { bestPeriodicPolicy, periodicPolicyCost } from './periodic-policy.ts'
import { planOrders } from './planned-orders.ts'

type Case = Record<string, number>
interface Published {
  eoq: Case[]
  newsvendor_normal: Case[]
  newsvendor_poisson: Case[]
  sS_poisson_exact: Case[]
  wagner_whitin: { holding_cost: number; fixed_cost: number; demand: number[]; orders: number[]; cost: number }[]
  rQ: (Case & { loss_function: Case })[]
}
const folder = process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const file = join(folder, 'inventory/published.json')
const there = existsSync(file)
const seeded = (numRuns: number) => ({ numRuns, seed: inject('seed') })
const costsOf = (one: Case) => ({
  fixedCost: one['fixed_cost'] ?? 0,
  holdingCost: one['holding_cost']!,
  stockoutCost: one['stockout_cost']!,
})

test.skipIf(!there)(there ? 'the published values are found again' : 'skipped: no data', () => {
  const published = JSON.parse(readFileSync(file, 'utf8')) as Published
  for (const one of published.eoq) {
    const terms = [one['fixed_cost']!, one['holding_cost']!, one['demand_rate']!] as const
    expect(economicOrder(...terms).lot).toBeCloseTo(one['Q']!, 9)
    expect(economicOrder(...terms).cost).toBeCloseTo(one['cost']!, 9)
    expect(economicOrderCost(250, ...terms)).toBeCloseTo(one['cost_at_250']!, 9)
  }
  for (const one of published.newsvendor_normal) {
    const demand = normalDemand(one['demand_mean']!, one['demand_sd']!)
    const best = newsvendor(costsOf(one), demand)
    expect(best.level).toBeCloseTo(one['S']!, 9)
    expect(best.cost).toBeCloseTo(one['cost']!, 9)
    expect(seasonCost(costsOf(one), demand, 40)).toBeCloseTo(one['cost_at_40']!, 9)
  }
  for (const one of published.newsvendor_poisson) {
    const demand = poissonDemand(one['demand_mean']!)
    const best = newsvendor(costsOf(one), demand)
    expect(best.level).toBe(one['S']!)
    expect(best.cost).toBeCloseTo(one['cost']!, 9)
    expect(seasonCost(costsOf(one), demand, 5)).toBeCloseTo(one['cost_at_5']!, 9)
  }
  for (const one of published.sS_poisson_exact) {
    const best = bestPeriodicPolicy(costsOf(one), one['demand_mean']!)
    expect(best).toMatchObject({ reorderPoint: one['s']!, orderUpTo: one['S']! })
    expect(best.cost).toBeCloseTo(one['cost']!, 9)
    expect(periodicPolicyCost(costsOf(one), one['demand_mean']!, 6, 18)).toBeCloseTo(one['cost_at_6_18']!, 9)
  }
  for (const { demand, orders, cost, holding_cost, fixed_cost } of published.wagner_whitin) {
    const found = planOrders(demand, () => ({ fixedCost: fixed_cost, unitCost: 0, holdingCost: holding_cost }))
    expect([...found.orders]).toEqual(orders)
    expect(found.cost).toBe(cost)
  }
  for (const one of published.rQ) {
    const demand = { rate: one['demand_mean']!, deviation: one['demand_sd']!, leadTime: one['lead_time']! }
    const found = reorderPointAndLot(costsOf(one), one['fixed_cost']!, demand)
    expect(found.reorderPoint).toBeCloseTo(one.loss_function['r']!, 4)
    expect(found.lot).toBeCloseTo(one.loss_function['Q']!, 4)
  }
})

test('losses and sales of the distributions agree with integration', () => {
  fc.assert(
    fc.property(fc.double({ min: -4, max: 4, noNaN: true }), (z) => {
      let [loss, second] = [0, 0]
      for (let x = z + 0.0005; x < 9; x += 0.001) {
        const chance = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * 0.001
        loss += (x - z) * chance
        second += ((x - z) ** 2 / 2) * chance
      }
      expect(normalLoss(z)).toBeCloseTo(loss, 5)
      expect(normalSecondLoss(z)).toBeCloseTo(second, 5)
    }),
    seeded(20),
  )
  for (const demand of [normalDemand(50, 12), uniformDemand(10, 90), exponentialDemand(30), poissonDemand(12)]) {
    // E[min(q, D)] is the mean of min(q, quantile) over all chances.
    const chances = Array.from({ length: 20_000 }, (_, at) => (at + 0.5) / 20_000)
    for (const quantity of [5, 20, 60]) {
      const mean = chances.reduce((sum, chance) => sum + Math.min(quantity, demand.quantile(chance)), 0) / 20_000
      expect(demand.expectedSales(quantity)).toBeCloseTo(mean, 1)
    }
  }
})

const costsArb = fc.record({
  fixedCost: fc.integer({ min: 0, max: 60 }),
  holdingCost: fc.integer({ min: 1, max: 4 }),
  stockoutCost: fc.integer({ min: 2, max: 30 }),
})
const meanArb = fc.double({ min: 0.2, max: 9, noNaN: true })

test('no (s, S) and no (r, Q) near the one found costs less', () => {
  fc.assert(
    fc.property(costsArb, meanArb, (costs, mean) => {
      const best = bestPeriodicPolicy(costs, mean)
      for (let low = best.reorderPoint - 4; low <= best.reorderPoint + 4; low++)
        for (let high = Math.max(low + 1, best.orderUpTo - 6); high <= best.orderUpTo + 6; high++)
          expect(periodicPolicyCost(costs, mean, low, high)).toBeGreaterThanOrEqual(best.cost - 1e-9)
      const { reorderPoint, lot, cost } = exactReorderPointAndLot(costs, costs.fixedCost, { rate: mean, leadTime: 1 })
      const demand = poissonDemand(mean)
      const costOf = (point: number, size: number) => {
        let total = costs.fixedCost * mean
        for (let y = point + 1; y <= point + size; y++)
          total += y < 0 ? costs.stockoutCost * (mean - y) : seasonCost(costs, demand, y)
        return total / size
      }
      expect(costOf(reorderPoint, lot)).toBeCloseTo(cost, 8)
      for (let point = reorderPoint - 3; point <= reorderPoint + 3; point++)
        for (let size = Math.max(1, lot - 3); size <= lot + 3; size++)
          expect(costOf(point, size)).toBeGreaterThanOrEqual(cost - 1e-8)
    }),
    seeded(30),
  )
})

test('no way of ordering known demand costs less than the plan: all are tried', () => {
  const periodArb = fc.record({
    demand: fc.integer({ min: 0, max: 50 }),
    fixedCost: fc.integer({ min: 0, max: 200 }),
    unitCost: fc.integer({ min: 0, max: 9 }),
    holdingCost: fc.integer({ min: 0, max: 5 }),
  })
  fc.assert(
    fc.property(fc.array(periodArb, { minLength: 1, maxLength: 7 }), (periods) => {
      const { orders, cost } = planOrders(
        periods.map(({ demand }) => demand),
        (at) => periods[at]!,
      )
      let best = Infinity
      for (let set = 0; set < 2 ** periods.length; set++) {
        let total = 0
        let source = -1
        for (const [at, period] of periods.entries()) {
          if ((set >> at) & 1) {
            source = at
            total += period.fixedCost
          }
          if (period.demand > 0 && source < 0) total = Infinity
          let kept = 0
          for (let past = Math.max(0, source); past < at; past++) kept += periods[past]!.holdingCost
          if (period.demand > 0 && source >= 0) total += period.demand * (periods[source]!.unitCost + kept)
        }
        best = Math.min(best, total)
      }
      expect(cost).toBeCloseTo(best, 9)
      expect(orders.reduce((sum, order) => sum + order, 0)).toBe(periods.reduce((sum, { demand }) => sum + demand, 0))
    }),
    seeded(60),
  )
})

test('a line of places: Snyder and Shen’s example 6.1', () => {
  const places = [
    { echelonHoldingCost: 3, leadTime: 1 },
    { echelonHoldingCost: 2, leadTime: 1 },
    { echelonHoldingCost: 2, leadTime: 2 },
  ]
  const { levels, cost } = echelonBaseStock(places, 37.12, { kind: 'normal', mean: 5, deviation: 1 })
  // As the book prints the levels; the cost is that of the continuous problem, to which finer grids lead.
  expect(levels.map((level) => level.toFixed(2))).toEqual(['6.49', '12.02', '22.71'])
  expect(cost).toBeCloseTo(47.6601, 4)
})

test('one place alone is a newsvendor over its lead time; of two, no pair of levels costs less', () => {
  const demand = { kind: 'poisson', mean: 4 } as const
  const one = echelonBaseStock([{ echelonHoldingCost: 1, leadTime: 2 }], 9, demand)
  const { level, cost } = newsvendor({ holdingCost: 1, stockoutCost: 9 }, poissonDemand(8))
  expect(one.levels).toEqual([level])
  expect(one.cost).toBeCloseTo(cost, 9)

  const two = [
    { echelonHoldingCost: 2, leadTime: 1 },
    { echelonHoldingCost: 1, leadTime: 2 },
  ]
  const found = echelonBaseStock(two, 12, demand)
  const [near, far] = [poissonChances(4), poissonChances(8)]
  let best = { cost: Infinity, levels: [0, 0] }
  for (let first = 4; first < 14; first++)
    for (let second = 10; second < 26; second++) {
      let total = 0
      far.forEach((chance, owed) => {
        const there = Math.min(first, second - owed)
        near.forEach((other, sold) => {
          total += chance * other * (second - owed + 2 * (there - sold) + 15 * Math.max(0, sold - there))
        })
      })
      if (total < best.cost) best = { cost: total, levels: [first, second] }
    }
  expect(found.levels).toEqual(best.levels)
  expect(found.cost).toBeCloseTo(best.cost, 6)
})

test('what cannot be answered says why', () => {
  expect(() => economicOrder(1, 0, 5)).toThrow('holding cost')
  expect(() => newsvendor({ holdingCost: 1, stockoutCost: 0 }, normalDemand(1, 1))).toThrow('stockout cost')
  expect(() => normalDemand(5, -1)).toThrow('deviation')
  expect(() => bestPeriodicPolicy({ fixedCost: 1, holdingCost: 1, stockoutCost: 1 }, 0)).toThrow('mean demand')
  expect(() => planOrders([], () => ({ fixedCost: 0, unitCost: 0, holdingCost: 0 }))).toThrow('empty')
  expect(() => planOrders([1, Number.NaN], () => ({ fixedCost: 0, unitCost: 0, holdingCost: 0 }))).toThrow(
    'not_a_number',
  )
  expect(() => planOrders([-1], () => ({ fixedCost: 0, unitCost: 0, holdingCost: 0 }))).toThrow('out_of_range')
  expect(() => echelonBaseStock([], 1, { kind: 'poisson', mean: 1 })).toThrow('places')
})
