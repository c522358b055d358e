import type { RuleCode, RuleOf } from '../rules.ts'
import type { CarriageBand, SourcingPlace } from '../types.ts'
import { nowMs, type World } from './worlds.ts'

/**
 * The judge: tries every way to hand every unit of every line to a place, and prices each from the words of the rules. It
 * shares no code with the engine, and is as slow as that.
 */

const day = 86_400_000
type Taken = Map<string, Map<string, number>> // place → variant → units

/**
 * @param using only plans that take something from this place
 * @returns the least cost, minor units; `null` when nothing is allowed
 */
export function cheapest(world: World, using?: string): number | null {
  const { order, places } = world
  let best: number | null = null
  const shares: number[][] = order.lines.map(() => places.map(() => 0))
  const taken: Taken = new Map(places.map(({ id }) => [id, new Map()]))
  const go = (line: number, place: number, left: number): void => {
    const current = order.lines[line]
    if (!current) {
      const at = places.findIndex(({ id }) => id === using)
      if (using !== undefined && !shares.some((row) => (row[at] ?? 0) > 0)) return
      const cost = price(world, shares, taken)
      if (cost !== null && (best === null || cost < best)) best = cost
      return
    }
    const at = places[place]
    if (!at) {
      if (left === 0) go(line + 1, 0, order.lines[line + 1]?.quantity ?? 0)
      return
    }
    const whole = order.split !== 'units'
    const of = taken.get(at.id) as Map<string, number>
    const before = of.get(current.variantId) ?? 0
    const most = mostOf(world, at, current.variantId) - before
    for (const units of whole ? [0, current.quantity] : Array.from({ length: left + 1 }, (_, n) => n)) {
      if (units > left || units > Math.max(0, most)) continue
      ;(shares[line] as number[])[place] = units
      of.set(current.variantId, before + units)
      go(line, place + 1, left - units)
    }
    ;(shares[line] as number[])[place] = 0
    of.set(current.variantId, before)
  }
  go(0, 0, order.lines[0]?.quantity ?? 0)
  return best
}

function rule<Code extends RuleCode>({ rules }: World, code: Code): RuleOf<Code>['parameters'] | undefined {
  const found = rules.find((candidate) => candidate.code === code && candidate.enabled)
  return found?.parameters as RuleOf<Code>['parameters'] | undefined
}

function has({ stock, coming, refusals }: World, place: string, variantId: string, byMs: number | null): number {
  const silent = refusals.some(
    (refusal) =>
      refusal.placeId === place && (refusal.variantId === variantId || ['too_busy', 'closed'].includes(refusal.reason)),
  )
  if (silent) return 0
  const arrived = (coming[`${variantId} ${place}`] ?? []).filter(({ atMs }) => byMs !== null && atMs <= byMs)
  return Math.max(0, stock[`${variantId} ${place}`] ?? 0) + arrived.reduce((sum, { units }) => sum + units, 0)
}

function mostOf(world: World, place: SourcingPlace, variantId: string): number {
  return supplierOut(world, place, variantId) ? 0 : has(world, place.id, variantId, Infinity)
}

function supplierOut(world: World, place: SourcingPlace, variantId: string): boolean {
  if (place.kind !== 'supplier' || rule(world, 'supplier_last')?.otherwise !== 'forbid') return false
  const own = world.places
    .filter(({ kind }) => kind !== 'supplier')
    .filter((candidate) => legPrice(world, candidate, null) !== null)
    .reduce((sum, { id }) => sum + has(world, id, variantId, null), 0)
  const wanted = world.order.lines.filter((line) => line.variantId === variantId)
  return own >= wanted.reduce((sum, line) => sum + line.quantity, 0)
}

function price(world: World, shares: readonly (readonly number[])[], taken: Taken): number | null {
  const { order, places } = world
  let total = 0
  let legs = 0
  for (const [index, place] of places.entries()) {
    const units = [...(taken.get(place.id) as Map<string, number>)].filter(([, count]) => count > 0)
    if (units.length === 0) continue
    legs += 1
    // It waits for what it was asked for, never for the sake of waiting.
    const asked = order.lines.filter(({ variantId }) => mostOf(world, place, variantId) > 0)
    const arrivals = asked.flatMap(({ variantId }) => world.coming[`${variantId} ${place.id}`] ?? [])
    const dates = new Set(arrivals.map(({ atMs }) => atMs))
    const waits = [null, ...dates].filter((wait) =>
      units.every(([variantId, count]) => count <= has(world, place.id, variantId, wait)),
    )
    const prices = waits.map((wait) => legPrice(world, place, wait)).filter((cost) => cost !== null)
    if (prices.length === 0) return null
    total += Math.min(...prices)
    for (const [line, row] of shares.entries())
      total += (row[index] ?? 0) * unitPrice(world, place, order.lines[line]?.unitMarginMinor ?? 0)
  }
  const fewest = rule(world, 'fewest_parcels')
  if (order.split === 'none' && legs > 1) return null
  if (legs > (fewest?.maxLegs ?? Infinity)) return null
  return total + (legs - 1) * (fewest?.extraLegMinor ?? 0)
}

