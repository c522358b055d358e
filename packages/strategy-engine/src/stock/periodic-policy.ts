import { requireRange, Unanswerable } from '../unanswerable.ts'
import { poissonChances } from './demand-distribution.ts'
import { positionCost, requireUnitCosts, type UnitCosts } from './lot-sizes.ts'

export interface PeriodicCosts extends UnitCosts {
  /** Per order. */
  fixedCost: number
}

/** Whenever the stock is at `reorderPoint` or below at a review, order up to `orderUpTo`; `cost` per period in the long run. */
export interface PeriodicPolicy {
  reorderPoint: number
  orderUpTo: number
  cost: number
}

/**
 * The best (s, S) for Poisson demand, exactly (Y.-S. Zheng, A. Federgruen, Finding optimal (s, S) policies is about as simple as
 * evaluating a single policy, Operations Research 39(4), 1991). For slow movers, where a normal distribution would be wrong.
 * @param mean units per period, above 0
 */
export function bestPeriodicPolicy(costs: PeriodicCosts, mean: number): PeriodicPolicy {
  const { cost, costAt, start } = preparePolicy(costs, mean)
  let low = start - 1
  while (cost(low, start) > costAt(low)) low -= 1
  let best = { reorderPoint: low, orderUpTo: start, cost: cost(low, start) }
  for (let high = start + 1; costAt(high) <= best.cost; high++) {
    if (cost(best.reorderPoint, high) >= best.cost) continue
    let point = best.reorderPoint
    while (cost(point, high) <= costAt(point + 1)) point += 1
    best = { reorderPoint: point, orderUpTo: high, cost: cost(point, high) }
  }
  return best
}

/** The long-run cost per period of a given policy. */
export function periodicPolicyCost(
  costs: PeriodicCosts,
  mean: number,
  reorderPoint: number,
  orderUpTo: number,
): number {
  if (orderUpTo <= reorderPoint) throw new Unanswerable('mismatch', { first: reorderPoint, second: orderUpTo })
  return preparePolicy(costs, mean).cost(reorderPoint, orderUpTo)
}

function preparePolicy(costs: PeriodicCosts, mean: number) {
  requireUnitCosts(costs)
  requireRange('fixed cost', costs.fixedCost, 0, Number.MAX_VALUE)
  requireRange('mean demand', mean, 1e-9, 1e5)
  const chances = poissonChances(mean)
  const known = new Map<number, number>()
  const costAt = (level: number): number => {
    let found = known.get(level)
    if (found === undefined) known.set(level, (found = positionCost(chances, costs, level)))
    return found
  }
  let start = 0
  while (costAt(start + 1) < costAt(start)) start++
  return { cost: longRunCost(costs.fixedCost, chances, costAt), costAt, start }
}

/** By renewal: how often each level is stood at between two orders. */
function longRunCost(
  fixedCost: number,
  chances: Float64Array,
  costAt: (level: number) => number,
): (reorderPoint: number, orderUpTo: number) => number {
  const stays = 1 / (1 - chances[0]!)
  const visits = [stays]
  const visitsAt = (depth: number): number => {
    for (let reached = visits.length; reached <= depth; reached++) {
      let sum = 0
      for (let units = 1; units <= reached; units++) sum += (chances[units] ?? 0) * visits[reached - units]!
      visits.push(sum * stays)
    }
    return visits[depth]!
  }
  return (reorderPoint, orderUpTo) => {
    let periods = 0
    let total = fixedCost
    for (let depth = 0; depth < orderUpTo - reorderPoint; depth++) {
      const often = visitsAt(depth)
      periods += often
      total += often * costAt(orderUpTo - depth)
    }
    return total / periods
  }
}
