import { bisect } from '../numeric/distributions.ts'
import type { DemandDistribution } from '../stock/demand-distribution.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** A season ordered once: prices and costs per unit (the notation of G. Cachon, Supply chain coordination with contracts, 2003). */
export interface Season {
  demand: DemandDistribution
  price: number
  makerCost: number
  retailCost: number
  /** What a unit left over brings. */
  salvage: number
  /** What an unmet buyer costs each beside the sale. */
  retailGoodwill: number
  makerGoodwill: number
}

export interface SeasonOutcome {
  wholesalePrice: number
  quantity: number
  makerProfit: number
  retailerProfit: number
  profit: number
}

/** The one payment that passes beside the unit price. */
interface Transfer {
  /** Paid back to the retailer for a unit left over. */
  buyBack: number
  /** What the retailer keeps of what consumers, and for left-overs others, pay. */
  revenueShare: number
}

/** One firm for both: the quantity that covers the critical ratio, and what it brings. */
export function integratedSeason(season: Season): { quantity: number; profit: number } {
  requireSeason(season)
  const { price, salvage, makerCost, retailCost, retailGoodwill, makerGoodwill } = season
  const goodwill = retailGoodwill + makerGoodwill
  const ratio = (price + goodwill - makerCost - retailCost) / (price + goodwill - salvage)
  const quantity = season.demand.quantile(ratio)
  return { quantity, profit: outcomeAt(season, quantity, 0, { buyBack: 0, revenueShare: 1 }).profit }
}

/** A plain unit price: the retailer orders less than both together would, since it bears the risk for a part of the margin. */
export function wholesaleSeason(season: Season, wholesalePrice: number): SeasonOutcome {
  requireSeason(season)
  return answer(season, wholesalePrice, { buyBack: 0, revenueShare: 1 })
}

/**
 * The buy-back that makes the retailer order what both together would (B. Pasternack, Marketing Science 4(2), 1985). Every share of the
 * profit λ has its own pair of unit price and buy-back.
 * @param share λ of (profit + goodwill at stake) for the retailer, above 0, at most 1
 */
export function buyBackContract(season: Season, share: number): SeasonOutcome & { buyBack: number } {
  requireSeason(season)
  requireRange('share', share, Number.MIN_VALUE, 1)
  const { price, salvage, makerCost, retailCost, retailGoodwill, makerGoodwill } = season
  const atStake = price - salvage + retailGoodwill + makerGoodwill
  const buyBack = price - salvage + retailGoodwill - share * atStake
  const wholesalePrice = share * (makerCost + retailCost - salvage) + buyBack + salvage - retailCost
  return { buyBack, ...answer(season, wholesalePrice, { buyBack, revenueShare: 1 }) }
}

/**
 * The unit price that, with the retailer keeping a share of all revenue, restores the integrated quantity (G. Cachon, M. Lariviere,
 * Management Science 51(1), 2005): w = φ·c − (own cost). Stated for no goodwill, as in the paper.
 */
export function revenueShareContract(season: Season, share: number): SeasonOutcome {
  requireSeason(season)
  requireRange('share', share, Number.MIN_VALUE, 1)
  if (season.retailGoodwill + season.makerGoodwill > 0) {
    throw new Unanswerable('impossible', { name: 'revenue sharing that repairs lost goodwill too' })
  }
  const wholesalePrice = share * (season.makerCost + season.retailCost) - season.retailCost
  return answer(season, wholesalePrice, { buyBack: 0, revenueShare: share })
}

/** The retailer orders up to its own critical ratio. */
function answer(season: Season, wholesalePrice: number, { buyBack, revenueShare }: Transfer): SeasonOutcome {
  const { price, salvage, retailCost, retailGoodwill } = season
  const under = revenueShare * price + retailGoodwill - wholesalePrice - retailCost
  const over = wholesalePrice + retailCost - revenueShare * salvage - buyBack
  if (under <= 0) return outcomeAt(season, 0, wholesalePrice, { buyBack, revenueShare })
  // Left-overs cost nothing: any quantity would do, and only the whole market is a definite one.
  if (over <= 0) throw new Unanswerable('out_of_range', { name: 'share', value: 0, least: Number.MIN_VALUE, most: 1 })
  return outcomeAt(season, season.demand.quantile(under / (under + over)), wholesalePrice, { buyBack, revenueShare })
}

function outcomeAt(
  { demand, price, salvage, makerCost, retailCost, retailGoodwill, makerGoodwill }: Season,
  quantity: number,
  wholesalePrice: number,
  { buyBack, revenueShare }: Transfer,
): SeasonOutcome {
  const sold = quantity > 0 ? demand.expectedSales(quantity) : 0
  const left = quantity - sold
  const short = demand.mean - sold
  const revenue = price * sold + salvage * left
  const passed = wholesalePrice * quantity - buyBack * left + (1 - revenueShare) * revenue
  const retailerProfit = revenue - passed - retailCost * quantity - retailGoodwill * short
  const makerProfit = passed - makerCost * quantity - makerGoodwill * short
  return { wholesalePrice, quantity, makerProfit, retailerProfit, profit: makerProfit + retailerProfit }
}

function requireSeason({ demand, price, salvage, ...costs }: Season): void {
  requireRange('mean demand', demand.mean, Number.MIN_VALUE, Number.MAX_VALUE)
  for (const [name, cost] of Object.entries(costs)) requireRange(name, cost, 0, Number.MAX_VALUE)
  const cost = costs.makerCost + costs.retailCost
  requireRange('price', price, cost, Number.MAX_VALUE)
  requireRange('salvage', salvage, 0, cost)
  if (price === cost || salvage === cost) throw new Unanswerable('impossible', { name: 'a quantity worth ordering' })
}

/** The unit price at which the maker earns most without any other contract, by search over what the retailer answers. */
export function bestWholesalePrice(season: Season): SeasonOutcome {
  requireSeason(season)
  const { price, makerCost, retailCost } = season
  const profitAt = (unitPrice: number): number => wholesaleSeason(season, unitPrice).makerProfit
  const step = (price - makerCost - retailCost) * 1e-6
  const slope = (unitPrice: number): number => profitAt(unitPrice - step) - profitAt(unitPrice + step)
  return wholesaleSeason(season, bisect(slope, makerCost + step, price - retailCost - step))
}
