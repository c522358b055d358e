import { expect, test } from 'vitest'
import type { CircuitsBody } from '@ecluse/contracts/circuits.ts'
import { compareCircuits } from '../domain/compare-circuits.ts'
import { judgeDirect } from '../domain/judge-direct.ts'

/** q = 300 − 2p through (100, 100): elasticity 2. */
const question: CircuitsBody = {
  price: 100,
  quantity: 100,
  elasticity: 2,
  shape: 'linear',
  costs: { maker: 30, direct: 12, agent: 2, wholesaler: 4, group: 9, retailer: 6 },
  retailerShare: 0.4,
  leaveOut: { takenOverBy: 'maker', unitCost: 3, fixedCost: 50, demandFactor: 1 },
}

test('every decider halves the quantity one decider would sell, as Spengler has it', () => {
  const { circuits } = compareCircuits(question)
  const soldBy = (cost: number, deciders: number) => (300 - 2 * cost) / 2 ** deciders
  expect(circuits.map(({ kind, quantity }) => [kind, quantity])).toEqual([
    ['direct', soldBy(42, 1)],
    ['short', soldBy(36, 2)],
    ['integrated_long', soldBy(39, 2)],
    ['long', soldBy(40, 3)],
    ['very_long', soldBy(42, 4)],
  ])
  for (const { stages, price, quantity, profit, integratedProfit } of circuits) {
    expect(stages.at(-1)?.sellsAt).toBeCloseTo(price, 9)
    expect(300 - 2 * price).toBeCloseTo(quantity, 9)
    // What consumers pay is costs and margins, and nothing else.
    expect(stages.reduce((sum, { unitCost, margin }) => sum + unitCost + margin, 0)).toBeCloseTo(price, 9)
    expect(profit).toBeLessThanOrEqual(integratedProfit + 1e-9)
  }
})

test('each contract brings what one decider would make, and divides it as agreed', () => {
  const { circuits, contracts } = compareCircuits(question)
  const short = circuits.find(({ kind }) => kind === 'short')
  expect(contracts.map(({ kind }) => kind)).toEqual(['two_part', 'revenue_share', 'price_ceiling'])
  for (const { makerProfit, retailerProfit, price } of contracts) {
    expect(makerProfit + retailerProfit).toBeCloseTo(short?.integratedProfit ?? 0, 6)
    expect(retailerProfit / (makerProfit + retailerProfit)).toBeCloseTo(0.4, 9)
    expect(price).toBeCloseTo(short?.integratedPrice ?? 0, 6)
  }
})

test('without its wholesaler the long circuit is a short one with the work at another place', () => {
  const { leftOut } = compareCircuits(question)
  expect(leftOut.after.stages.map(({ role, unitCost }) => [role, unitCost])).toEqual([
    ['maker', 33],
    ['retailer', 6],
  ])
  expect(leftOut.after.quantity).toBeCloseTo((300 - 2 * 39) / 4, 9)
  const own = leftOut.before.stages[0]?.profit ?? 0
  expect(leftOut.gain).toBeCloseTo((leftOut.after.stages[0]?.profit ?? 0) - 50 - own, 9)
})

test('what cannot be is explained: costs above what anybody pays, an elasticity at which prices have no end', () => {
  const dear = { ...question, costs: { ...question.costs, maker: 500 } }
  expect(() => compareCircuits(dear)).toThrow(/impossible/)
  expect(() => compareCircuits({ ...question, shape: 'constant_elasticity', elasticity: 1 })).toThrow(/out_of_range/)
})

test('markets around the one that was asked are judged as it is', () => {
  const asked = {
    sales: 1_000,
    growth: 0.2,
    partnerShare: 0.5,
    captured: 0.3,
    diverted: 0.08,
    retaliation: 0.25,
    partnerMargin: 0.3,
    directMargin: 0.45,
    fixedCost: 10,
  }
  const { regions, reason } = judgeDirect(asked)
  expect(reason).toBe('growth_pays_partners')
  const at = (growth: number, share: number) =>
    regions.find((one) => Math.abs(one.growth - growth) < 1e-9 && Math.abs(one.partnerShare - share) < 1e-9)?.state
  // A fifth of growth with half of it indirect invites; 4 % (here 5) with nine tenths held by partners does not.
  expect([at(0.2, 0.5), at(0.05, 0.9)]).toEqual(['peace', 'no'])
  expect(judgeDirect({ ...asked, captured: 1, diverted: 0.5 }).growthWithoutConflict).toBeNull()
})
