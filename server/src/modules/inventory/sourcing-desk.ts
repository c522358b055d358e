import { bestPlan } from './domain/sourcing/best-plan.ts'
import type { LineToSource, OrderToSource, RefusedLine, SourcingPlace } from './domain/sourcing/types.ts'
import { areaOf } from './domain/postal-areas.ts'
import {
  capacityLeft,
  dispatchOf,
  placeOf,
  placesForDelivery,
  type PlaceFacts,
  type PlaceLoad,
  type SourcingTerms,
} from './domain/sourcing-terms.ts'

/**
 * What the choice of places for an order was made from, so that it can be explained later: short names, as it is written
 * with every delivery. The rules and the places are those of the snapshot, the moment is that of the order.
 */
export type RecordedSourcing = {
  /** The snapshot. */
  readonly s: string
  /** For each line, what each place had, in the snapshot's order of places. */
  readonly a: readonly (readonly number[])[]
  /** Places with a limited day: place, what it could still prepare, how full it was in basis points. */
  readonly l?: readonly (readonly [place: number, left: number | null, loadBasisPoints: number])[]
  /** All were full: those that are full today prepare tomorrow. */
  readonly full?: true
  /** When it was another moment than that of the order. */
  readonly at?: number
}

export type DeliveryLine = { readonly variantId: string; readonly quantity: number; readonly unitMarginMinor: number }
export type DeliveryAddress = {
  readonly postalCode: string
  readonly country: string
  /** The shop that sells, when a shop does. */
  readonly sellerSiteId: string | null
}
export type AvailableAt = (variantId: string, placeId: string) => number

/** Chooses places for parcels: the rules in force and the places, made ready once for as long as neither changes. */
export type SourcingDesk = {
  readonly snapshotId: string
  readonly terms: SourcingTerms
  /** Days before a place lets go of what it has, for those that take some: suppliers; empty for most companies. */
  readonly leadDays: ReadonlyMap<string, number>
  /**
   * A place for each line, by the rules; synchronous, and without a look at the database.
   * @returns undefined when the lines cannot all be served
   */
  choose(
    lines: readonly DeliveryLine[],
    address: DeliveryAddress,
    available: AvailableAt,
    nowMs: number,
    refusals?: readonly RefusedLine[],
  ): { readonly placeIds: string[]; readonly promiseAtMs: number; readonly recorded: RecordedSourcing } | undefined
  /** What a choice is made from, where there was nothing to choose. */
  record(lines: readonly DeliveryLine[], available: AvailableAt, nowMs: number): RecordedSourcing
  /** Counts a preparation against the places' day, until the terms are read again. */
  took(placeIds: readonly string[]): void
  /** What the places can still prepare, as it is recorded. */
  limits(nowMs: number): NonNullable<RecordedSourcing['l']>
  /** The same places on the same day by other terms. */
  by(terms: SourcingTerms): SourcingDesk
}

/** Makes the desk of one epoch of terms. */
export function createSourcingDesk(
  snapshotId: string,
  terms: SourcingTerms,
  loads: ReadonlyMap<string, PlaceLoad>,
): SourcingDesk {
  const asked = placesForDelivery(terms)
  const state: DeskState = {
    terms,
    asked,
    indexes: asked.map((place) => terms.places.indexOf(place)),
    loads: new Map(loads),
    day: undefined,
    places: [],
    limited: [],
  }
  return {
    snapshotId,
    terms,
    leadDays: new Map(terms.places.flatMap(({ id, leadDays }) => (leadDays ? [[id, leadDays] as const] : []))),
    choose(lines, address, available, nowMs, refusals) {
      const { places, limited } = placesAt(state, nowMs)
      const order = deliveryOrder(lines, address)
      const snapshot = { nowMs, places, available, ...(refusals ? { refusals } : {}) }
      const plan = bestPlan(order, snapshot, terms.rules)
      // Where nobody can prepare anything more today, it is prepared tomorrow: a sale is not lost to a full day.
      const late =
        plan || limited.length === 0 ? null : bestPlan(order, { ...snapshot, places: unlimited(places) }, terms.rules)
      const found = plan ?? late
      if (!found) return undefined
      const seen = seenBy(snapshotId, terms, lines, available, limited)
      const recorded: RecordedSourcing = late ? { ...seen, full: true } : seen
      return { placeIds: found.allocations.map(({ placeId }) => placeId), promiseAtMs: found.promiseAtMs, recorded }
    },
    record: (lines, available, nowMs) => ({
      ...seenBy(snapshotId, terms, lines, available, placesAt(state, nowMs).limited),
      at: nowMs,
    }),
    took(placeIds) {
      if (!terms.places.some(({ dailyCapacity }) => dailyCapacity !== null)) return
      for (const id of new Set(placeIds)) {
        const load = state.loads.get(id)
        if (load) state.loads.set(id, { ...load, used: load.used + 1 })
      }
      state.day = undefined
    },
    limits: (nowMs) => placesAt(state, nowMs).limited,
    by: (other) => createSourcingDesk('', other, state.loads),
  }
}

