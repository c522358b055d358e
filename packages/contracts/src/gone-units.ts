import type { Order } from './orders.ts'

/** Units of a line that are not sold any more. */
export type GoneUnits = {
  readonly units: number
  readonly of: number
  /** Another article of the order stands in for them. */
  readonly replaced: boolean
  /** What they cost, as a sum that is taken off. */
  readonly amount: Order['total']
}

/**
 * What of a line was taken out of its order; null when nothing was. Every page, message and paper says it by this, so that lines and
 * total add up in the same way everywhere.
 */
export function goneUnitsOf(order: Pick<Order, 'lines'>, line: Order['lines'][number]): GoneUnits | null {
  if (line.exception !== 'cancelled') return null
  return {
    units: line.quantity - line.fulfilledQuantity,
    of: line.quantity,
    replaced: order.lines.some(({ substituteFor }) => substituteFor === line.id),
    amount: { ...line.credited, amountMinor: -line.credited.amountMinor },
  }
}
