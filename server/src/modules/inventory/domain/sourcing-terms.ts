import type { Site } from '@ecluse/contracts/channels.ts'
import type { PlaceSetting, SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import { Temporal } from 'temporal-polyfill'
import { defaultCarriage, defaultSourcingRules, type SourcingRule } from './sourcing/rules.ts'
import type { CarriageBand, Coordinates, Dispatch, SourcingPlace } from './sourcing/types.ts'

/** What is known of a place that changes seldom: its address and how it works. */
export type PlaceFacts = Omit<PlaceSetting, 'placeId'> & {
  readonly id: string
  readonly siteId: string
  readonly coordinates: Coordinates | null
  readonly timeZone: string
  readonly shipsParcels: boolean
  readonly priority: number
}

/** Everything that decides beside the order, its moment and the stock. */
export type SourcingTerms = {
  /** Of the rules; 0 when nobody has changed them. */
  readonly version: number
  readonly rules: readonly SourcingRule[]
  readonly carriage: readonly CarriageBand[]
  readonly grossMarginBasisPoints: number
  readonly places: readonly PlaceFacts[]
}

/** How busy a place is on a day. */
export type PlaceLoad = {
  /** Preparations opened today. */
  readonly used: number
  /** It said it can prepare nothing more. */
  readonly closed: boolean
  /** When this stops being true: the end of the place's day. */
  readonly untilMs: number
}

/** What capacity a place has left, and how full it is in basis points. */
export type CapacityLeft = { readonly left: number | null; readonly loadBasisPoints: number }

/** An hour after the last hour to ask, the carrier collects. */
const collectionAfterMs = 90 * 60_000

/** What the program begins with. */
export const defaultPolicy: { readonly rules: readonly SourcingRule[]; readonly settings: SourcingSettings } = {
  rules: defaultSourcingRules,
  settings: { carriage: defaultCarriage as SourcingSettings['carriage'], grossMarginBasisPoints: 4_000, places: [] },
}

/** How a place works until somebody says otherwise: warehouses prepare cheaply and until later than shops. */
export function usualSetting(placeId: string, siteKind: Site['kind']): PlaceSetting {
  const shop = siteKind === 'shop'
  return {
    placeId,
    kind: siteKind === 'shop' || siteKind === 'supplier' ? siteKind : 'warehouse',
    ownerConsents: false,
    marginKeptBasisPoints: 10_000,
    dailyCapacity: null,
    handlingMinutes: shop ? 120 : 60,
    handlingMinorPerUnit: shop ? 250 : 90,
    cutOff: shop ? '15:00' : '16:00',
  }
}

/** The capacity of a place at a moment. */
export function capacityLeft({ dailyCapacity }: PlaceFacts, load: PlaceLoad | undefined, nowMs: number): CapacityLeft {
  const today = load && nowMs < load.untilMs ? load : undefined
  if (today?.closed) return { left: 0, loadBasisPoints: 10_000 }
  if (dailyCapacity === null) return { left: null, loadBasisPoints: 0 }
  const used = today?.used ?? 0
  const loadBasisPoints = dailyCapacity === 0 ? 10_000 : Math.min(10_000, Math.round((used * 10_000) / dailyCapacity))
  return { left: Math.max(0, dailyCapacity - used), loadBasisPoints }
}

/** A place as sourcing takes it, with what it can still prepare. */
export function placeOf(
  facts: PlaceFacts,
  carriage: readonly CarriageBand[],
  dispatches: readonly Dispatch[],
  { left, loadBasisPoints }: CapacityLeft,
): SourcingPlace {
  return {
    id: facts.id,
    siteId: facts.siteId,
    kind: facts.kind,
    coordinates: facts.coordinates,
    ownerConsents: facts.ownerConsents,
    shipsParcels: facts.shipsParcels,
    marginKeptBasisPoints: facts.marginKeptBasisPoints,
    capacityLeftToday: left,
    loadBasisPoints,
    handlingMinutes: facts.handlingMinutes,
    leadDays: facts.leadDays ?? 0,
    handlingMinorPerUnit: facts.handlingMinorPerUnit,
    carriage: carriageFrom(facts, carriage),
    dispatches,
    priority: facts.priority,
  }
}

/** What a parcel from a place costs: a supplier may have a price of their own; it takes as long as it does from anywhere. */
function carriageFrom({ parcelMinor }: PlaceFacts, carriage: readonly CarriageBand[]): readonly CarriageBand[] {
  return typeof parcelMinor === 'number' ? carriage.map((band) => ({ ...band, costMinor: parcelMinor })) : carriage
}

/**
 * The places that may be asked for a parcel. Whether shops ship is said by a rule; when that rule is off, those that do not
 * ship are not asked at all.
 */
export function placesForDelivery({ places, rules }: SourcingTerms): readonly PlaceFacts[] {
  const judged = rules.some(({ code, enabled }) => code === 'ship_from_store' && enabled)
  return judged ? places : places.filter((place) => place.shipsParcels)
}

/** The first collection from the day on that an instant lies in (UTC): later ones follow at the same hour. */
export function dispatchOf({ cutOff, timeZone }: Pick<PlaceFacts, 'cutOff' | 'timeZone'>, nowMs: number): Dispatch {
  const [hour = 0, minute = 0] = cutOff.split(':').map(Number)
  let day = Temporal.PlainDate.from(new Date(nowMs).toISOString().slice(0, 10))
  while (day.dayOfWeek > 5) day = day.add({ days: 1 })
  const cutOffAtMs = day.toZonedDateTime({ timeZone, plainTime: { hour, minute } }).epochMilliseconds
  return { cutOffAtMs, leavesAtMs: cutOffAtMs + collectionAfterMs }
}

/** When the day of a place ends. */
export function endOfDay(timeZone: string, nowMs: number): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate()
  return new Date(today.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds)
}

/** What one unit earns, minor units: the usual gross margin on its price without VAT. */
export function unitMarginMinor(
  unitPriceMinor: bigint,
  vatBasisPoints: number,
  { grossMarginBasisPoints }: Pick<SourcingTerms, 'grossMarginBasisPoints'>,
): number {
  return Math.round((Number(unitPriceMinor) * grossMarginBasisPoints) / (10_000 + vatBasisPoints))
}
