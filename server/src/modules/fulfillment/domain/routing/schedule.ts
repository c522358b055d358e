import type { Objective, Plan, Problem, Route, Stop, Unserved, Vehicle, Visit } from './problem.ts'

/** Seconds that are only the rounding of fractions; times in whole seconds are exact. */
const rounding = 1e-6

/**
 * When a vehicle is where, if it visits these stops in this order; null when it would be late, overloaded or back after its shift.
 * It leaves as late as it can without coming back later, so that what waiting is left is unavoidable: the departure may be put off by
 * the least, over all visits, of the waiting before it plus the time to the end of its window (Savelsbergh, 1992), and by no more
 * than all waiting.
 */
export function scheduleRoute(problem: Problem, vehicle: Vehicle, stops: readonly Stop[]): Route | null {
  const { depot, travel } = problem
  const soonest = Math.max(depot.window.earliest, vehicle.shift.start) + (depot.loading ?? 0)
  const end = Math.min(depot.window.latest, vehicle.shift.end)
  const load = stops.reduce((sum, { demand }) => sum + demand, 0)
  if (load > vehicle.capacity) return null
  const legs = stops.map((stop, at) => travel.duration(stops[at - 1]?.place ?? depot.place, stop.place))
  const home = travel.duration(stops.at(-1)?.place ?? depot.place, depot.place)
  let slack = Infinity
  let waited = 0
  let time = soonest
  for (const [at, stop] of stops.entries()) {
    time += legs[at] ?? 0
    if (time > stop.window.latest + rounding) return null
    const wait = Math.max(0, stop.window.earliest - time)
    waited += wait
    slack = Math.min(slack, Math.max(0, waited + stop.window.latest - time - wait))
    time += wait + stop.service
  }
  if (time + home > end + rounding) return null
  const departure = stops.length === 0 ? soonest : soonest + Math.min(slack, waited)
  const visits = visitsOf(stops, legs, departure)
  const places = [depot.place, ...stops.map((stop) => stop.place), depot.place]
  return {
    vehicle,
    visits,
    departure,
    arrival: (visits.at(-1)?.departure ?? departure) + home,
    distance: places.slice(1).reduce((sum, to, at) => sum + travel.distance(places[at] ?? to, to), 0),
    driving: legs.reduce((sum, leg) => sum + leg, home),
    waiting: visits.reduce((sum, { wait }) => sum + wait, 0),
    load,
  }
}

function visitsOf(stops: readonly Stop[], legs: readonly number[], departure: number): Visit[] {
  let time = departure
  return stops.map((stop, at) => {
    const arrival = time + (legs[at] ?? 0)
    // Rounding of fractions may put the last bit of an arrival after the window that it was just computed from.
    const start = Math.min(Math.max(arrival, stop.window.earliest), stop.window.latest)
    time = start + stop.service
    return { stop, arrival: Math.min(arrival, start), wait: Math.max(0, start - arrival), start, departure: time }
  })
}

/** What a route costs as its vehicle's costs say. */
export function routeCost({ vehicle, distance, driving }: Route): number {
  const { fixedCost = 0, costPerMetre = 1, costPerSecond = 0 } = vehicle
  return fixedCost + costPerMetre * distance + costPerSecond * driving
}

/** Routes as a plan, with its sums. */
export function planOf(
  problem: Problem,
  objective: Objective,
  routes: readonly Route[],
  { unserved, iterations }: { unserved: readonly Unserved[]; iterations: number },
): Plan {
  return {
    problem,
    objective,
    routes,
    unserved,
    distance: routes.reduce((sum, route) => sum + route.distance, 0),
    cost: routes.reduce((sum, route) => sum + routeCost(route), 0),
    iterations,
  }
}
