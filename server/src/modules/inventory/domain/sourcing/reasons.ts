import type { RuleCode } from './rules.ts'
import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'

/**
 * Why a plan is what it is: every code a screen may have to put into words, with the facts its words need. Distances are
 * kilometres, instants milliseconds since 1970-01-01 UTC, amounts minor units.
 */
export type ReasonDetails = {
  // Facts that no rule can change.
  carriage: { km: number | null; zone: string | null; transitDays: number }
  out_of_reach: { km: number | null; zone: string | null }
  does_not_ship: Record<never, never>
  on_the_spot: Record<never, never>
  not_in_hand: Record<never, never>
  handling: { units: number; minorPerUnit: number }
  refused: { reason: RefusalReason }
  // Rules.
  same_shop: { siteId: string; of: 'pickup' | 'sale' }
  other_shop: { siteId: string; of: 'pickup' | 'sale' }
  distance: { km: number }
  too_far: { km: number; maxKm: number }
  extra_legs: { legs: number }
  margin_left: { units: number; unitMarginMinor: number; keptBasisPoints: number }
  capacity_left: { left: number | null; loadBasisPoints: number }
  capacity_used_up: { left: number }
  owner_consents: Record<never, never>
  owner_does_not_consent: Record<never, never>
  shop_ships: Record<never, never>
  shop_does_not_ship: Record<never, never>
  supplier_needed: { wanted: number; ownUnits: number }
  supplier_not_needed: { wanted: number; ownUnits: number }
  arrives: { arrivesAtMs: number; days: number; lateDays: number }
  arrives_too_late: { arrivesAtMs: number; wantedByMs: number }
}

export type ReasonCode = keyof ReasonDetails
export type Reason = {
  [Code in ReasonCode]: { readonly code: Code; readonly details: ReasonDetails[Code] }
}[ReasonCode]

/** What one rule says about one thing. Only `cost` costs; only `forbid` is hard. */
export type Verdict =
  | { readonly effect: 'abstain' }
  | { readonly effect: 'allow' | 'forbid'; readonly reason: Reason }
  | { readonly effect: 'cost'; readonly costMinor: number; readonly reason: Reason }

/** Who speaks: a rule, or a fact that every plan has to bear. */
export type Speaker = RuleCode | 'carriage' | 'handling' | 'refusal'

/** One thing said about a plan. The costs of all that is said about a plan add up to its cost. */
export type Said = {
  readonly by: Speaker
  readonly effect: 'allow' | 'forbid' | 'cost'
  readonly costMinor: number
  readonly reason: Reason
  /** `null`: about the plan as a whole. */
  readonly placeId: string | null
  /** `null`: about the place's whole leg. */
  readonly lineId: string | null
}
