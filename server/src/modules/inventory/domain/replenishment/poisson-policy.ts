/**
 * The best (s, S) for Poisson demand, exactly: whenever stock is at s or below at a review, order up to S. Algorithm of
 * Zheng and Federgruen, Finding Optimal (s, S) Policies Is About As Simple As Evaluating a Single Policy, Operations
 * Research 39(4), 1991. For slow movers, where a normal distribution would be wrong.
 */

export type PeriodicCosts = {
  /** Per order. */
  readonly fixedCost: number
  /** Per unit left at the end of a period. */
  readonly holdingCost: number
  /** Per unit owed at the end of a period. */
  readonly stockoutCost: number
}

/** Probability of each number of units, up to where what is left is negligible. */
function poisson(mean: number): number[] {
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 20)
  const logs: number[] = [-mean]
  for (let n = 1; n <= last; n++) logs.push((logs[n - 1] ?? 0) + Math.log(mean / n))
  return logs.map(Math.exp)
}

/** Expected cost of one period that begins with so many units. */
export function poissonPeriodCost({ holdingCost, stockoutCost }: PeriodicCosts, mean: number, level: number): number {
  return costOf(poisson(mean), { holdingCost, stockoutCost }, level)
}

type UnitCosts = Pick<PeriodicCosts, 'holdingCost' | 'stockoutCost'>

function costOf(chances: readonly number[], { holdingCost, stockoutCost }: UnitCosts, level: number): number {
  return chances.reduce(
    (sum, chance, units) =>
      sum + chance * (level >= units ? holdingCost * (level - units) : stockoutCost * (units - level)),
    0,
  )
}

/** The stock that costs least over one period (newsvendor with whole units). */
export function newsvendorPoisson(costs: PeriodicCosts, mean: number): { level: number; cost: number } {
  const wanted = costs.stockoutCost / (costs.stockoutCost + costs.holdingCost)
  let below = 0
  const level = poisson(mean).findIndex((chance) => (below += chance) >= wanted)
  return { level, cost: poissonPeriodCost(costs, mean, level) }
}

/**
 * @param mean units per period, above 0
 * @returns reorder at `reorderPoint` or below, up to `orderUpTo`; `cost` per period in the long run
 */
export function bestPolicy(
  costs: PeriodicCosts,
  mean: number,
): { reorderPoint: number; orderUpTo: number; cost: number } {
  const chances = poisson(mean)
  const cost = longRunCost(costs, chances)
  const { level: start } = newsvendorPoisson(costs, mean)
  let low = start - 1
  while (cost(low, start) > costOf(chances, costs, low)) low -= 1
  let best = { reorderPoint: low, orderUpTo: start, cost: cost(low, start) }
  for (let high = start + 1; costOf(chances, costs, high) <= best.cost; high++) {
    if (cost(best.reorderPoint, high) >= best.cost) continue
    let point = best.reorderPoint
    while (cost(point, high) <= costOf(chances, costs, point + 1)) point += 1
    best = { reorderPoint: point, orderUpTo: high, cost: cost(point, high) }
  }
  return best
}

/** The long-run cost per period of a policy, by renewal: how often each level is stood at between two orders. */
export function policyCost(costs: PeriodicCosts, mean: number, reorderPoint: number, orderUpTo: number): number {
  return longRunCost(costs, poisson(mean))(reorderPoint, orderUpTo)
}

function longRunCost(
  costs: PeriodicCosts,
  chances: readonly number[],
): (reorderPoint: number, orderUpTo: number) => number {
  const stays = 1 / (1 - (chances[0] ?? 0))
  const visits = [stays]
  const visitsAt = (depth: number): number => {
    for (let j = visits.length; j <= depth; j++) {
      let sum = 0
      for (let units = 1; units <= j; units++) sum += (chances[units] ?? 0) * (visits[j - units] ?? 0)
      visits.push(sum * stays)
    }
    return visits[depth] ?? 0
  }
  return (reorderPoint, orderUpTo) => {
    let periods = 0
    let total = costs.fixedCost
    for (let depth = 0; depth < orderUpTo - reorderPoint; depth++) {
      const often = visitsAt(depth)
      periods += often
      total += often * costOf(chances, costs, orderUpTo - depth)
    }
    return total / periods
  }
}
