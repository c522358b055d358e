import type { Place, Plan, Problem, Stop, Vehicle } from '../problem.ts'

/** An independent judge of routes: it drives them, step by step, and shares no code with what made them. */

/** What is wrong with a vehicle visiting these stops in this order, leaving as soon as it may; nothing when all is well. */
export function faults(problem: Problem, vehicle: Vehicle, stops: readonly Stop[]): string[] {
  const wrong: string[] = []
  let here: Place = problem.depot.place
  let clock = problem.depot.window.earliest
  if (clock < vehicle.shift.start) clock = vehicle.shift.start
  clock += problem.depot.loading ?? 0
  let onBoard = 0
  for (const stop of stops) {
    clock += problem.travel.duration(here, stop.place)
    if (clock > stop.window.latest + 1e-6) wrong.push(`${stop.id} is reached at ${clock}, after ${stop.window.latest}`)
    while (clock < stop.window.earliest) clock = stop.window.earliest
    clock += stop.service
    onBoard += stop.demand
    here = stop.place
  }
  clock += problem.travel.duration(here, problem.depot.place)
  if (clock > vehicle.shift.end + 1e-6) wrong.push(`${vehicle.id} is back at ${clock}, after its shift`)
  if (clock > problem.depot.window.latest + 1e-6) wrong.push(`${vehicle.id} is back at ${clock}, after closing`)
  if (onBoard > vehicle.capacity) wrong.push(`${vehicle.id} carries ${onBoard} of ${vehicle.capacity}`)
  return wrong
}

/** What is wrong with a plan: routes that cannot be driven, times that do not follow, stops visited twice or lost, sums that are not. */
export function planFaults(plan: Plan): string[] {
  const { problem } = plan
  const wrong: string[] = []
  const seen: string[] = plan.unserved.map(({ stop }) => stop.id)
  const vehicles: string[] = []
  let metres = 0
  for (const route of plan.routes) {
    const { vehicle, visits } = route
    const order = visits.map(({ stop }) => stop)
    wrong.push(...faults(problem, vehicle, order))
    seen.push(...order.map(({ id }) => id))
    vehicles.push(vehicle.id)
    let here: Place = problem.depot.place
    let clock = route.departure
    let length = 0
    const opening = Math.max(problem.depot.window.earliest, vehicle.shift.start) + (problem.depot.loading ?? 0)
    if (clock < opening) wrong.push(`${vehicle.id} leaves before it may`)
    for (const visit of visits) {
      const { stop } = visit
      clock += problem.travel.duration(here, stop.place)
      length += problem.travel.distance(here, stop.place)
      if (Math.abs(visit.arrival - clock) > 1e-6) wrong.push(`${stop.id}: arrival ${visit.arrival}, driven ${clock}`)
      if (visit.start < stop.window.earliest || visit.start > stop.window.latest)
        wrong.push(`${stop.id}: out of window`)
      if (Math.abs(visit.arrival + visit.wait - visit.start) > 1e-6) wrong.push(`${stop.id}: arrival + wait ≠ start`)
      if (Math.abs(visit.start + stop.service - visit.departure) > 1e-6) wrong.push(`${stop.id}: wrong departure`)
      clock = visit.departure
      here = stop.place
    }
    clock += problem.travel.duration(here, problem.depot.place)
    length += problem.travel.distance(here, problem.depot.place)
    if (Math.abs(clock - route.arrival) > 1e-6) wrong.push(`${vehicle.id}: back at ${route.arrival}, driven ${clock}`)
    if (Math.abs(length - route.distance) > 1e-6) wrong.push(`${vehicle.id}: ${route.distance} m, driven ${length} m`)
    metres += length
  }
  if (Math.abs(metres - plan.distance) > 1e-5) wrong.push(`the plan says ${plan.distance} m, its routes ${metres} m`)
  if (new Set(vehicles).size !== vehicles.length) wrong.push('a vehicle has two routes')
  const asked = problem.stops.map(({ id }) => id).sort()
  if (JSON.stringify(seen.sort()) !== JSON.stringify(asked)) wrong.push('stops are lost or visited twice')
  return wrong
}

function* orders<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield []
  for (const [at, item] of items.entries())
    for (const rest of orders(items.filter((_, other) => other !== at))) yield [item, ...rest]
}

function length({ travel, depot }: Problem, order: readonly Stop[]): number {
  const places = [depot.place, ...order.map(({ place }) => place), depot.place]
  return places.reduce((sum, to, at) => (at === 0 ? 0 : sum + travel.distance(places[at - 1]!, to)), 0)
}

/** By trying everything: the most stops two vehicles can serve, and of those plans the fewest vehicles or metres. */
export function bestOfAll(problem: Problem): {
  served: number
  vehicles: number
  distance: number
  leastDistance: number
} {
  const { stops, vehicles } = problem
  const shortest = vehicles.map((vehicle) => {
    const bySet = new Map<number, number>()
    for (let set = 0; set < 1 << stops.length; set += 1) {
      const chosen = stops.filter((_, at) => set & (1 << at))
      for (const order of orders(chosen)) {
        if (faults(problem, vehicle, order).length > 0) continue
        bySet.set(set, Math.min(bySet.get(set) ?? Infinity, length(problem, order)))
      }
    }
    return bySet
  })
  const found = { served: -1, vehicles: 0, distance: 0, leastDistance: Infinity }
  const bits = (set: number): number => set.toString(2).replaceAll('0', '').length
  for (const [one, oneLength] of shortest[0]!) {
    for (const [other, otherLength] of shortest[1]!) {
      if (one & other) continue
      const served = bits(one | other)
      if (served < found.served) continue
      const used = Number(one > 0) + Number(other > 0)
      const distance = oneLength + otherLength
      if (served > found.served) Object.assign(found, { served, vehicles: used, distance, leastDistance: distance })
      else if (used < found.vehicles || (used === found.vehicles && distance < found.distance))
        Object.assign(found, { vehicles: used, distance })
      found.leastDistance = Math.min(found.leastDistance, distance)
    }
  }
  return found
}
