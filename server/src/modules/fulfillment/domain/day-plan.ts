import { assert } from '../../../kernel/assert.ts'
import type { Plan, Problem, Route, Stop, Vehicle } from './routing/problem.ts'
import { planOf, scheduleRoute } from './routing/schedule.ts'
import { roadTravel } from './routing/travel.ts'
import { instantOf } from './window-days.ts'

/** One vehicle's part of a day as it is kept: its stops in order, and when it really left. */
export type KeptRoute = {
  readonly vehicleId: string
  readonly stopIds: readonly string[]
  readonly leftAt: string | null
}

export type DayVehicle = {
  readonly id: string
  readonly name: string
  readonly capacityKg: number
  readonly from: string
  readonly until: string
  readonly active: boolean
}

/** A delivery as routes see it. */
export type DayStop = {
  readonly id: string
  readonly latitude: number
  readonly longitude: number
  readonly weightGrams: number
  readonly serviceSeconds: number
  readonly startsAt: Date
  readonly endsAt: Date
}

export type DayInput = {
  readonly date: string
  readonly timeZone: string
  readonly depot: { readonly latitude: number; readonly longitude: number }
  readonly vehicles: readonly DayVehicle[]
  readonly stops: readonly DayStop[]
  readonly routes: readonly KeptRoute[]
}

/** A depot's day: what has left is settled, what has not can still be arranged. */
export type DayPlan = {
  /** Midnight of the day, in milliseconds: the plan's seconds count from it. */
  readonly midnight: number
  /** Of the vehicles that are at the depot. */
  readonly plan: Plan
  readonly left: readonly { readonly leftAt: string; readonly kept: KeptRoute; readonly route: Route | null }[]
}

/** Vans in and around towns: 30 km/h between doors, parking included, by the roads of France (`travel.ts`). */
const travel = roadTravel()
const loadingSeconds = 15 * 60
/** What it is worth, in metres driven, that a vehicle may stay at the depot. */
const worthOfVehicle = 20_000

/**
 * Puts a day together from what is kept of it. Routes that can no longer be driven as they are kept (a vehicle gone, a window
 * moved) lose the stops that do not fit; those are unserved until routes are drawn again.
 */
export function openDay(input: DayInput): DayPlan {
  const midnight = instantOf(input.date, '00:00', input.timeZone).getTime()
  const leaving = new Set(input.routes.flatMap((route) => (route.leftAt === null ? [] : [route.vehicleId])))
  const gone = new Set(input.routes.flatMap((route) => (route.leftAt === null ? [] : route.stopIds)))
  const stops = input.stops.map((stop) => stopOf(midnight, stop))
  const stopOfId = new Map(stops.map((stop) => [stop.id, stop]))
  const vehicles = input.vehicles.map((vehicle) => vehicleOf(input, midnight, vehicle))
  const problem = (own: readonly Vehicle[], ownStops: readonly Stop[]): Problem => ({
    depot: {
      place: { latitude: input.depot.latitude, longitude: input.depot.longitude },
      window: { earliest: 0, latest: 2 * 86_400 },
      loading: loadingSeconds,
    },
    stops: ownStops,
    vehicles: own,
    travel,
  })
  const active = new Set(input.vehicles.filter((vehicle) => vehicle.active).map((vehicle) => vehicle.id))
  const open = problem(
    vehicles.filter(({ id }) => active.has(id) && !leaving.has(id)),
    stops.filter(({ id }) => !gone.has(id)),
  )
  const routes = input.routes.flatMap((kept): Route[] => {
    const vehicle = open.vehicles.find(({ id }) => id === kept.vehicleId)
    const route = vehicle && driveable(open, vehicle, stopsOf(kept, stopOfId))
    return route ? [route] : []
  })
  const served = new Set(routes.flatMap((route) => route.visits.map(({ stop }) => stop.id)))
  const unserved = open.stops.filter(({ id }) => !served.has(id)).map((stop) => ({ stop, reason: 'window' as const }))
  return {
    midnight,
    plan: planOf(open, 'cost', routes, { unserved, iterations: 0 }),
    left: input.routes.flatMap((kept) => {
      if (kept.leftAt === null) return []
      const vehicle = vehicles.find(({ id }) => id === kept.vehicleId)
      const route = vehicle ? scheduleRoute(problem(vehicles, stops), vehicle, stopsOf(kept, stopOfId)) : null
      return [{ leftAt: kept.leftAt, kept, route }]
    }),
  }
}

/** Kept free before a window ends: whoever is held up on the road for that long still keeps the promise. */
const marginSeconds = 15 * 60

/** A delivery as a stop of the plan. Service ends within the window, and some minutes before its end. */
export function stopOf(midnight: number, stop: DayStop): Stop {
  const seconds = (at: Date): number => (at.getTime() - midnight) / 1_000
  return {
    id: stop.id,
    place: { latitude: stop.latitude, longitude: stop.longitude },
    demand: stop.weightGrams,
    service: stop.serviceSeconds,
    window: { earliest: seconds(stop.startsAt), latest: seconds(stop.endsAt) - stop.serviceSeconds - marginSeconds },
  }
}

/** A plan as it is kept, what has left before it. */
export function keptRoutes({ left }: Pick<DayPlan, 'left'>, plan: Plan): KeptRoute[] {
  const planned = plan.routes.map((route) => ({
    vehicleId: route.vehicle.id,
    stopIds: route.visits.map(({ stop }) => stop.id),
    leftAt: null,
  }))
  return [...left.map(({ kept }) => kept), ...planned]
}

/** The instant of a plan's seconds. */
export function instantIn({ midnight }: Pick<DayPlan, 'midnight'>, seconds: number): Date {
  return new Date(midnight + Math.round(seconds) * 1_000)
}

function vehicleOf({ date, timeZone }: DayInput, midnight: number, vehicle: DayVehicle): Vehicle {
  const seconds = (time: string): number => (instantOf(date, time, timeZone).getTime() - midnight) / 1_000
  assert(vehicle.from < vehicle.until, 'a shift ends after it begins')
  return {
    id: vehicle.id,
    capacity: vehicle.capacityKg * 1_000,
    shift: { start: seconds(vehicle.from), end: seconds(vehicle.until) },
    fixedCost: worthOfVehicle,
  }
}

function stopsOf(kept: KeptRoute, stopOfId: ReadonlyMap<string, Stop>): Stop[] {
  return kept.stopIds.flatMap((id) => stopOfId.get(id) ?? [])
}

/** The route with as many of its stops as can be kept, in their order; null when none can. */
function driveable(problem: Problem, vehicle: Vehicle, stops: readonly Stop[]): Route | null {
  const whole = stops.length === 0 ? null : scheduleRoute(problem, vehicle, stops)
  if (whole || stops.length === 0) return whole
  let kept: Route | null = null
  for (const stop of stops) {
    const before: Stop[] = kept ? kept.visits.map((visit) => visit.stop) : []
    kept = scheduleRoute(problem, vehicle, [...before, stop]) ?? kept
  }
  return kept
}
