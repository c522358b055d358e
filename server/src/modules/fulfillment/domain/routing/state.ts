import type { Kind, Model } from './model.ts'
import { copyTour, emptyTour, insertAt, refresh, type Tour } from './tour.ts'

/** A whole plan while the search works on it, with what it needs to take a change back. */
export interface State {
  readonly model: Model
  readonly tours: readonly Tour[]
  /** For each node the index of its tour; −1 when it is on none. */
  readonly tourOf: Int32Array
  /** Stops on no tour. */
  absent: number[]
  /** How many vehicles may leave. */
  limit: number
  /** Before the first change since `begin`: the tours touched, as they were. */
  readonly before: Tour[]
  readonly touched: Uint8Array
  absentBefore: number[]
}

export function emptyState(model: Model): State {
  const tours = model.kinds.map((kind, vehicle) => emptyTour(model, vehicle, kind))
  return {
    model,
    tours,
    tourOf: new Int32Array(model.size).fill(-1),
    absent: Array.from({ length: model.size - 1 }, (_, at) => at + 1),
    limit: tours.length,
    before: model.kinds.map((kind, vehicle) => emptyTour(model, vehicle, kind)),
    touched: new Uint8Array(tours.length),
    absentBefore: [],
  }
}

/** As the objective counts the plan; every stop left out weighs more than any detour. */
export function costOf(state: State): number {
  let cost = state.absent.length * state.model.penalty
  for (const tour of state.tours) cost += tour.cost
  return cost
}

/** From here on `undo` takes everything back. */
export function begin(state: State): void {
  state.touched.fill(0)
  state.absentBefore = state.absent.slice()
}

/** To be called before a tour is changed. */
export function touch(state: State, tour: Tour): void {
  if (state.touched[tour.vehicle] === 1) return
  state.touched[tour.vehicle] = 1
  copyTour(tour, state.before[tour.vehicle] as Tour)
}

/** The plan is again what it was at `begin`. */
export function undo(state: State): void {
  state.absent = state.absentBefore
  for (const node of state.absent) state.tourOf[node] = -1
  for (const tour of state.tours) {
    if (state.touched[tour.vehicle] !== 1) continue
    copyTour(state.before[tour.vehicle] as Tour, tour)
    for (let at = 1; at < tour.length - 1; at += 1) state.tourOf[tour.nodes[at] as number] = tour.vehicle
  }
}

/** Makes `to` the same plan as `from`. */
export function copyState(from: State, to: State): void {
  from.tours.forEach((tour, vehicle) => copyTour(tour, to.tours[vehicle] as Tour))
  to.tourOf.set(from.tourOf)
  to.absent = from.absent.slice()
}

/** Gives a tour these stops, in this order. */
export function setTour(state: State, tour: Tour, nodes: ArrayLike<number>, count: number): void {
  touch(state, tour)
  for (let at = 0; at < count; at += 1) {
    const node = nodes[at] as number
    tour.nodes[at + 1] = node
    state.tourOf[node] = tour.vehicle
  }
  tour.nodes[count + 1] = 0
  tour.length = count + 2
  refresh(state.model, tour, 1)
}

export function place(state: State, node: number, tour: Tour, at: number): void {
  touch(state, tour)
  insertAt(state.model, tour, at, node)
  state.tourOf[node] = tour.vehicle
}

/** The tours a stop may join: those in use, and of the vehicles at the depot one of each kind, for they are all alike. */
export function openTours(state: State, into: Tour[]): Tour[] {
  into.length = 0
  for (const tour of state.tours) if (tour.length > 2) into.push(tour)
  if (into.length >= state.limit) return into
  const waiting: Kind[] = []
  for (const tour of state.tours) {
    if (tour.length > 2 || waiting.includes(tour.kind)) continue
    waiting.push(tour.kind)
    into.push(tour)
  }
  return into
}

/** Where `cheapestPosition` found a place; read before it is asked again. */
export interface Position {
  tour: Tour | null
  at: number
  cost: number
}

/** How often a place that would do is overlooked: after `left` more of them, and then as often as `draw` says. */
export interface Blink {
  left: number
  draw(): number
}

/** Every place is seen. */
export const unblinking: Blink = { left: Infinity, draw: () => Infinity }

/**
 * The cheapest place for a stop in one tour, when it is cheaper than what `best` holds. `late` tells whether the stop and all after
 * it can be kept, so each position costs the same few operations whatever the length of the route.
 */
export function cheapestPosition(model: Model, tour: Tour, node: number, best: Position, blink: Blink): void {
  const { kind, nodes, ready, late } = tour
  if (tour.load + (model.demand[node] as number) > kind.capacity) return
  const row = node * model.size
  const { duration, durationTo } = model
  const { arc, arcTo } = kind
  const opens = model.earliest[node] as number
  const closes = model.latest[node] as number
  const service = model.service[node] as number
  const opening = tour.length === 2 ? kind.fixed : 0
  let before = 0
  for (let at = 1; at < tour.length; at += 1) {
    const after = nodes[at] as number
    const arrival = (ready[at - 1] as number) + (durationTo[row + before] as number)
    if (arrival <= closes) {
      const start = arrival < opens ? opens : arrival
      if (start + service + (duration[row + after] as number) <= (late[at] as number)) {
        const detour = (arcTo[row + before] as number) + (arc[row + after] as number)
        const cost = opening + detour - (arc[before * model.size + after] as number)
        if (--blink.left < 0) blink.left = blink.draw()
        else if (cost < best.cost) {
          best.cost = cost
          best.tour = tour
          best.at = at
        }
      }
    }
    before = after
  }
}
