import type { placeKinds, RefusalReason } from '@ecluse/contracts/sourcing.ts'

/**
 * What sourcing is told and what it answers. Instants are milliseconds since 1970-01-01 UTC. Costs are minor units as safe
 * integers, not `bigint`: they are weighed against each other many times per order, stored as JSON with the decision, and
 * never charged to anyone; every total is asserted to be a safe integer.
 */

export type Coordinates = { readonly latitude: number; readonly longitude: number }

export type LineToSource = {
  /** Unique within the order. */
  readonly lineId: string
  readonly variantId: string
  /** Units, at least 1. */
  readonly quantity: number
  /** What one unit earns the company when it comes from its own stock, minor units without VAT. A loss counts as nothing. */
  readonly unitMarginMinor: number
}

export type SourcingDestination =
  /** To an address; `zone` is what carriers name apart (an island, an overseas department), `null` for the mainland. */
  | { readonly method: 'delivery'; readonly coordinates: Coordinates | null; readonly zone: string | null }
  | { readonly method: 'pickup'; readonly siteId: string; readonly coordinates: Coordinates | null }
  /** The buyer has the goods in hand. */
  | { readonly method: 'carry_out'; readonly siteId: string }

/** How far an order may be taken apart: not at all, one place per line, or the units of a line over several places. */
export type Splitting = 'none' | 'lines' | 'units'

export type OrderToSource = {
  readonly lines: readonly LineToSource[]
  readonly destination: SourcingDestination
  /** When the buyer wants it at the latest; `null`: as soon as can be. */
  readonly wantedByMs: number | null
  readonly split: Splitting
  /** Who sells; `siteId` when the seller is a shop. */
  readonly channel: { readonly code: string; readonly siteId: string | null }
}

/** One row of a place's carriage: the first that fits the zone and the distance is taken. */
export type CarriageBand = {
  /** Great-circle distance this row reaches to; `null`: any. */
  readonly upToKm: number | null
  /** Only for this zone; left out: for the mainland and every zone without a row above. */
  readonly zone?: string
  /** One parcel, minor units. */
  readonly costMinor: number
  /** Working days between the carrier's collection and the door. */
  readonly transitDays: number
}

/** A carrier's collection: what is asked for until `cutOffAtMs` and ready in time leaves at `leavesAtMs`. */
export type Dispatch = { readonly cutOffAtMs: number; readonly leavesAtMs: number }

export type PlaceKind = (typeof placeKinds)[number]

export type SourcingPlace = {
  readonly id: string
  readonly siteId: string | null
  readonly kind: PlaceKind
  readonly coordinates: Coordinates | null
  /** Of a franchise: its owner lets other channels sell its stock. */
  readonly ownerConsents: boolean
  readonly shipsParcels: boolean
  /** The part of a unit's margin the company keeps from here: 10,000 for its own stock, less for a franchise or supplier. */
  readonly marginKeptBasisPoints: number
  /** Parcels and pick-ups that can still be prepared today; `null`: no limit. */
  readonly capacityLeftToday: number | null
  /** How busy the place is: 0 idle, 10,000 full. */
  readonly loadBasisPoints: number
  /** From order to ready. */
  readonly handlingMinutes: number
  /** Calendar days before a supplier lets go of what it has; 0 for one's own places. */
  readonly leadDays: number
  /** Picking and packing one unit, minor units. */
  readonly handlingMinorPerUnit: number
  readonly carriage: readonly CarriageBand[]
  /** The next collections, soonest first; after the last, the same hours on the following working days. */
  readonly dispatches: readonly Dispatch[]
  /** When a pick-up asked for now is ready by the opening hours; left out: when handled. */
  readonly pickupReadyAtMs?: number
  /** Decides between plans that are otherwise equal: lower first. */
  readonly priority: number
}

/** Units that arrive at a place and are not promised to anyone yet. */
export type DatedUnits = { readonly atMs: number; readonly units: number }

/** A place said no to an article it was asked for. */
export type RefusedLine = { readonly placeId: string; readonly variantId: string; readonly reason: RefusalReason }

export type SourcingSnapshot = {
  readonly nowMs: number
  readonly places: readonly SourcingPlace[]
  /** Units that can be promised now; less than nothing counts as nothing. */
  available(variantId: string, placeId: string): number
  /** What arrives later, over what is available now. Left out: nothing is known to come. */
  inbound?(variantId: string, placeId: string): readonly DatedUnits[]
  readonly refusals?: readonly RefusedLine[]
}

/** How goods reach the buyer from one place. */
export type LegKind = 'parcel' | 'pickup' | 'transfer' | 'carry_out'

/** What one place does for an order: a parcel, a pick-up, a transfer to the shop of the pick-up, goods handed over. */
export type PlanLeg = {
  readonly placeId: string
  readonly kind: LegKind
  /** Great-circle distance to the destination, `null` when an end is unknown. */
  readonly km: number | null
  readonly leavesAtMs: number
  readonly arrivesAtMs: number
}

export type Allocation = { readonly lineId: string; readonly placeId: string; readonly quantity: number }

export type SourcingPlan = {
  /** Carriage, handling and what the rules add; minor units. */
  readonly costMinor: number
  /** When the last leg arrives or is ready. */
  readonly promiseAtMs: number
  readonly legs: readonly PlanLeg[]
  /** In the order's own order of lines. */
  readonly allocations: readonly Allocation[]
}
