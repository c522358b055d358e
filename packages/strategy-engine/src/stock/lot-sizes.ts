import { bisect } from '../numeric/distributions.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'
import { normalLoss, normalSecondLoss, poissonChances, type DemandDistribution } from './demand-distribution.ts'

/**
 * How much to order and when, by the classical models (L. Snyder, Z.-J. Shen, Fundamentals of Supply Chain Theory, 2nd ed., 2019).
 * Costs are in one currency of the caller's choice, demand and holding cost per the same unit of time.
 */

/** What a unit left over and a unit short cost, per unit and period. */
export interface UnitCosts {
  holdingCost: number
  stockoutCost: number
}

/** Economic order quantity (F. Harris 1913): the lot that balances orders and stock, and its cost per unit of time. */
export function economicOrder(
  fixedCost: number,
  holdingCost: number,
  demandRate: number,
): { lot: number; cost: number } {
  requireRange('fixed cost', fixedCost, 0, Number.MAX_VALUE)
  requireRange('holding cost', holdingCost, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('demand', demandRate, 0, Number.MAX_VALUE)
  return {
    lot: Math.sqrt((2 * fixedCost * demandRate) / holdingCost),
    cost: Math.sqrt(2 * fixedCost * demandRate * holdingCost),
  }
}

/** What lots of a given size cost per unit of time. */
export function economicOrderCost(lot: number, fixedCost: number, holdingCost: number, demandRate: number): number {
  requireRange('lot', lot, Number.MIN_VALUE, Number.MAX_VALUE)
  return (fixedCost * demandRate) / lot + (holdingCost * lot) / 2
}

/** The quantity that costs least over one season (newsvendor): it covers demand with chance p/(p + h). */
export function newsvendor(costs: UnitCosts, demand: DemandDistribution): { level: number; cost: number } {
  requireUnitCosts(costs)
  const level = demand.quantile(costs.stockoutCost / (costs.stockoutCost + costs.holdingCost))
  return { level, cost: seasonCost(costs, demand, level) }
}

/** Expected cost of one season with a given quantity. */
export function seasonCost(
  { holdingCost, stockoutCost }: UnitCosts,
  demand: DemandDistribution,
  level: number,
): number {
  const sold = demand.expectedSales(level)
  return holdingCost * (level - sold) + stockoutCost * (demand.mean - sold)
}

/** Demand over time with normal spread; `leadTime` in the unit of time of `rate`. */
export interface DemandOverTime {
  rate: number
  /** Standard deviation of the demand of one unit of time. */
  deviation: number
  leadTime: number
}

/**
 * Reorder point and lot under continuous review, by the loss-function approximation (G. Hadley, T. Whitin 1963; Snyder and Shen 5.3):
 * what is short is owed, at a cost per unit and time. Solved by turns until neither moves.
 */
export function reorderPointAndLot(
  costs: UnitCosts,
  fixedCost: number,
  demand: DemandOverTime,
): { reorderPoint: number; lot: number } {
  requireUnitCosts(costs)
  requireRange('deviation', demand.deviation, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('lead time', demand.leadTime, Number.MIN_VALUE, Number.MAX_VALUE)
  const { holdingCost, stockoutCost } = costs
  const mean = demand.rate * demand.leadTime
  const deviation = demand.deviation * Math.sqrt(demand.leadTime)
  let { lot } = economicOrder(fixedCost, holdingCost, demand.rate)
  for (let turn = 0; turn < 500; turn++) {
    const z = lossInverse((holdingCost * lot) / ((holdingCost + stockoutCost) * deviation))
    const short = deviation * deviation * normalSecondLoss(z)
    const next = Math.sqrt((2 * (fixedCost * demand.rate + (holdingCost + stockoutCost) * short)) / holdingCost)
    if (Math.abs(next - lot) < 1e-13 * lot) return { reorderPoint: mean + z * deviation, lot: next }
    lot = next
  }
  throw new Unanswerable('not_converged', { iterations: 500 })
}

/** The z of which the loss is this much; the loss falls as z grows. */
const lossInverse = (loss: number): number => bisect((z) => loss - normalLoss(z), -Math.max(8, 2 * loss), 8)

/**
 * The best reorder point and lot for Poisson demand, exactly (A. Federgruen, Y.-S. Zheng, Operations Research 40(4), 1992): the lot
 * grows by the cheaper of the two neighbouring inventory positions as long as that lowers the mean.
 */
export function exactReorderPointAndLot(
  costs: UnitCosts,
  fixedCost: number,
  { rate, leadTime }: Pick<DemandOverTime, 'rate' | 'leadTime'>,
): { reorderPoint: number; lot: number; cost: number } {
  requireUnitCosts(costs)
  requireRange('fixed cost', fixedCost, 0, Number.MAX_VALUE)
  requireRange('demand', rate, Number.MIN_VALUE, Number.MAX_VALUE)
  const chances = poissonChances(rate * leadTime)
  const costAt = (position: number): number => positionCost(chances, costs, position)
  let low = 0
  chances.reduce((below, chance, units) => {
    if (below < costs.stockoutCost / (costs.stockoutCost + costs.holdingCost)) low = units
    return below + chance
  }, 0)
  let high = low
  let total = fixedCost * rate + costAt(low)
  for (;;) {
    const lot = high - low + 1
    const [below, above] = [costAt(low - 1), costAt(high + 1)]
    if (Math.min(below, above) >= total / lot) return { reorderPoint: low - 1, lot, cost: total / lot }
    total += Math.min(below, above)
    if (below <= above) low--
    else high++
  }
}

/** Expected cost of a period that ends with `level` less demand, which may be below nothing. */
export function positionCost(chances: Float64Array, { holdingCost, stockoutCost }: UnitCosts, level: number): number {
  let cost = 0
  for (let units = 0; units < chances.length; units++) {
    cost += chances[units]! * (level >= units ? holdingCost * (level - units) : stockoutCost * (units - level))
  }
  return cost
}

export function requireUnitCosts({ holdingCost, stockoutCost }: UnitCosts): void {
  requireRange('holding cost', holdingCost, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('stockout cost', stockoutCost, Number.MIN_VALUE, Number.MAX_VALUE)
}
