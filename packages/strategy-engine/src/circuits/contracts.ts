import { lowestBetween } from '../numeric/golden-section.ts'
import { requireRange } from '../unanswerable.ts'
import { integratedCircuit, type Stage } from './build-up.ts'
import { priceFor, quantityAt, requireDemand, type Demand } from './demand.ts'

/** What a maker and a retailer, who would both add a margin, get under a contract. */
export interface ContractOutcome {
  /** What the retailer pays for a unit. */
  wholesalePrice: number
  price: number
  quantity: number
  makerProfit: number
  retailerProfit: number
}

/** Two who sell one after the other: what a unit costs each, and what consumers buy at which price. */
export interface Pair {
  demand: Demand
  makerCost: number
  retailCost: number
}

const stagesOf = ({ makerCost, retailCost }: Pair): Stage[] => [
  { name: 'maker', unitCost: makerCost },
  { name: 'retailer', unitCost: retailCost },
]

/**
 * Two-part tariff: a unit at what it costs the maker, and a fee. The retailer then sets the price an integrated firm would, and the fee
 * divides the profit (Spengler's remedy; W. Oi 1971).
 * @param share of the profit that stays with the retailer
 */
export function twoPartTariff(pair: Pair, share: number): ContractOutcome & { fee: number } {
  requireRange('share', share, 0, 1)
  const { price, quantity, profit } = integratedCircuit(pair.demand, stagesOf(pair))
  const fee = profit * (1 - share)
  return { wholesalePrice: pair.makerCost, fee, price, quantity, makerProfit: fee, retailerProfit: profit - fee }
}

/**
 * A price ceiling: the retailer may not sell above the integrated price, and the unit price divides the margin between both. Restores
 * the integrated profit without a fee (Spengler 1950; J. Tirole, The Theory of Industrial Organization, 1988, ch. 4). Above the ceiling
 * the retailer would sell dearer; the free price is told too.
 */
export function priceCeiling(pair: Pair, share: number): ContractOutcome & { ceiling: number } {
  requireRange('share', share, 0, 1)
  const { price, quantity, profit } = integratedCircuit(pair.demand, stagesOf(pair))
  const margin = profit / quantity
  const retailerProfit = profit * share
  return {
    ceiling: price,
    wholesalePrice: pair.makerCost + margin * (1 - share),
    price,
    quantity,
    makerProfit: profit - retailerProfit,
    retailerProfit,
  }
}

/**
 * Jeuland and Shugan's quantity discount (Marketing Science 2(3), 1983): a unit price that falls with the quantity so that the retailer
 * keeps a fixed share of the whole margin, less a fixed sum, and so wants what both together want.
 * `unitPrice(q)` = share·(p(q) − c − C) + fee/q + C.
 */
export function quantityDiscount(
  pair: Pair,
  share: number,
  fee = 0,
): ContractOutcome & { unitPrice: (quantity: number) => number } {
  requireRange('share', share, 0, 1)
  const { demand, makerCost, retailCost } = pair
  const { price, quantity, profit } = integratedCircuit(demand, stagesOf(pair))
  const unitPrice = (bought: number): number =>
    (1 - share) * (priceFor(demand, bought) - makerCost - retailCost) + fee / bought + makerCost
  const retailerProfit = profit * share - fee
  const outcome = { price, quantity, makerProfit: profit - retailerProfit, retailerProfit }
  return { ...outcome, wholesalePrice: unitPrice(quantity), unitPrice }
}

/**
 * Revenue sharing (G. Cachon, M. Lariviere, Management Science 51(1), 2005): the retailer keeps a share φ of what consumers pay and
 * buys at φ·c − (own cost), below the maker's cost; its profit is φ times the integrated one.
 * @param share φ
 */
export function revenueShare(pair: Pair, share: number): ContractOutcome {
  requireRange('share', share, Number.MIN_VALUE, 1)
  const { demand, makerCost, retailCost } = pair
  const { price, quantity, profit } = integratedCircuit(demand, stagesOf(pair))
  const wholesalePrice = share * (makerCost + retailCost) - retailCost
  return { wholesalePrice, price, quantity, retailerProfit: profit * share, makerProfit: profit * (1 - share) }
}

/**
 * What a retailer does who keeps a share of the revenue and pays per unit and once, found by search: the judge of the contracts above.
 */
export function retailerAnswer(
  pair: Pair,
  terms: { unitPrice: (quantity: number) => number; revenueShare: number; fee: number; ceiling?: number },
): ContractOutcome {
  const { demand, makerCost, retailCost } = pair
  requireDemand(demand, makerCost + retailCost)
  const profitAt = (price: number): number => {
    const sold = quantityAt(demand, price)
    return sold * (terms.revenueShare * price - retailCost - terms.unitPrice(sold)) - terms.fee
  }
  const highest = demand.kind === 'linear' ? priceFor(demand, 0) * (1 - 1e-12) : (makerCost + retailCost + 1) * 1e3
  const price = Math.min(
    lowestBetween((one) => -profitAt(one), 1e-9 * highest, highest),
    terms.ceiling ?? Infinity,
  )
  const quantity = quantityAt(demand, price)
  const wholesalePrice = terms.unitPrice(quantity)
  const makerProfit = quantity * (wholesalePrice - makerCost + (1 - terms.revenueShare) * price) + terms.fee
  return { wholesalePrice, price, quantity, makerProfit, retailerProfit: profitAt(price) }
}
