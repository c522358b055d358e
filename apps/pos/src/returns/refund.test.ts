import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Order } from '@ecluse/contracts/orders.ts'
import { refundedTo, refundOf } from './refund.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

function orderOf(quantity: number, totalMinor: number, feeMinor: number, returnedQuantity = 0) {
  const line = { id: 'a', quantity, returnedQuantity, lineTotal: euros(totalMinor) }
  return { lines: [line], delivery: { fee: euros(feeMinor) } } as unknown as Pick<Order, 'lines' | 'delivery'>
}

test('units taken back one by one give back exactly the line, and the delivery with the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(99_999), fc.nat(990), (quantity, total, fee) => {
      fc.pre(total >= quantity)
      let sum = 0
      for (let back = 0; back < quantity; back++) sum += refundOf(orderOf(quantity, total, fee, back), { a: 1 })
      expect(sum).toBe(total + fee)
    }),
  )
})

test('each means of payment gets back no more than it gave', () => {
  const payment = (method: string, amount: number, refunded: number, state = 'captured') =>
    ({ method, state, amount: euros(amount), refunded: euros(refunded) }) as Order['payments'][number]
  const payments = [
    payment('cash', 2_000, 500),
    payment('terminal_card', 9_999, 0, 'declined'),
    payment('terminal_card', 3_000, 0),
  ]
  expect(refundedTo({ payments }, 4_000)).toEqual([
    { method: 'cash', amountMinor: 1_500 },
    { method: 'terminal_card', amountMinor: 2_500 },
  ])
})
