import type { paymentStates } from '@ecluse/contracts/order-payments.ts'
import type { fulfillmentStates } from '@ecluse/contracts/orders.ts'

type PaymentState = (typeof paymentStates)[number]
type FulfillmentState = (typeof fulfillmentStates)[number]

/** The payment state of an order, derived from what was authorised, captured and refunded. Amounts in minor units. */
export function paymentStateOf(sums: {
  totalMinor: bigint
  authorisedMinor: bigint
  capturedMinor: bigint
  refundedMinor: bigint
  /** What was bought on account, what was transferred for it, and what was taken off it since. */
  dueMinor: bigint
  transferredMinor: bigint
  creditedMinor: bigint
  voided: boolean
}): PaymentState {
  if (sums.refundedMinor > 0n) {
    if (sums.refundedMinor >= sums.capturedMinor) return 'refunded'
    // What is not owed any more, since it was changed, was given back: what is kept is paid.
    return sums.capturedMinor - sums.refundedMinor >= sums.totalMinor ? 'paid' : 'partially_refunded'
  }
  if (sums.dueMinor > 0n) {
    if (sums.transferredMinor + sums.creditedMinor >= sums.dueMinor) return 'paid'
    return sums.capturedMinor > 0n ? 'partially_paid' : 'due'
  }
  if (sums.capturedMinor > 0n && sums.capturedMinor >= sums.totalMinor) return 'paid'
  if (sums.totalMinor === 0n) return 'paid'
  if (sums.authorisedMinor + sums.capturedMinor > 0n) return 'authorised'
  return sums.voided ? 'voided' : 'unpaid'
}

/** The fulfilment state of an order, derived from its lines. */
export function fulfillmentStateOf(order: {
  documentState: 'awaiting_payment' | 'confirmed' | 'cancelled' | 'expired'
  preparedAt: Date | null
  lines: readonly { quantity: number; fulfilledQuantity: number; returnedQuantity: number }[]
  /** Units lost on their way and refunded: they count as returned on their line, yet nothing of them came back. */
  lostQuantity: number
}): FulfillmentState {
  if (order.documentState !== 'confirmed') return 'none'
  const asked = sum(order.lines.map((line) => line.quantity))
  const fulfilled = sum(order.lines.map((line) => line.fulfilledQuantity))
  const returned = sum(order.lines.map((line) => line.returnedQuantity))
  if (returned > order.lostQuantity && returned === asked) return 'returned'
  if (fulfilled === asked) return 'fulfilled'
  if (fulfilled > 0) return 'partially_fulfilled'
  return order.preparedAt ? 'ready' : 'to_prepare'
}

/** How many units of an order were lost on their way and refunded, by its history. */
export function lostUnits(events: readonly { type: string; payload: unknown }[]): number {
  return sum(
    events.flatMap(({ type, payload }) => {
      if (type !== 'orders.units_refunded') return []
      const { lost, lines } = payload as { lost?: boolean; lines: readonly { quantity: number }[] }
      return lost ? lines.map(({ quantity }) => quantity) : []
    }),
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
