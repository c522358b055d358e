import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divideHalfUp } from '../../../kernel/money.ts'
import { costToServe, costTerms, type CostModel, type ServedOrder } from './cost-to-serve.ts'

const minor = (max: number) => fc.bigInt({ min: 0n, max: BigInt(max) })
const share = fc.integer({ min: 0, max: 10_000 })
const model: fc.Arbitrary<CostModel> = fc.record({
  perOrderMinor: minor(5_000),
  perLineMinor: minor(500),
  perUnitMinor: minor(500),
  perParcelMinor: minor(5_000),
  perContactMinor: minor(5_000),
  perCardPaymentMinor: minor(100),
  cardBasisPoints: share,
  commissionBasisPoints: share,
  goodsBasisPoints: share,
})
const line = fc.record({
  lineId: fc.uuid(),
  units: fc.integer({ min: 1, max: 40 }),
  netMinor: fc.oneof(minor(100), minor(10_000_000)),
  unitCostMinor: fc.option(minor(100_000)),
})
const order: fc.Arbitrary<ServedOrder> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  parcels: fc.integer({ min: 0, max: 5 }),
  contacts: fc.integer({ min: 0, max: 5 }),
  messagesMinor: fc.bigInt({ min: 0n, max: 300n }),
  cardPayments: fc.integer({ min: 0, max: 3 }),
  cardPaidMinor: minor(10_000_000),
})

const amountsOf = (served: ServedOrder, costs: CostModel, term: string): bigint[] =>
  costToServe(served, costs).map(({ terms }) => terms.find((one) => one.term === term)?.amountMinor ?? -1n)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

describe('the cost to serve', () => {
  test('of a line is the sum of its terms, each told once with its source', () => {
    fc.assert(
      fc.property(order, model, (served, costs) => {
        for (const { terms, totalMinor } of costToServe(served, costs)) {
          expect(terms.map(({ term }) => term)).toEqual(costTerms)
          expect(sum(terms.map(({ amountMinor }) => amountMinor))).toBe(totalMinor)
          expect(terms.every(({ amountMinor }) => amountMinor >= 0n)).toBe(true)
        }
      }),
    )
  })

  test('what is the whole order’s is shared by its lines to the cent', () => {
    fc.assert(
      fc.property(order, model, (served, costs) => {
        const units = served.lines.reduce((total, one) => total + one.units, 0)
        expect(sum(amountsOf(served, costs, 'parcel'))).toBe(costs.perParcelMinor * BigInt(served.parcels))
        expect(sum(amountsOf(served, costs, 'contacts'))).toBe(
          costs.perContactMinor * BigInt(served.contacts) + served.messagesMinor,
        )
        expect(sum(amountsOf(served, costs, 'payment'))).toBe(
          costs.perCardPaymentMinor * BigInt(served.cardPayments) +
            divideHalfUp(served.cardPaidMinor * BigInt(costs.cardBasisPoints), 10_000n),
        )
        expect(sum(amountsOf(served, costs, 'picking'))).toBe(
          costs.perOrderMinor + costs.perLineMinor * BigInt(served.lines.length) + costs.perUnitMinor * BigInt(units),
        )
      }),
    )
  })

  test('of goods is what they were bought for, or the share assumed, and says which', () => {
    fc.assert(
      fc.property(order, model, (served, costs) => {
        for (const [index, { terms }] of costToServe(served, costs).entries()) {
          const one = served.lines[index]
          const goods = terms[0]
          expect(goods?.source).toBe(one?.unitCostMinor == null ? 'assumed_share' : 'purchase_price')
          if (one?.unitCostMinor != null) expect(goods?.amountMinor).toBe(one.unitCostMinor * BigInt(one.units))
        }
      }),
    )
  })

  const free: CostModel = {
    perOrderMinor: 0n,
    perLineMinor: 0n,
    perUnitMinor: 0n,
    perParcelMinor: 0n,
    perContactMinor: 0n,
    perCardPaymentMinor: 0n,
    cardBasisPoints: 0,
    commissionBasisPoints: 0,
    goodsBasisPoints: 0,
  }
  const nothing = { parcels: 0, contacts: 0, messagesMinor: 0n, cardPayments: 0, cardPaidMinor: 0n }

  test('one order by hand', () => {
    const lines = [
      { lineId: 'a', units: 2, netMinor: 10_000n, unitCostMinor: 3_000n },
      { lineId: 'b', units: 1, netMinor: 5_000n, unitCostMinor: null },
    ]
    const costs: CostModel = {
      perOrderMinor: 100n,
      perLineMinor: 20n,
      perUnitMinor: 10n,
      perParcelMinor: 640n,
      perContactMinor: 4n,
      perCardPaymentMinor: 10n,
      cardBasisPoints: 140,
      commissionBasisPoints: 200,
      goodsBasisPoints: 6_000,
    }
    const [a, b] = costToServe(
      { lines, parcels: 1, contacts: 1, messagesMinor: 0n, cardPayments: 1, cardPaidMinor: 18_000n },
      costs,
    )
    // 262 of card fees (10 + 1.4 % of 180.00), 100, 640 and 4 go two thirds to the first line.
    expect(a?.terms.map(({ amountMinor }) => amountMinor)).toEqual([6_000n, 175n, 107n, 427n, 200n, 3n])
    expect(b?.terms.map(({ amountMinor }) => amountMinor)).toEqual([3_000n, 87n, 63n, 213n, 100n, 1n])
  })

  test('presents bear by units; lines that were cancelled bear nothing, and an order of such lines costs nothing', () => {
    const gift = { lineId: 'a', units: 1, netMinor: 0n, unitCostMinor: null }
    const parcel = { ...free, perParcelMinor: 300n }
    const shares = costToServe({ ...nothing, lines: [gift, { ...gift, units: 2 }], parcels: 1 }, parcel)
    expect(shares.map(({ totalMinor }) => totalMinor)).toEqual([100n, 200n])
    const gone = { lineId: 'b', units: 0, netMinor: 0n, unitCostMinor: 500n }
    const with100 = { ...gift, netMinor: 100n }
    expect(costToServe({ ...nothing, lines: [with100, gone], parcels: 1 }, parcel)[1]?.totalMinor).toBe(0n)
    expect(costToServe({ ...nothing, lines: [gone], parcels: 1 }, parcel)[0]?.totalMinor).toBe(0n)
  })
})
