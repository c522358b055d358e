import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { Unanswerable } from '../unanswerable.ts'
import { datedPresentValue, modifiedReturn, payback, presentValue, presentValueExcel } from './present-value.ts'
import { datedReturn, internalReturn } from './rate-of-return.ts'

interface Published {
  npv_from_t0: { rate: number; cf: number[]; npv: number }[]
  excel_npv_first_flow_at_t1: { rate: number; cf: number[]; npv: number }[]
  irr: { cf: number[]; irr: number | null }[]
  xirr: { cf: number[]; dates: string[]; xirr: number; xnpv_9pct: number }
}
const folder = process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const file = join(folder, 'finance/published.json')
const there = existsSync(file)

test.skipIf(!there)(there ? 'the published values are found again' : 'skipped: no data', () => {
  const published = JSON.parse(readFileSync(file, 'utf8')) as Published
  for (const { rate, cf, npv } of published.npv_from_t0) expect(presentValue(rate, cf)).toBeCloseTo(npv, 9)
  for (const { rate, cf, npv } of published.excel_npv_first_flow_at_t1)
    expect(presentValueExcel(rate, cf)).toBeCloseTo(npv, 9)
  for (const { cf, irr } of published.irr) {
    const { rate } = internalReturn(cf)
    if (irr === null) expect(rate).toBeNull()
    else expect(rate).toBeCloseTo(irr, 12)
  }
  const { cf, dates, xirr, xnpv_9pct } = published.xirr
  const flows = cf.map((amount, at) => ({ amount, day: Date.parse(dates[at]!) / 86_400_000 }))
  // Excel's page prints nine digits, and stops its own search at 1e-8.
  expect(datedReturn(flows).rate).toBeCloseTo(xirr, 8)
  expect(datedPresentValue(0.09, flows)).toBeCloseTo(xnpv_9pct, 6)
})

test('the examples of Excel and numpy-financial', () => {
  expect(internalReturn([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000]).rate).toBeCloseTo(0.0866309480365316, 12)
  expect(internalReturn([-70_000, 12_000, 15_000, 18_000, 21_000]).rate).toBeCloseTo(-0.0212448482734389, 12)
  expect(internalReturn([-100, 39, 59, 55, 20]).rate).toBeCloseTo(0.2809484211599611, 12)
  const loan = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000]
  expect(modifiedReturn(loan, 0.1, 0.12)).toBeCloseTo(0.126094130365905, 12)
  expect(modifiedReturn(loan.slice(0, 4), 0.1, 0.12)).toBeCloseTo(-0.048044655249981, 12)
  expect(modifiedReturn(loan, 0.1, 0.14)).toBeCloseTo(0.134759, 6)
})

describe('a rate of return', () => {
  test('none is said, with the reason', () => {
    expect(internalReturn([-1, -2, -3])).toEqual({ rate: null, all: [], why: 'never_paid_in' })
    expect(internalReturn([1, 2])).toMatchObject({ rate: null, why: 'never_paid_out' })
    expect(internalReturn([3, -1, 3])).toMatchObject({ rate: null, why: 'always_above_zero' })
    expect(internalReturn([-3, 1, -3])).toMatchObject({ rate: null, why: 'always_below_zero' })
  })

  test('several are all told', () => {
    // 1 − 2.3x + 1.32x² at x = 1/1.1 and 1/1.2.
    const found = internalReturn([-100, 230, -132])
    expect(found.all.map((rate) => rate.toFixed(9))).toEqual(['0.100000000', '0.200000000'])
    expect(internalReturn([-100, 230, -132], 0.3).rate).toBeCloseTo(0.2, 9)
    expect(internalReturn([1, -2, 1]).all).toHaveLength(1)
  })

  test('is where the value is zero, at any rates that were put in', () => {
    // Five points apart: of a polynomial whose roots lie closer together, its rounded coefficients do not tell how many there are.
    const steps = fc.uniqueArray(fc.integer({ min: -12, max: 60 }), { minLength: 1, maxLength: 5 })
    const rates = steps.map((all) => all.map((step) => 5 * step))
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 3 }), (percents, late) => {
        const wanted = percents.map((percent) => percent / 100).sort((a, b) => a - b)
        // A polynomial in the discount factor with exactly these roots.
        let flows = [-1]
        for (const rate of wanted) {
          const times = [...flows.map((flow) => flow), 0]
          flows = times.map((flow, at) => flow - (at > 0 ? flows[at - 1]! * (1 + rate) : 0))
        }
        const { all } = internalReturn([...Array<number>(late).fill(0), ...flows])
        expect(all).toHaveLength(wanted.length)
        all.forEach((rate, at) => expect(rate).toBeCloseTo(wanted[at]!, 5))
      }),
      { numRuns: 60, seed: inject('seed') },
    )
  })

  test('of 120 months and of a loss near everything', () => {
    // The annuity formula: what 12,000 a month for 120 months at 0.5 % is worth.
    const worth = (12_000 * (1 - 1.005 ** -120)) / 0.005
    expect(internalReturn([-worth, ...Array<number>(120).fill(12_000)]).rate).toBeCloseTo(0.005, 12)
    expect(internalReturn([-1e9, 1]).rate).toBeCloseTo(-0.999_999_999, 12)
  })
})

test('payback is when the money is back to stay', () => {
  expect(payback([-100, 50, 100])).toBe(1.5)
  expect(payback([-100, 150, -100, 75])).toBeCloseTo(2 + 50 / 75, 12)
  expect(payback([-100, 50])).toBeNull()
  expect(payback([10, 5])).toBe(0)
  expect(payback([-100, 110], 0.1)).toBeCloseTo(1, 12)
})

test('what cannot be answered says why', () => {
  const why = (work: () => unknown) => {
    try {
      return work()
    } catch (error) {
      return error instanceof Unanswerable ? error.reason : error
    }
  }
  expect(why(() => internalReturn([]))).toBe('empty')
  expect(why(() => presentValue(0.1, [1]))).toBe('too_few')
  expect(why(() => presentValue(-1, [1, 2]))).toBe('out_of_range')
  expect(why(() => presentValue(Number.NaN, [1, 2]))).toBe('out_of_range')
  expect(why(() => presentValue(0.1, [1, Number.NaN]))).toBe('not_a_number')
  expect(why(() => modifiedReturn([1, 2], 0.1, 0.1))).toBe('impossible')
  expect(
    why(() =>
      datedReturn([
        { day: Number.NaN, amount: 1 },
        { day: 1, amount: -1 },
      ]),
    ),
  ).toBe('not_a_number')
})
