import type { Plan, Reason, Route, Stop, TimeWindow, Vehicle } from './problem.ts'
import { planOf, routeCost, scheduleRoute } from './schedule.ts'

/** Where one more stop fits best. */
export interface Insertion {
  readonly possible: true
  /** The vehicle, and how many stops it visits before. A vehicle without a route would leave for this stop alone. */
  readonly vehicle: Vehicle
  readonly position: number
  /** When it would be at the door, and when service would begin, in seconds. */
  readonly arrival: number
  readonly start: number
  /** Metres more. */
  readonly distance: number
  /** More cost, as the vehicles' costs say; the fixed cost too when the vehicle would have stayed. */
  readonly cost: number
}

export interface NoInsertion {
  readonly possible: false
  readonly reason: Reason
}

/** The space between two stops of a route, for one certain stop. */
interface Gap {
  vehicle: Vehicle
  stops: readonly Stop[]
  position: number
  /** What the vehicle can still load. */
  room: number
  /** When it can be at the stop's door; when service there must have ended for all that follows to be kept. */
  arrival: number
  deadline: number
  distance: number
  /** What the plan's objective counts. */
  rank: number
}

/**
 * The cheapest place for one more stop in a plan, all that is already promised being kept, or why there is none. Takes a few
 * operations for each stop of the plan and changes nothing, so it can be asked while a shopper chooses. It does not move other stops
 * to other routes: `replanWith` does.
 */
export function insertionOf(plan: Plan, stop: Stop): Insertion | NoInsertion {
  return answer(plan, stop, gapsOf(plan, stop, false))
}

/** Why a stop has no place in a plan. */
export function whyUnserved(plan: Plan, stop: Stop): Reason {
  const gaps = gapsOf(plan, stop, false)
  if (!gaps.some(({ room }) => room >= stop.demand)) return 'capacity'
  if (best(gaps, { ...stop, demand: -Infinity }) !== null) return 'capacity'
  return best(gapsOf(plan, stop, true), stop) === null ? 'window' : 'shift'
}

export type WindowAnswer = (Insertion | NoInsertion) & { readonly window: TimeWindow }

/**
 * For each window whether the stop could be promised it, and what that would add to the plan; in the given order. Only what can be
 * kept is possible, so only that may be offered. A window that two shoppers are looking at must be asked about again when it is taken.
 */
export function offerableWindows(
  plan: Plan,
  stop: Omit<Stop, 'window'>,
  windows: readonly TimeWindow[],
): WindowAnswer[] {
  const first = windows[0]
  if (first === undefined) return []
  const gaps = gapsOf(plan, { ...stop, window: first }, false)
  return windows.map((window) => ({ window, ...answer(plan, { ...stop, window }, gaps) }))
}

/**
 * The plan with the stop where an insertion says; the stop is added to the problem's. Throws when the stop is served already, or when
 * the insertion was made for another plan and its vehicle cannot keep it any more.
 */
export function withInsertion(plan: Plan, stop: Stop, { vehicle, position }: Insertion): Plan {
  const route = plan.routes.find((one) => one.vehicle.id === vehicle.id)
  if (plan.routes.some(({ visits }) => visits.some((visit) => visit.stop.id === stop.id)))
    throw new Error(`Stop ${stop.id} is served already`)
  const extended = scheduleRoute(plan.problem, vehicle, stopsWith(route, stop, position))
  if (extended === null) throw new Error(`Stop ${stop.id} no longer fits where it was to go`)
  const problem = { ...plan.problem, stops: [...plan.problem.stops.filter(({ id }) => id !== stop.id), stop] }
  const routes = route ? plan.routes.map((one) => (one === route ? extended : one)) : [...plan.routes, extended]
  const unserved = plan.unserved.filter((one) => one.stop.id !== stop.id)
  return planOf(problem, plan.objective, routes, { unserved, iterations: plan.iterations })
}

function stopsWith(route: Route | undefined, stop: Stop, position: number): Stop[] {
  const stops = route?.visits.map((visit) => visit.stop) ?? []
  return stops.toSpliced(position, 0, stop)
}