function unitPrice(world: World, place: SourcingPlace, margin: number): number {
  const weight = (rule(world, 'margin')?.weightBasisPoints ?? 0) / 10_000
  const lost = Math.round((Math.max(0, margin) * (10_000 - place.marginKeptBasisPoints) * weight) / 10_000)
  const supplier = place.kind === 'supplier' ? (rule(world, 'supplier_last')?.minorPerUnit ?? 0) : 0
  return place.handlingMinorPerUnit + lost + supplier
}

/** What a parcel, pick-up or transfer costs from a place that waits for an arrival, or starts now; `null`: not allowed. */
function legPrice(world: World, place: SourcingPlace, waitMs: number | null): number | null {
  const { order } = world
  const to = order.destination
  const shop = place.kind === 'shop' || place.kind === 'franchise'
  const seller = place.siteId !== null && place.siteId === order.channel.siteId
  const there = to.method !== 'delivery' && place.siteId === to.siteId
  if (to.method === 'carry_out' && (!there || waitMs !== null)) return null
  if (!there) {
    if (shop ? rule(world, 'ship_from_store') && !place.shipsParcels : !place.shipsParcels) return null
  }
  if (place.kind === 'franchise' && !seller && !place.ownerConsents && rule(world, 'franchise_consent')) return null
  const capacity = rule(world, 'capacity_per_day')
  if (capacity && to.method !== 'carry_out' && waitMs === null && (place.capacityLeftToday ?? 1) <= 0) return null
  const km = there ? 0 : kilometres(world, place)
  const near = rule(world, 'nearest')
  if (near && km !== null && near.maxKm !== null && km > near.maxKm) return null
  const band = there ? { costMinor: 0, transitDays: 0 } : bandOf(world, place, km)
  if (!band) return null
  const at = arrival(world, place, waitMs, there, band.transitDays)
  let total = band.costMinor
  const same = rule(world, 'same_shop')
  const anchor = to.method === 'delivery' ? order.channel.siteId : to.siteId
  if (same && anchor !== null && place.siteId !== anchor) {
    if (to.method !== 'delivery' && same.pickupElsewhere === 'forbid') return null
    total += same.elsewhereMinor
  }
  if (shop && !there) total += rule(world, 'ship_from_store')?.surchargeMinor ?? 0
  if (near && km !== null) total += Math.round((km / 100) * near.minorPer100Km)
  if (capacity && to.method !== 'carry_out')
    total += Math.round((place.loadBasisPoints / 10_000) * capacity.fullLoadMinor)
  const date = rule(world, 'promise_date')
  if (date) {
    const lateMs = order.wantedByMs === null ? 0 : Math.max(0, at - order.wantedByMs)
    if (lateMs > 0 && date.late === 'forbid') return null
    total += Math.ceil((at - nowMs) / day) * date.minorPerDay + Math.ceil(lateMs / day) * date.minorPerLateDay
  }
  return total
}

/** Distance by the angle between two directions from the centre of the Earth. */
function kilometres({ order }: World, place: SourcingPlace): number | null {
  const to = order.destination.method === 'carry_out' ? null : order.destination.coordinates
  if (!place.coordinates || !to) return null
  const [a, b] = [place.coordinates, to].map(({ latitude, longitude }) => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const
  }) as [readonly [number, number, number], readonly [number, number, number]]
  const chord = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  return 6_371.0088 * 2 * Math.asin(chord / 2)
}

function bandOf({ order }: World, place: SourcingPlace, km: number | null): CarriageBand | undefined {
  const zone = order.destination.method === 'delivery' ? order.destination.zone : null
  const rows = place.carriage.filter((row) => row.zone === undefined || row.zone === zone)
  if (km !== null) return rows.find(({ upToKm }) => km <= (upToKm ?? Infinity))
  return [...rows].sort((a, b) => b.costMinor - a.costMinor)[0]
}

function arrival(world: World, place: SourcingPlace, waitMs: number | null, there: boolean, transit: number): number {
  const start = Math.max(nowMs, waitMs ?? nowMs) + place.leadDays * day
  if (world.order.destination.method === 'carry_out') return start
  const ready = start + place.handlingMinutes * 60_000
  if (there) return waitMs === null ? Math.max(ready, place.pickupReadyAtMs ?? 0) : ready
  const works = (at: number): boolean => ![0, 6].includes(new Date(at).getUTCDay())
  // The collections known, then the hours of the last one on each working day after.
  const last = place.dispatches.at(-1)
  const more = last
    ? Array.from({ length: 40 }, (_, n) => (n + 1) * day)
        .map((shift) => ({ cutOffAtMs: last.cutOffAtMs + shift, leavesAtMs: last.leavesAtMs + shift }))
        .filter(({ leavesAtMs }) => works(leavesAtMs))
    : [{ cutOffAtMs: start, leavesAtMs: ready }]
  const next = [...place.dispatches, ...more].find((one) => one.cutOffAtMs >= start && one.leavesAtMs >= ready)
  let at = next?.leavesAtMs ?? NaN
  for (let left = transit; left > 0;) {
    at += day
    if (works(at)) left -= 1
  }
  return at
}
