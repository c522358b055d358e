import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/** Costs of one period: of an order, of a unit bought, of a unit kept to the next period. */
export interface PeriodCosts {
  fixedCost: number
  unitCost: number
  holdingCost: number
}

/**
 * When to order how much for demand that is known (H. Wagner, T. Whitin, Dynamic version of the economic lot size model, Management
 * Science 5(1), 1958), with costs that may change from period to period.
 */
export function planOrders(
  demand: ArrayLike<number>,
  costsOf: (period: number) => PeriodCosts,
): { orders: Float64Array; cost: number } {
  const periods = demand.length
  if (periods === 0) throw new Unanswerable('empty')
  requireFinite('demand', demand)
  for (let period = 0; period < periods; period++) requireRange('demand', demand[period]!, 0)
  const costs = Array.from(demand, (_, period) => costsOf(period))
  for (const [name, column] of [
    ['fixed cost', costs.map((one) => one.fixedCost)],
    ['unit cost', costs.map((one) => one.unitCost)],
    ['holding cost', costs.map((one) => one.holdingCost)],
  ] as const) {
    for (const cost of column) requireRange(name, cost, 0, Number.MAX_VALUE)
  }
  // From the end: what the periods from one on cost at least, and until when its order lasts.
  const least = new Float64Array(periods + 1)
  const until = new Int32Array(periods)
  for (let from = periods - 1; from >= 0; from--) {
    least[from] = Infinity
    let units = 0
    let kept = 0
    let keptFor = 0
    for (let to = from; to < periods; to++) {
      units += demand[to]!
      kept += demand[to]! * keptFor
      keptFor += costs[to]!.holdingCost
      const ordering = units > 0 ? costs[from]!.fixedCost + costs[from]!.unitCost * units : 0
      const total = ordering + kept + least[to + 1]!
      if (total < least[from]!) {
        least[from] = total
        until[from] = to
      }
    }
  }
  const orders = new Float64Array(periods)
  for (let from = 0; from < periods; from = until[from]! + 1) {
    for (let period = from; period <= until[from]!; period++) orders[from]! += demand[period]!
  }
  return { orders, cost: least[0]! }
}
