import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refundOf } from './refund.ts'

test('however a line comes back, unit by unit or at once, exactly what was paid for it is given back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.bigInt({ min: 0n, max: 100_000n }),
      fc.bigInt({ min: 0n, max: 2_000n }),
      (quantity, unit, fee) => {
        const total = unit * BigInt(quantity)
        const line = { id: 'a', quantity, line_total_minor: total, vat_minor: total / 6n }
        let given = 0n
        let vat = 0n
        for (let returned = 0; returned < quantity; returned++) {
          const refund = refundOf(
            { delivery_fee_minor: fee },
            [{ ...line, returned_quantity: returned }],
            [{ lineId: 'a', quantity: 1 }],
          )
          given += refund.totalMinor
          vat += refund.lineVatMinor
        }
        expect([given, vat]).toEqual([total + fee, total / 6n])
      },
    ),
  )
})

test('the delivery is refunded with the last unit only (L221-24)', () => {
  const lines = [
    { id: 'a', quantity: 1, returned_quantity: 0, line_total_minor: 1_000n, vat_minor: 167n },
    { id: 'b', quantity: 1, returned_quantity: 0, line_total_minor: 2_000n, vat_minor: 333n },
  ]
  expect(refundOf({ delivery_fee_minor: 590n }, lines, [{ lineId: 'a', quantity: 1 }]).totalMinor).toBe(1_000n)
  const rest = lines.map((line) => (line.id === 'a' ? { ...line, returned_quantity: 1 } : line))
  expect(refundOf({ delivery_fee_minor: 590n }, rest, [{ lineId: 'b', quantity: 1 }]).totalMinor).toBe(2_590n)
})
