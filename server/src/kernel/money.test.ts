import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, divideHalfUp, vatIncludedIn } from './money.ts'

const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })

describe('divideHalfUp', () => {
  test('is within half a unit of the exact quotient, and halves go away from zero', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 6n }), (dividend, divisor) => {
        const remainder = 2n * (dividend - divideHalfUp(dividend, divisor) * divisor)
        expect(remainder <= divisor && remainder >= -divisor).toBe(true)
      }),
    )
    expect([divideHalfUp(5n, 2n), divideHalfUp(-5n, 2n), divideHalfUp(4n, 3n)]).toEqual([3n, -3n, 1n])
  })
})

describe('vatIncludedIn', () => {
  test.each([
    [12_000n, 2000, 2_000n],
    [1_055n, 550, 55n],
    [100n, 2000, 17n],
    [-12_000n, 2000, -2_000n],
    [999n, 0, 0n],
  ])('of %s at %s is %s', (gross, rate, vat) => {
    expect(vatIncludedIn(gross, rate)).toBe(vat)
  })
  test('a refund contains as much VAT as the sale', () => {
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom(0, 210, 550, 1000, 2000),
        (gross, rate) => vatIncludedIn(-gross, rate) === -vatIncludedIn(gross, rate),
      ),
    )
  })
})

describe('allocate', () => {
  test('gives everything away, and to each its share to within a cent', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0n))
    fc.assert(
      fc.property(amount, weights, (whole, list) => {
        const parts = allocate(whole, list)
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
        parts.forEach((part, index) => {
          const error = part * total - whole * (list[index] ?? 0n)
          expect(error < total && error > -total).toBe(true)
        })
      }),
    )
    expect(allocate(1_000n, [1n, 1n, 1n])).toEqual([334n, 333n, 333n])
  })
})
