import type { CarriageBand, Coordinates, LegKind, OrderToSource, SourcingDestination, SourcingPlace } from './types.ts'

const minuteMs = 60_000
export const dayMs = 86_400_000
const earthKm = 6_371.0088
const radians = Math.PI / 180

/** What a place would do for an order if it took part, before any rule has spoken. */
export type Leg = {
  readonly place: SourcingPlace
  readonly kind: LegKind
  readonly km: number | null
  /** `undefined`: no row of the place's carriage reaches the destination. */
  readonly band: CarriageBand | undefined
  /** When the goods of this leg are all there. */
  readonly releasedAtMs: number
  readonly leavesAtMs: number
  readonly arrivesAtMs: number
  /** Whether today's capacity is what it takes: false for goods that arrive later. */
  readonly today: boolean
}

const freeBand: CarriageBand = { upToKm: null, costMinor: 0, transitDays: 0 }

/**
 * @param arrivalMs when the last of the goods arrives at the place; `null`: all is there now
 */
export function legFrom(place: SourcingPlace, order: OrderToSource, nowMs: number, arrivalMs: number | null): Leg {
  const { destination } = order
  const kind = kindOf(place, destination)
  const km = kind === 'pickup' || kind === 'carry_out' ? 0 : kmBetween(place, destination)
  const band = kind === 'parcel' || kind === 'transfer' ? bandFor(place, km, zoneOf(destination)) : freeBand
  const releasedAtMs = Math.max(nowMs, arrivalMs ?? nowMs) + place.leadDays * dayMs
  const leavesAtMs = leavingAt(place, kind, releasedAtMs, arrivalMs === null)
  const arrivesAtMs = band ? workingDaysAfter(leavesAtMs, band.transitDays) : leavesAtMs
  return { place, kind, km, band, releasedAtMs, leavesAtMs, arrivesAtMs, today: arrivalMs === null }
}

function kindOf(place: SourcingPlace, destination: SourcingDestination): LegKind {
  if (destination.method === 'delivery') return 'parcel'
  if (destination.method === 'carry_out') return 'carry_out'
  return place.siteId === destination.siteId ? 'pickup' : 'transfer'
}

export function zoneOf(destination: SourcingDestination): string | null {
  return destination.method === 'delivery' ? destination.zone : null
}

function kmBetween(place: SourcingPlace, destination: SourcingDestination): number | null {
  if (destination.method === 'carry_out' || !place.coordinates || !destination.coordinates) return null
  return greatCircleKm(place.coordinates, destination.coordinates)
}

/** Great-circle distance by the haversine formula (Sinnott, 1984) on the mean sphere of the Earth (IUGG, 6,371.0088 km). */
export function greatCircleKm(a: Coordinates, b: Coordinates): number {
  const sinLatitude = Math.sin(((b.latitude - a.latitude) * radians) / 2)
  const sinLongitude = Math.sin(((b.longitude - a.longitude) * radians) / 2)
  const h =
    sinLatitude * sinLatitude +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * sinLongitude * sinLongitude
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The first row that fits. An unknown distance takes the dearest that fits the zone: no promise is made too cheaply. */
function bandFor(place: SourcingPlace, km: number | null, zone: string | null): CarriageBand | undefined {
  let dearest: CarriageBand | undefined
  for (const band of place.carriage) {
    if (band.zone !== undefined && band.zone !== zone) continue
    if (km !== null) {
      if (band.upToKm === null || km <= band.upToKm) return band
    } else if (!dearest || band.costMinor > dearest.costMinor) dearest = band
  }
  return dearest
}

function leavingAt(place: SourcingPlace, kind: LegKind, releasedAtMs: number, today: boolean): number {
  if (kind === 'carry_out') return releasedAtMs
  const readyAtMs = releasedAtMs + place.handlingMinutes * minuteMs
  if (kind === 'pickup') return today ? Math.max(readyAtMs, place.pickupReadyAtMs ?? readyAtMs) : readyAtMs
  let last: { cutOffAtMs: number; leavesAtMs: number } | undefined
  for (const dispatch of place.dispatches) {
    if (dispatch.cutOffAtMs >= releasedAtMs && dispatch.leavesAtMs >= readyAtMs) return dispatch.leavesAtMs
    last = dispatch
  }
  if (!last) return readyAtMs
  // Past the last collection known: the same hours, on the first working day that will do.
  const behindMs = Math.max(releasedAtMs - last.cutOffAtMs, readyAtMs - last.leavesAtMs)
  const later = last.leavesAtMs + Math.ceil(behindMs / dayMs) * dayMs
  return isWorkingDay(later) ? later : workingDaysAfter(later, 1)
}

/** The same hour so many working days later; Saturdays and Sundays (UTC) do not count. */
function workingDaysAfter(fromMs: number, days: number): number {
  let atMs = fromMs
  for (let left = days; left > 0;) {
    atMs += dayMs
    if (isWorkingDay(atMs)) left -= 1
  }
  return atMs
}

/** 1970-01-01 was a Thursday. */
function isWorkingDay(atMs: number): boolean {
  const weekday = (Math.floor(atMs / dayMs) + 4) % 7
  return weekday !== 0 && weekday !== 6
}
