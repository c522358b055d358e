import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentsOf, quickAmounts, splitPayment, type PayMode } from './payment-amounts.ts'

const amount = fc.integer({ min: 1, max: 1_000_000 })
const typed = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null })
const mode = fc.constantFrom<PayMode>('cash', 'card', 'both')

describe('splitPayment', () => {
  test('shares the whole total, and gives back what is over', () => {
    fc.assert(
      fc.property(amount, mode, typed, typed, (total, chosen, cashMinor, cardMinor) => {
        const split = splitPayment(total, { mode: chosen, cashMinor, cardMinor })
        expect(split.cashMinor + split.cardMinor).toBe(total)
        expect(
          Math.min(split.cashMinor, split.cardMinor, split.changeMinor, split.missingMinor),
        ).toBeGreaterThanOrEqual(0)
        expect(split.tenderedMinor).toBe(split.cashMinor + split.changeMinor - split.missingMinor)
      }),
    )
  })

  test('is what the API takes, once nothing is missing', () => {
    fc.assert(
      fc.property(amount, mode, typed, typed, (total, chosen, cashMinor, cardMinor) => {
        const split = splitPayment(total, { mode: chosen, cashMinor, cardMinor })
        fc.pre(split.missingMinor === 0)
        const sums = paymentsOf(split, '').map((payment) => {
          if (payment.method === 'online_card' || payment.method === 'voucher')
            throw new Error('no such thing at a till')
          if (payment.method === 'cash') expect(payment.tenderedMinor).toBeGreaterThanOrEqual(payment.amountMinor)
          return payment.amountMinor
        })
        expect(sums.reduce((sum, part) => sum + part, 0)).toBe(total)
      }),
    )
  })

  test('asks the card for what the cash does not cover', () => {
    const split = splitPayment(8_990, { mode: 'both', cashMinor: 5_000, cardMinor: null })
    expect(split).toMatchObject({ cashMinor: 5_000, cardMinor: 3_990, changeMinor: 0, missingMinor: 0 })
  })
})

test('quickAmounts offers the total, then what the next notes make', () => {
  expect(quickAmounts(1_730)).toEqual([1_730, 2_000, 5_000, 10_000])
  expect(quickAmounts(5_000)).toEqual([5_000, 6_000, 10_000, 20_000])
})
