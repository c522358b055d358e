import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { exponentialDemand, uniformDemand } from '../stock/demand-distribution.ts'
import { integratedCircuit, leaveOut, simultaneousMargins, successiveMargins, type Stage } from './build-up.ts'
import { competingCircuits, substitutabilityThresholds } from './competing-circuits.ts'
import { priceCeiling, quantityDiscount, retailerAnswer, revenueShare, twoPartTariff } from './contracts.ts'
import { quantityAt, type Demand } from './demand.ts'
import {
  bestWholesalePrice,
  buyBackContract,
  integratedSeason,
  revenueShareContract,
  wholesaleSeason,
} from './newsvendor-contracts.ts'

const stages = (count: number, unitCost: number): Stage[] =>
  Array.from({ length: count }, (_, at) => ({ name: `stage ${at}`, unitCost: at === 0 ? unitCost : 0 }))
const spengler: Demand = { kind: 'linear', intercept: 100, slope: 1 }
const seeded = (numRuns: number) => ({ numRuns, seed: inject('seed') })

test('Spengler’s circuit, with one to four deciders', () => {
  const found = [1, 2, 3, 4].map((count) => successiveMargins(spengler, stages(count, 20)))
  expect(found.map(({ price, profit }) => [price, profit])).toEqual([
    [60, 1600],
    [80, 1200],
    [90, 700],
    [95, 375],
  ])
  expect(found[1]!.stages.map(({ profit }) => profit)).toEqual([800, 400])
  expect(found.map(({ quantity }) => quantity)).toEqual([40, 20, 10, 5])
  expect(simultaneousMargins(spengler, stages(3, 20)).quantity).toBe(20)
})

