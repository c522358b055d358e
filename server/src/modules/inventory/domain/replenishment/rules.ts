import type { ReplenishmentFigures } from '@ecluse/contracts/replenishment.ts'
import { proposeReplenishment } from './propose.ts'

/** How a place is replenished. */
export type Rule = {
  readonly source: 'transfer' | 'supplier'
  readonly fromPlaceId: string | null
  readonly leadDays: number
  readonly leadDeviationDays: number
  readonly reviewDays: number
  readonly serviceBasisPoints: number
  readonly coverDays: number
}

/** What is usual: shops are replenished from the first warehouse within two days, warehouses from suppliers within two weeks. */
export function usualRule(place: { readonly id: string; readonly siteKind: string }, warehouseId: string | null): Rule {
  const common = { reviewDays: 1, serviceBasisPoints: 9_500 }
  return place.siteKind !== 'warehouse' && warehouseId !== null && warehouseId !== place.id
    ? { ...common, source: 'transfer', fromPlaceId: warehouseId, leadDays: 2, leadDeviationDays: 0.5, coverDays: 7 }
    : { ...common, source: 'supplier', fromPlaceId: null, leadDays: 14, leadDeviationDays: 3, coverDays: 21 }
}

/** What is known of one article at one place. */
export type Known = {
  readonly onHand: number
  readonly promised: number
  readonly inbound: number
  /** Units that left on the days looked at, their sum and the sum of the squares of each day. */
  readonly soldUnits: number
  readonly soldSquares: number
  readonly daysLookedAt: number
  readonly minUnits: number | null
  readonly maxUnits: number | null
  readonly packUnits: number
}

/**
 * What to order of one article, with every figure: forecast from what left, (s, S) of `proposeReplenishment`, then the least and
 * the most the place is to have. Nothing to order gives `wantedUnits` 0.
 */
export function figuresOf(known: Known, rule: Rule): ReplenishmentFigures {
  const { onHand, promised, inbound, minUnits, maxUnits, packUnits } = known
  const position = onHand + inbound - promised
  const mean = known.soldUnits / known.daysLookedAt
  const variance = Math.max(0, known.soldSquares / known.daysLookedAt - mean ** 2)
  // A few days say little of how days differ: no less than customers who come by chance would make.
  const deviation = Math.max(Math.sqrt(variance), Math.sqrt(mean))
  const proposed = proposeReplenishment({
    position,
    demandPerDay: mean,
    deviationPerDay: deviation,
    leadDays: rule.leadDays,
    leadDeviationDays: rule.leadDeviationDays,
    reviewDays: rule.reviewDays,
    serviceLevel: rule.serviceBasisPoints / 10_000,
    coverDays: rule.coverDays,
    packSize: packUnits,
    minimumUnits: 0,
  })
  const { wantedUnits, limitedBy } = within(proposed.orderUnits, position, known)
  return {
    onHand,
    promised,
    inbound,
    position,
    demandPerDay: mean,
    deviationPerDay: deviation,
    daysLookedAt: known.daysLookedAt,
    leadDays: rule.leadDays,
    leadDeviationDays: rule.leadDeviationDays,
    reviewDays: rule.reviewDays,
    serviceLevel: rule.serviceBasisPoints / 10_000,
    coverDays: rule.coverDays,
    expectedUnits: proposed.expectedUnits,
    safetyUnits: proposed.safetyUnits,
    reorderPoint: proposed.reorderPoint,
    orderUpTo: proposed.orderUpTo,
    packUnits,
    minUnits,
    maxUnits,
    wantedUnits,
    limitedBy,
  }
}

/** Raised to the least in whole packs; lowered to the most, in whole packs too. */
function within(
  units: number,
  position: number,
  { minUnits, maxUnits, packUnits }: Known,
): { wantedUnits: number; limitedBy: 'min' | 'max' | null } {
  const least = minUnits === null ? 0 : Math.ceil(Math.max(0, minUnits - position) / packUnits) * packUnits
  const most = maxUnits === null ? Infinity : Math.max(0, Math.floor((maxUnits - position) / packUnits) * packUnits)
  const raised = Math.max(units, least)
  if (raised > most) return { wantedUnits: most, limitedBy: 'max' }
  return { wantedUnits: raised, limitedBy: raised > units ? 'min' : null }
}

/**
 * Shares what a place has among those that want it: who would be without first gets first, each in whole packs.
 * @param free units nobody was promised there, by article; lowered by what is given
 */
export function shareSource<Wish extends { variantId: string; figures: ReplenishmentFigures }>(
  wishes: readonly Wish[],
  free: Map<string, number>,
): (Wish & { units: number })[] {
  const daysLeft = ({ position, demandPerDay }: ReplenishmentFigures) =>
    demandPerDay > 0 ? position / demandPerDay : position > 0 ? Infinity : 0
  return wishes
    .toSorted((a, b) => daysLeft(a.figures) - daysLeft(b.figures))
    .flatMap((wish) => {
      const { wantedUnits, packUnits } = wish.figures
      const left = Math.max(0, free.get(wish.variantId) ?? 0)
      const units = Math.min(wantedUnits, Math.floor(left / packUnits) * packUnits)
      if (units <= 0) return []
      free.set(wish.variantId, left - units)
      return [
        units < wantedUnits
          ? { ...wish, units, figures: { ...wish.figures, limitedBy: 'source' as const } }
          : { ...wish, units },
      ]
    })
}
