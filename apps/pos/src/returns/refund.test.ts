import { expect, test } from 'vitest'
import type { Order } from '@ecluse/contracts/orders.ts'
import { refundedTo } from './refund.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

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