const demandArb = fc.oneof(
  fc.record({
    kind: fc.constant('linear' as const),
    intercept: fc.double({ min: 50, max: 500, noNaN: true }),
    slope: fc.double({ min: 0.2, max: 2, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('constant_elasticity' as const),
    scale: fc.double({ min: 100, max: 1e5, noNaN: true }),
    elasticity: fc.double({ min: 1.3, max: 5, noNaN: true }),
  }),
)
const costsArb = fc.array(fc.double({ min: 0.5, max: 5, noNaN: true }), { minLength: 1, maxLength: 4 })

test('no stage could do better, the next ones answering: every price is the best of a search', () => {
  fc.assert(
    fc.property(demandArb, costsArb, (demand, costs) => {
      const all = costs.map((unitCost, at) => ({ name: `${at}`, unitCost }))
      const { stages: found, price, quantity } = successiveMargins(demand, all)
      expect(quantity).toBeCloseTo(quantityAt(demand, price), 9)
      // From the consumer back: what the stage sells at, given what it buys at, against nearby prices and their answers.
      found.forEach((stage, at) => {
        const rest = all.slice(at + 1)
        const profitAt = (sellsAt: number) => {
          const final = rest.length === 0 ? sellsAt : answered(demand, rest, sellsAt)
          return (sellsAt - stage.buysAt - all[at]!.unitCost) * quantityAt(demand, final)
        }
        const best = profitAt(stage.sellsAt)
        expect(best).toBeCloseTo(stage.profit, 5)
        for (const factor of [0.9, 0.99, 1.01, 1.1])
          expect(profitAt(stage.sellsAt * factor)).toBeLessThanOrEqual(best + 1e-9)
      })
    }),
    seeded(60),
  )
})

/** The final price when the stages left over start from this price: their own circuit with it as the first one's cost. */
function answered(demand: Demand, rest: readonly Stage[], buysAt: number): number {
  const [first, ...others] = rest
  const cost = rest.reduce((sum, { unitCost }) => sum + unitCost, buysAt)
  if (demand.kind === 'linear' && demand.intercept <= demand.slope * cost) return demand.intercept / demand.slope
  return successiveMargins(demand, [{ name: 'first', unitCost: buysAt + first!.unitCost }, ...others]).price
}

test('as equals, no one gains by another margin', () => {
  fc.assert(
    fc.property(demandArb, costsArb, (demand, costs) => {
      fc.pre(demand.kind === 'linear' || costs.length < demand.elasticity - 0.01)
      const { stages: found, price } = simultaneousMargins(
        demand,
        costs.map((unitCost, at) => ({ name: `${at}`, unitCost })),
      )
      for (const { margin, profit } of found)
        for (const change of [-0.1, -0.01, 0.01, 0.1])
          expect((margin + change) * quantityAt(demand, price + change)).toBeLessThanOrEqual(profit + 1e-9)
    }),
    seeded(60),
  )
})

test('every contract restores the integrated profit: a retailer free to choose chooses the integrated price', () => {
  const pairArb = fc.record({
    demand: demandArb,
    makerCost: fc.double({ min: 0.5, max: 5, noNaN: true }),
    retailCost: fc.double({ min: 0.1, max: 3, noNaN: true }),
  })
  fc.assert(
    fc.property(pairArb, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (pair, share) => {
      const { profit, price } = integratedCircuit(pair.demand, [
        { name: 'maker', unitCost: pair.makerCost },
        { name: 'retailer', unitCost: pair.retailCost },
      ])
      const tariff = twoPartTariff(pair, share)
      const discount = quantityDiscount(pair, share, 1)
      const sharing = revenueShare(pair, share)
      const ceiling = priceCeiling(pair, share)
      const free = { revenueShare: 1, fee: 0 }
      const answers = [
        [tariff, { ...free, unitPrice: () => tariff.wholesalePrice, fee: tariff.fee }],
        [discount, { ...free, unitPrice: discount.unitPrice }],
        [sharing, { ...free, unitPrice: () => sharing.wholesalePrice, revenueShare: share }],
        [ceiling, { ...free, unitPrice: () => ceiling.wholesalePrice, ceiling: ceiling.ceiling }],
      ] as const
      for (const [stated, terms] of answers) {
        const chosen = retailerAnswer(pair, terms)
        expect(chosen.price / price).toBeCloseTo(1, 5)
        expect(stated.makerProfit + stated.retailerProfit).toBeCloseTo(profit, 6)
        expect(chosen.retailerProfit / profit).toBeCloseTo(stated.retailerProfit / profit, 6)
        expect(chosen.makerProfit / profit).toBeCloseTo(stated.makerProfit / profit, 4)
      }
    }),
    seeded(40),
  )
})

test('McGuire and Staelin’s thresholds', () => {
  const { makersPreferRetailers, retailersAreAnEquilibrium, circuitsPreferRetailers } = substitutabilityThresholds()
  expect(makersPreferRetailers).toBeCloseTo(0.708, 3)
  expect(retailersAreAnEquilibrium).toBeCloseTo(0.931, 3)
  expect(circuitsPreferRetailers).toBeCloseTo(0.4323, 3)
  // Goods that have nothing to do with each other: Spengler’s double margin, price ¾ against ½.
  expect(competingCircuits(0, 'decentralised', 'integrated').first).toMatchObject({ price: 0.75, makerProfit: 0.125 })
  expect(competingCircuits(0, 'integrated', 'integrated').first).toMatchObject({ price: 0.5, makerProfit: 0.25 })
})

test('leaving out a stage pays as long as its work costs less than the break-even', () => {
  const circuit = stages(3, 20)
  const out = { stage: 1, takenOverBy: 0, unitCost: 5, fixedCost: 0, demandFactor: 1 }
  const { after, gain, breakEvenUnitCost } = leaveOut(spengler, circuit, out)
  expect(after.quantity).toBe(18.75)
  expect(gain).toBeCloseTo(75 ** 2 / 8 - 80 ** 2 / 16, 9)
  // (80 − x)²/8 = 80²/16.
  expect(breakEvenUnitCost).toBeCloseTo(80 - 80 / Math.SQRT2, 9)
  expect(leaveOut(spengler, circuit, { ...out, unitCost: breakEvenUnitCost! }).gain).toBeCloseTo(0, 6)
  expect(leaveOut(spengler, circuit, { ...out, demandFactor: 0.3 }).breakEvenUnitCost).toBeNull()
})

test('a season bought at once: buy-back and revenue sharing restore the quantity and the profit', () => {
  const season = {
    demand: uniformDemand(0, 100),
    price: 10,
    makerCost: 3,
    retailCost: 1,
    salvage: 1,
    retailGoodwill: 0,
    makerGoodwill: 0,
  }
  const { quantity, profit } = integratedSeason(season)
  expect(quantity).toBeCloseTo((100 * 6) / 9, 9)
  const alone = bestWholesalePrice(season)
  expect(alone.profit).toBeLessThan(profit)
  expect(alone.quantity).toBeLessThan(quantity)
  for (const share of [0.2, 0.5, 1]) {
    for (const found of [buyBackContract(season, share), revenueShareContract(season, share)]) {
      expect(found.quantity).toBeCloseTo(quantity, 9)
      expect(found.profit).toBeCloseTo(profit, 9)
      expect(found.retailerProfit).toBeCloseTo(share * profit, 9)
    }
  }
  const exponential = { ...season, demand: exponentialDemand(40), retailGoodwill: 2, makerGoodwill: 1 }
  const whole = integratedSeason(exponential)
  const shared = buyBackContract(exponential, 0.4)
  expect(shared.quantity).toBeCloseTo(whole.quantity, 9)
  expect(shared.profit).toBeCloseTo(whole.profit, 9)
  // Cachon 2003: the retailer has λΠ + μ(λg − g_r).
  expect(shared.retailerProfit).toBeCloseTo(0.4 * whole.profit + 40 * (0.4 * 3 - 2), 9)
  expect(wholesaleSeason(season, 10).quantity).toBe(0)
})

test('what cannot be answered says why', () => {
  expect(() => successiveMargins(spengler, [])).toThrow('out_of_range')
  expect(() => successiveMargins(spengler, stages(2, 100))).toThrow('impossible')
  expect(() => successiveMargins({ ...spengler, slope: 0 }, stages(1, 1))).toThrow('slope')
  expect(() => successiveMargins({ kind: 'constant_elasticity', scale: 9, elasticity: 1 }, stages(1, 1))).toThrow(
    'elasticity',
  )
  expect(() => simultaneousMargins({ kind: 'constant_elasticity', scale: 9, elasticity: 2 }, stages(2, 1))).toThrow(
    'impossible',
  )
  expect(() => competingCircuits(1, 'integrated', 'integrated')).toThrow('out_of_range')
  expect(() =>
    leaveOut(spengler, stages(2, 1), { stage: 5, takenOverBy: 0, unitCost: 0, fixedCost: 0, demandFactor: 1 }),
  ).toThrow('unknown_name')
  expect(() => twoPartTariff({ demand: spengler, makerCost: Number.NaN, retailCost: 0 }, 0.5)).toThrow('cost')
  expect(() => uniformDemand(5, 5)).toThrow('out_of_range')
})
