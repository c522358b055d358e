import type { Objective, Problem, Vehicle } from './problem.ts'

/** Vehicles that are the same to the search: they may swap the rest of their routes. */
export interface Kind {
  readonly capacity: number
  /** When a vehicle may leave, loaded; when it must be back. */
  readonly start: number
  readonly end: number
  /** What the objective counts for leaving at all. */
  readonly fixed: number
  /** What the objective counts for each leg: `arc[from * size + to]`, and the same turned over, `arcTo[to * size + from]`. */
  readonly arc: Float64Array
  readonly arcTo: Float64Array
}

/** A problem in numbers: node 0 is the depot, node i the stop i − 1. */
export interface Model {
  readonly size: number
  readonly demand: Float64Array
  readonly earliest: Float64Array
  readonly latest: Float64Array
  readonly service: Float64Array
  /** Seconds from × to, and to × from: scans of a route want the row of the stop they try to place. */
  readonly duration: Float64Array
  readonly durationTo: Float64Array
  readonly distance: Float64Array
  /** For each vehicle its kind. */
  readonly kinds: readonly Kind[]
  /** For each stop all stops, itself first, by what the road between them costs. */
  readonly near: readonly Int32Array[]
  /** What a stop on no route counts: more than any plan can save by leaving it out. */
  readonly penalty: number
  /** Middle length of a leg as the objective counts it: the scale of what the search may accept. */
  readonly leg: number
}

/** Makes the numbers of a problem; refuses what cannot be computed with. */
export function buildModel(problem: Problem, objective: Objective): Model {
  check(problem)
  const { depot, stops } = problem
  const size = stops.length + 1
  const places = [depot.place, ...stops.map((stop) => stop.place)]
  const distance = new Float64Array(size * size)
  const duration = new Float64Array(size * size)
  places.forEach((from, i) =>
    places.forEach((to, j) => {
      if (i === j) return
      distance[i * size + j] = problem.travel.distance(from, to)
      duration[i * size + j] = problem.travel.duration(from, to)
    }),
  )
  const everything = distance.reduce((most, one) => Math.max(most, one), 0) * 2 * size + 1
  const kinds = kindsOf(problem, objective, { size, distance, duration, everything })
  const longest = kinds.reduce((most, { arc }) => arc.reduce((top, one) => Math.max(top, one), most), 0)
  const penalty = kinds.reduce((sum, { fixed }) => sum + fixed, 0) + longest * 2 * size + 1
  const near = nearest(size, kinds[0]?.arc ?? distance)
  const closest = near
    .slice(1)
    .map((row, i) => kinds[0]?.arc[(i + 1) * size + (row[Math.min(4, row.length - 1)] ?? 0)] ?? 0)
  return {
    size,
    demand: Float64Array.from([0, ...stops.map((stop) => stop.demand)]),
    earliest: Float64Array.from([depot.window.earliest, ...stops.map((stop) => stop.window.earliest)]),
    latest: Float64Array.from([depot.window.latest, ...stops.map((stop) => stop.window.latest)]),
    service: Float64Array.from([0, ...stops.map((stop) => stop.service)]),
    duration,
    durationTo: turned(duration, size),
    distance,
    kinds,
    near,
    penalty,
    leg: mean(closest) || mean([...(kinds[0]?.arc ?? [])]),
  }
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)

interface Matrices {
  size: number
  distance: Float64Array
  duration: Float64Array
  /** More than all routes together can be long. */
  everything: number
}

function kindsOf(problem: Problem, objective: Objective, matrices: Matrices): Kind[] {
  const known = new Map<string, Kind>()
  return problem.vehicles.map((vehicle) => {
    const { depot } = problem
    const start = Math.max(depot.window.earliest, vehicle.shift.start) + (depot.loading ?? 0)
    const end = Math.min(depot.window.latest, vehicle.shift.end)
    const costs = objective === 'cost' ? [vehicle.fixedCost, vehicle.costPerMetre, vehicle.costPerSecond] : []
    const key = [vehicle.capacity, start, end, ...costs].join(' ')
    const kind = known.get(key) ?? {
      capacity: vehicle.capacity,
      start,
      end,
      ...countedOf(vehicle, objective, matrices),
    }
    known.set(key, kind)
    return kind
  })
}

function countedOf(vehicle: Vehicle, objective: Objective, matrices: Matrices): Pick<Kind, 'fixed' | 'arc' | 'arcTo'> {
  const { size, distance, duration, everything } = matrices
  if (objective !== 'cost') {
    const fixed = objective === 'distance' ? 0 : everything
    return { fixed, arc: distance, arcTo: turned(distance, size) }
  }
  const arc = distance.map(
    (metres, leg) => metres * (vehicle.costPerMetre ?? 1) + (duration[leg] as number) * (vehicle.costPerSecond ?? 0),
  )
  return { fixed: vehicle.fixedCost ?? 0, arc, arcTo: turned(arc, size) }
}

function turned(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] as number)
}

function nearest(size: number, arc: Float64Array): Int32Array[] {
  const length = (from: number, to: number): number => (from === to ? -1 : (arc[from * size + to] as number))
  return Array.from({ length: size }, (_, from) =>
    Int32Array.from({ length: size - 1 }, (_unused, at) => at + 1).sort(
      (a, b) => length(from, a) - length(from, b) || a - b,
    ),
  )
}

function check({ stops, vehicles, depot }: Problem): void {
  const numbers = [
    ...stops.flatMap((stop) => [stop.demand, stop.service, stop.window.earliest, stop.window.latest]),
    ...vehicles.flatMap(({ capacity, shift }) => [capacity, shift.start, shift.end]),
    depot.window.earliest,
    depot.window.latest,
  ]
  if (!numbers.every((one) => Number.isFinite(one))) throw new Error('Times, loads and capacities are finite numbers')
  if (stops.some(({ demand, service }) => demand < 0 || service < 0))
    throw new Error('Loads and services are not negative')
  if (new Set(stops.map(({ id }) => id)).size !== stops.length) throw new Error('Two stops have the same id')
  if (new Set(vehicles.map(({ id }) => id)).size !== vehicles.length) throw new Error('Two vehicles have the same id')
}
