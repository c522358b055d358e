import type { Order } from '@ecluse/contracts/orders.ts'

/** Which means of payment get how much of a refund: in the order they paid, each no more than it gave. */
export function refundedTo(
  order: Pick<Order, 'payments'>,
  amountMinor: number,
): { method: Order['payments'][number]['method']; amountMinor: number }[] {
  let left = amountMinor
  return order.payments.flatMap((payment) => {
    if (payment.state !== 'captured' && payment.state !== 'authorised') return []
    const amount = Math.min(left, payment.amount.amountMinor - payment.refunded.amountMinor)
    if (amount <= 0) return []
    left -= amount
    return [{ method: payment.method, amountMinor: amount }]
  })
}
