import { normalQuantile } from '@ecluse/strategy-engine/numeric/distributions.ts'

/** What is known of one article at one place, for deciding whether to order. Units and days. */
export type ReplenishmentInput = {
  /** What is on hand and already ordered, less what is promised. */
  readonly position: number
  readonly demandPerDay: number
  /** Standard deviation of one day's demand. */
  readonly deviationPerDay: number
  readonly leadDays: number
  /** Standard deviation of the lead time. */
  readonly leadDeviationDays: number
  /** Days between two looks; 0 when looked at all the time. */
  readonly reviewDays: number
  /** Share of order cycles without a shortage: at least a half, below 1. */
  readonly serviceLevel: number
  /** Days an order should last, over the lead time and the review. */
  readonly coverDays: number
  /** Units in one pack of the supplier; at least 1. */
  readonly packSize: number
  /** The least the supplier takes, units; 0: none. */
  readonly minimumUnits: number
}

export type ReplenishmentProposal = {
  /** Expected demand until what is ordered at the next look is there. */
  readonly expectedUnits: number
  readonly safetyUnits: number
  /** s: order when the position is at this or below. */
  readonly reorderPoint: number
  /** S: order up to this. */
  readonly orderUpTo: number
  /** Whole packs; 0 while the position is above the reorder point, and without demand. */
  readonly orderUnits: number
}

/**
 * A periodic (s, S) proposal: the safety stock covers the spread of demand over lead time and review, and that of the lead
 * time itself: z·√((L + R)·σ² + d²·σ_L²) (Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains,
 * 4th ed., 2017, ch. 6). Rounded up: to whole units, then packs.
 */
export function proposeReplenishment(input: ReplenishmentInput): ReplenishmentProposal {
  const days = input.leadDays + input.reviewDays
  const expected = input.demandPerDay * days
  const variance = days * input.deviationPerDay ** 2 + (input.demandPerDay * input.leadDeviationDays) ** 2
  const safety = Math.max(0, normalQuantile(input.serviceLevel)) * Math.sqrt(variance)
  const reorderPoint = wholeUnits(expected + safety)
  const orderUpTo = reorderPoint + Math.max(1, wholeUnits(input.demandPerDay * input.coverDays))
  // Nothing is ordered of what nobody buys.
  const enough = input.position > reorderPoint || input.demandPerDay <= 0
  const wanted = enough ? 0 : Math.max(orderUpTo - input.position, input.minimumUnits)
  const orderUnits = Math.ceil(wanted / input.packSize) * input.packSize
  return { expectedUnits: expected, safetyUnits: safety, reorderPoint, orderUpTo, orderUnits }
}

/** Up to a whole unit, unless all that is above is the noise of the arithmetic. */
function wholeUnits(units: number): number {
  return Math.ceil(units - 1e-9)
}
