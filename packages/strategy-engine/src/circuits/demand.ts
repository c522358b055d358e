import { requireRange, Unanswerable } from '../unanswerable.ts'

/** How much consumers buy at a price. */
export type Demand =
  /** q = intercept − slope · p. */
  | { kind: 'linear'; intercept: number; slope: number }
  /** q = scale · p^−elasticity, elasticity above 1. */
  | { kind: 'constant_elasticity'; scale: number; elasticity: number }

export function requireDemand(demand: Demand, unitCost: number): void {
  requireRange('cost', unitCost, 0, Number.MAX_VALUE)
  if (demand.kind === 'linear') {
    requireRange('intercept', demand.intercept, Number.MIN_VALUE, Number.MAX_VALUE)
    requireRange('slope', demand.slope, Number.MIN_VALUE, Number.MAX_VALUE)
    if (demand.intercept <= demand.slope * unitCost) {
      throw new Unanswerable('impossible', { name: 'a price above cost at which anybody buys' })
    }
  } else {
    requireRange('scale', demand.scale, Number.MIN_VALUE, Number.MAX_VALUE)
    requireRange('elasticity', demand.elasticity, 1 + 1e-9, Number.MAX_VALUE)
    requireRange('cost', unitCost, Number.MIN_VALUE, Number.MAX_VALUE)
  }
}

export function quantityAt(demand: Demand, price: number): number {
  if (demand.kind === 'linear') return Math.max(0, demand.intercept - demand.slope * price)
  return demand.scale * price ** -demand.elasticity
}

/** The price at which so much is bought. */
export function priceFor(demand: Demand, quantity: number): number {
  if (demand.kind === 'linear') return (demand.intercept - quantity) / demand.slope
  return (quantity / demand.scale) ** (-1 / demand.elasticity)
}

/** What consumers would have paid above the price, together. */
export function consumerSurplus(demand: Demand, price: number): number {
  const quantity = quantityAt(demand, price)
  if (demand.kind === 'linear') return (quantity * quantity) / (2 * demand.slope)
  return (quantity * price) / (demand.elasticity - 1)
}
