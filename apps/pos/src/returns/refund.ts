import type { Order } from '@ecluse/contracts/orders.ts'

/** How many of each line come back, by line id. */
export type Returned = Readonly<Record<string, number>>

/**
 * What will be given back, in minor units: each unit its part of its line, and the delivery too when nothing is kept. The
 * same rule as the server's, which decides; this says it before.
 */
export function refundOf(order: Pick<Order, 'lines' | 'delivery'>, returned: Returned): number {
  let sum = 0
  let kept = 0
  for (const line of order.lines) {
    const now = returned[line.id] ?? 0
    const upTo = (units: number) => Math.floor((line.lineTotal.amountMinor * units) / line.quantity)
    sum += upTo(line.returnedQuantity + now) - upTo(line.returnedQuantity)
    kept += line.quantity - line.returnedQuantity - now
  }
  return sum + (sum > 0 && kept === 0 ? order.delivery.fee.amountMinor : 0)
}

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
