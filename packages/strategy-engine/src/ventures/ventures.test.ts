import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeVenture, type Venture } from './shared-venture.ts'
import {
  centreApplication,
  prefilledAccounts,
  type CentreApplication,
  type PrefilledAccounts,
} from './worked-examples.ts'

const centre: CentreApplication = {
  visits: 10_000_000,
  conversion: 0.3,
  basket: 40,
  uplift: 0.02,
  upliftOfOffers: 0.3,
  upliftOfDetection: 0.2,
  margin: 0.35,
  variableRent: 0.08,
  feePerVisit: 0.5,
  investment: { landlord: 100_000, shops: 50_000, operator: 200_000 },
  yearlyCost: { landlord: 20_000, shops: 30_000, operator: 60_000 },
  years: 5,
  discountRate: 0,
}

test('the centre’s application, worked by hand', () => {
  const { total, shares, acceptable } = judgeVenture(centreApplication(centre))
  // 200,000 visits more, 60,000 purchases, 2.4 M€ a year; 27 % to the shops, 8 % to the landlord, who pays 100,000 € a year.
  expect(total).toBeCloseTo(5 * 2_400_000 * 0.35 - 5 * 110_000 - 350_000, 4)
  expect(shares.map(({ stated }) => Math.round(stated))).toEqual([
    5 * (192_000 - 20_000 - 100_000) - 100_000,
    5 * (648_000 - 30_000) - 50_000,
    5 * (100_000 - 60_000) - 200_000,
  ])
  expect(acceptable).toBe(true)
  // The operator has nothing of what it makes: Shapley would have it paid, and most by those who gain most.
  const by = Object.fromEntries(shares.map((share) => [share.party, share.yearlyToShapley]))
  expect(by['operator']).toBeGreaterThan(0)
  expect(by['shops']).toBeLessThan(0)
  expect(shares.reduce((sum, { yearlyToShapley }) => sum + yearlyToShapley, 0)).toBeCloseTo(0, 4)
})

const accounts: PrefilledAccounts = {
  begun: 100_000,
  finished: 0.4,
  finishedPrefilled: 0.7,
  reachable: 0.5,
  accountValue: 30,
  fraudPerAccount: 2,
  fraudAvoided: 0.5,
  feePerAccount: 5,
  investment: { merchant: 100_000, operator: 0 },
  yearlyCost: { merchant: 10_000, operator: 40_000 },
  years: 3,
  discountRate: 0.1,
}

test('prefilled accounts: what is made needs both, so both rules give each half', () => {
  const { total, shares, leaving } = judgeVenture(prefilledAccounts(accounts))
  const annuity = 1 / 1.1 + 1 / 1.21 + 1 / 1.331
  expect(total).toBeCloseTo((15_000 * 30 + 35_000 * 1 - 50_000) * annuity - 100_000, 4)
  for (const { shapley, nash } of shares) {
    expect(shapley).toBeCloseTo(total / 2, 6)
    expect(nash).toBeCloseTo(total / 2, 6)
  }
  expect(leaving).toBeNull()
  // The fee at which both have half.
  const operator = shares[1]!
  const fair = judgeVenture(prefilledAccounts({ ...accounts, feePerAccount: 5 + operator.yearlyToShapley / 35_000 }))
  expect(fair.shares[1]!.stated).toBeCloseTo(fair.shares[1]!.shapley, 4)
})

test('a rule under which somebody loses is told, with who would do better to leave', () => {
  const { acceptable, leaving, shares } = judgeVenture(prefilledAccounts({ ...accounts, feePerAccount: 0.5 }))
  expect(acceptable).toBe(false)
  expect(shares[1]!.stated).toBeLessThan(0)
  expect(leaving).toMatchObject({ parties: ['operator'] })
})

test('every division divides all there is, and Shapley gives nobody less than they can make alone', () => {
  const names = ['a', 'b', 'c']
  const money = fc.integer({ min: 0, max: 100 })
  const ventures: fc.Arbitrary<Venture> = fc.record({
    parties: fc
      .tuple(money, money, money)
      .map((costs) => names.map((name, at) => ({ name, investment: costs[at]!, yearlyCost: 1 }))),
    benefits: fc
      .array(fc.record({ to: fc.constantFrom(...names), needs: fc.subarray(names), yearly: money }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((all) => all.map((one, at) => ({ ...one, name: `b${at}` }))),
    payments: fc
      .array(fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names), yearly: money }), {
        maxLength: 3,
      })
      .map((all) => all.map((one, at) => ({ ...one, name: `p${at}` }))),
    years: fc.integer({ min: 1, max: 10 }),
    discountRate: fc.constantFrom(0, 0.05, 0.2),
  })
  fc.assert(
    fc.property(ventures, (venture) => {
      const verdict = (() => {
        try {
          return judgeVenture(venture)
        } catch (error) {
          expect(String(error)).toContain('impossible')
          return null
        }
      })()
      if (verdict === null) return
      const { shares, total } = verdict
      const sum = (of: (share: (typeof shares)[number]) => number) => shares.reduce((all, share) => all + of(share), 0)
      expect(sum(({ shapley }) => shapley)).toBeCloseTo(total, 6)
      expect(sum(({ nash }) => nash)).toBeCloseTo(total, 6)
      expect(sum(({ stated }) => stated)).toBeCloseTo(
        sum(({ own }) => own),
        6,
      )
      for (const { shapley } of shares) expect(shapley).toBeGreaterThanOrEqual(-1e-9)
    }),
  )
})

test.each<[string, Partial<CentreApplication>, string]>([
  ['no effect at all', { uplift: 0 }, 'impossible'],
  ['rent above the margin', { variableRent: 0.5 }, 'out_of_range'],
  ['parts of more than the whole', { upliftOfOffers: 0.9, upliftOfDetection: 0.2 }, 'out_of_range'],
  ['no time', { years: 0 }, 'out_of_range'],
])('%s is refused with its reason', (_, change, reason) => {
  expect(() => judgeVenture(centreApplication({ ...centre, ...change }))).toThrow(reason)
})