function answer(plan: Plan, stop: Stop, gaps: readonly Gap[]): Insertion | NoInsertion {
  const gap = best(gaps, stop)
  const route = gap && scheduleRoute(plan.problem, gap.vehicle, gap.stops.toSpliced(gap.position, 0, stop))
  const visit = route?.visits[gap?.position ?? 0]
  if (!gap || !route || !visit) return { possible: false, reason: whyUnserved(plan, stop) }
  const before = plan.routes.find(({ vehicle }) => vehicle.id === gap.vehicle.id)
  return {
    possible: true,
    vehicle: gap.vehicle,
    position: gap.position,
    arrival: visit.arrival,
    start: visit.start,
    distance: gap.distance,
    cost: routeCost(route) - (before ? routeCost(before) : 0),
  }
}

function best(gaps: readonly Gap[], { demand, window, service }: Stop): Gap | null {
  let found: Gap | null = null
  for (const gap of gaps) {
    if (gap.room < demand || gap.arrival > window.latest) continue
    if (Math.max(gap.arrival, window.earliest) + service > gap.deadline) continue
    if (found === null || gap.rank < found.rank) found = gap
  }
  return found
}

/** Every place in every route, and in one of each vehicle that stays; with `anyShift`, as if drivers worked as long as the depot is open. */
function gapsOf(plan: Plan, stop: Stop, anyShift: boolean): Gap[] {
  const routeOf = new Map(plan.routes.map((route) => [route.vehicle.id, route]))
  const asleep = new Set<string>()
  const gaps: Gap[] = []
  for (const vehicle of plan.problem.vehicles) {
    const route = routeOf.get(vehicle.id)
    if (route === undefined) {
      const { capacity, shift, fixedCost, costPerMetre, costPerSecond } = vehicle
      const sort = [capacity, shift.start, shift.end, fixedCost, costPerMetre, costPerSecond].join(' ')
      if (asleep.has(sort)) continue
      asleep.add(sort)
    }
    gapsOfRoute(plan, stop, { vehicle, route, anyShift }, gaps)
  }
  return gaps
}

interface Asked {
  vehicle: Vehicle
  route: Route | undefined
  anyShift: boolean
}

function gapsOfRoute(plan: Plan, stop: Stop, { vehicle, route, anyShift }: Asked, gaps: Gap[]): void {
  const { depot, travel } = plan.problem
  const stops = route?.visits.map((visit) => visit.stop) ?? []
  const room = vehicle.capacity - stops.reduce((sum, { demand }) => sum + demand, 0)
  const shift = anyShift ? { start: -Infinity, end: Infinity } : vehicle.shift
  const deadlines = latestStarts(plan, stops, Math.min(depot.window.latest, shift.end))
  let ready = Math.max(depot.window.earliest, shift.start) + (depot.loading ?? 0)
  let place = depot.place
  for (let position = 0; position <= stops.length; position += 1) {
    const next = stops[position]
    const after = next?.place ?? depot.place
    const straight = stops.length === 0 ? 0 : travel.distance(place, after)
    const distance = travel.distance(place, stop.place) + travel.distance(stop.place, after) - straight
    const arrival = ready + travel.duration(place, stop.place)
    const deadline = (deadlines[position] ?? 0) - travel.duration(stop.place, after)
    const rank = rankOf(plan, vehicle, route, { distance, place, after, stop })
    gaps.push({ vehicle, stops, position, room, arrival, deadline, distance, rank })
    if (next === undefined) return
    ready = Math.max(ready + travel.duration(place, after), next.window.earliest) + next.service
    place = after
  }
}

/** For each stop, and the depot at the end, when service must have begun for all that follows to be kept. */
function latestStarts({ problem: { depot, travel } }: Plan, stops: readonly Stop[], end: number): number[] {
  const latest = [end]
  let after = depot.place
  let limit = end
  for (const stop of stops.toReversed()) {
    limit = Math.min(stop.window.latest, limit - travel.duration(stop.place, after) - stop.service)
    latest.push(limit)
    after = stop.place
  }
  return latest.reverse()
}

interface Detour {
  distance: number
  place: Stop['place']
  after: Stop['place']
  stop: Stop
}

function rankOf(
  plan: Plan,
  vehicle: Vehicle,
  route: Route | undefined,
  { distance, place, after, stop }: Detour,
): number {
  if (plan.objective === 'distance') return distance
  if (plan.objective === 'vehicles-then-distance') return route ? distance : distance + 1e9
  const { travel } = plan.problem
  const { fixedCost = 0, costPerMetre = 1, costPerSecond = 0 } = vehicle
  const straight = route ? travel.duration(place, after) : 0
  const seconds = travel.duration(place, stop.place) + travel.duration(stop.place, after) - straight
  return (route ? 0 : fixedCost) + costPerMetre * distance + costPerSecond * seconds
}
