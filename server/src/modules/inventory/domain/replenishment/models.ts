import { normalLoss, normalQuantile, normalSecondLoss } from './normal.ts'

/**
 * Classical models of how much to order and when. Costs are in one currency unit of the caller's choice, demand and holding
 * cost per the same unit of time. Numbering of Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd ed., 2019.
 */

/** Economic order quantity (Harris, 1913; Snyder and Shen 3.2): the lot that balances orders and stock. */
export function economicOrderQuantity(fixedCost: number, holdingCost: number, demandRate: number): number {
  return Math.sqrt((2 * fixedCost * demandRate) / holdingCost)
}

/** Yearly (or other period's) cost of ordering lots of a given size. */
export function economicOrderCost(lot: number, fixedCost: number, holdingCost: number, demandRate: number): number {
  return (fixedCost * demandRate) / lot + (holdingCost * lot) / 2
}

/** What one period costs that begins with some stock, and how it is spread. */
type PeriodCosts = { readonly holdingCost: number; readonly stockoutCost: number }

/** The stock that costs least over one period of normal demand (newsvendor; Snyder and Shen 4.3.2). */
export function newsvendorNormal(
  { holdingCost, stockoutCost }: PeriodCosts,
  mean: number,
  deviation: number,
): { level: number; cost: number } {
  const level = mean + deviation * normalQuantile(stockoutCost / (stockoutCost + holdingCost))
  return { level, cost: normalPeriodCost({ holdingCost, stockoutCost }, mean, deviation, level) }
}

export function normalPeriodCost(
  { holdingCost, stockoutCost }: PeriodCosts,
  mean: number,
  deviation: number,
  level: number,
): number {
  const short = deviation * normalLoss((level - mean) / deviation)
  return holdingCost * (level - mean) + (holdingCost + stockoutCost) * short
}

/**
 * Reorder point and lot under continuous review, by the loss-function approximation (Hadley and Whitin, 1963; Snyder and
 * Shen 5.3): stock short is backordered at a cost per unit and time. Solved by turns until neither moves.
 * @param leadTime in the unit of time of the rates
 */
export function reorderPointAndLot(
  { holdingCost, stockoutCost }: PeriodCosts,
  fixedCost: number,
  demand: { readonly rate: number; readonly deviation: number; readonly leadTime: number },
): { reorderPoint: number; lot: number } {
  const mean = demand.rate * demand.leadTime
  const deviation = demand.deviation * Math.sqrt(demand.leadTime)
  let lot = economicOrderQuantity(fixedCost, holdingCost, demand.rate)
  let z = 0
  for (let turn = 0; turn < 200; turn++) {
    z = lossInverse((holdingCost * lot) / ((holdingCost + stockoutCost) * deviation))
    const short = deviation * deviation * normalSecondLoss(z)
    const next = Math.sqrt((2 * (fixedCost * demand.rate + (holdingCost + stockoutCost) * short)) / holdingCost)
    if (Math.abs(next - lot) < 1e-12 * lot) break
    lot = next
  }
  return { reorderPoint: mean + z * deviation, lot }
}

/** The z of which the loss is this much; the loss falls as z grows. */
function lossInverse(loss: number): number {
  let low = -Math.max(8, 2 * loss)
  let high = 8
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (normalLoss(middle) > loss) low = middle
    else high = middle
  }
  return (low + high) / 2
}