function seenBy(
  s: string,
  { places }: SourcingTerms,
  lines: readonly DeliveryLine[],
  available: AvailableAt,
  limited: NonNullable<RecordedSourcing['l']>,
): RecordedSourcing {
  const a = lines.map(({ variantId }) => places.map(({ id }) => available(variantId, id)))
  return limited.length > 0 ? { s, a, l: limited } : { s, a }
}

type DeskState = {
  readonly terms: SourcingTerms
  readonly asked: readonly PlaceFacts[]
  /** Where those asked stand among the snapshot's places. */
  readonly indexes: readonly number[]
  readonly loads: Map<string, PlaceLoad>
  /** Until when the places below are right. */
  day: { readonly fromMs: number; readonly untilMs: number } | undefined
  places: readonly SourcingPlace[]
  limited: NonNullable<RecordedSourcing['l']>
}

const dayMs = 86_400_000

/** The places as they are now: made anew each day (UTC), when a day of theirs ends, and when a load changes. */
function placesAt(state: DeskState, nowMs: number): Pick<DeskState, 'places' | 'limited'> {
  if (state.day && nowMs >= state.day.fromMs && nowMs < state.day.untilMs) return state
  const { terms, asked, indexes, loads } = state
  const capacities = asked.map((facts) => capacityLeft(facts, loads.get(facts.id), nowMs))
  state.places = asked.map((facts, index) =>
    placeOf(facts, terms.carriage, [dispatchOf(facts, nowMs)], capacities[index] ?? { left: null, loadBasisPoints: 0 }),
  )
  state.limited = capacities.flatMap(({ left, loadBasisPoints }, index) =>
    left === null ? [] : [[indexes[index] ?? 0, left, loadBasisPoints] as const],
  )
  const fromMs = Math.floor(nowMs / dayMs) * dayMs
  const ends = [...loads.values()].map(({ untilMs }) => untilMs).filter((untilMs) => untilMs > nowMs)
  state.day = { fromMs, untilMs: Math.min(fromMs + dayMs, ...ends) }
  return state
}

/** A delivery as sourcing takes it; its lines are known by their positions. */
export function deliveryOrder(
  lines: readonly DeliveryLine[],
  { postalCode, country, sellerSiteId }: DeliveryAddress,
): OrderToSource {
  const { coordinates, zone } = areaOf(postalCode, country)
  return {
    lines: lines.map((line, index): LineToSource => ({ ...line, lineId: String(index) })),
    destination: { method: 'delivery', coordinates, zone },
    wantedByMs: null,
    split: 'lines',
    channel: { code: '', siteId: sellerSiteId },
  }
}

/** A pick-up as sourcing takes it. */
export function pickupOrder(
  lines: readonly DeliveryLine[],
  site: { siteId: string; latitude?: number | null | undefined; longitude?: number | null | undefined },
): OrderToSource {
  const { siteId, latitude, longitude } = site
  const coordinates = typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
  return {
    ...deliveryOrder(lines, { postalCode: '', country: '', sellerSiteId: null }),
    destination: { method: 'pickup', siteId, coordinates },
  }
}

/** The same places with a day without end. */
export function unlimited(places: readonly SourcingPlace[]): SourcingPlace[] {
  return places.map((place) => ({ ...place, capacityLeftToday: null }))
}
