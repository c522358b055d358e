import type { Kind } from './model.ts'
import { setTour, type State } from './state.ts'
import { drivable, type Tour } from './tour.ts'

/** The longest part of a route that is moved as one, when it is not the whole rest of the route. */
const longestPart = 3
/** Gains below this are rounding. */
const tolerance = 1e-7

/**
 * Improves the plan until none of these changes does: parts of at most three stops, or the rest of the route, of two routes change
 * places (relocate, exchange, Or-opt, cross-exchange and 2-opt*, which are one move with different lengths: É. Taillard and others,
 * "A tabu search heuristic for the vehicle routing problem with soft time windows", Transportation Science 31, 1997; J.-Y. Potvin
 * and J.-M. Rousseau, "An exchange heuristic for routeing problems with time windows", JORS 46, 1995); a part moves within its
 * route; a part of a route is driven the other way round (2-opt). Each is first judged by the legs it changes, then driven through.
 * `stop` is asked between pairs of routes. Answers whether anything was found.
 */
export function improve(state: State, stop: () => boolean = () => false): boolean {
  let found = false
  let again = true
  while (again) {
    again = false
    for (const one of state.tours) {
      for (const other of partners(state, one)) {
        if (stop()) return found
        while (one === other ? improveWithin(state, one) : exchangeBetween(state, one, other)) again = true
      }
    }
    found ||= again
  }
  return found
}

/** Each pair once; of the vehicles at the depot the first of a kind is enough. */
function* partners(state: State, one: Tour): Generator<Tour> {
  const waiting: Kind[] = []
  for (const other of state.tours) {
    const empty = other.length === 2
    if (empty && waiting.includes(other.kind)) continue
    if (empty) waiting.push(other.kind)
    if (other.vehicle === one.vehicle ? !empty : one.length > 2 && (other.vehicle > one.vehicle || empty)) yield other
  }
}

function exchangeBetween(state: State, one: Tour, other: Tour): boolean {
  for (let i = 1; i < one.length; i += 1) {
    for (const k of lengths(one, i)) {
      for (let j = 1; j < other.length; j += 1) {
        for (const m of lengths(other, j)) {
          if (k + m > 0 && exchange(state, one, i, k, other, j, m)) return true
        }
      }
    }
  }
  return false
}

const partLengths: readonly (readonly number[])[] = Array.from({ length: longestPart + 1 }, (_, most) =>
  Array.from({ length: most + 1 }, (_unused, length) => length),
)
const partsAndRest: number[] = [0, 1, 2, 3, 0]

/** How long a part from this position may be: 0 to 3 stops, or all the rest. The answer is read before the next call. */
function lengths(tour: Tour, at: number): readonly number[] {
  const rest = tour.length - 1 - at
  if (rest <= longestPart) return partLengths[rest] as readonly number[]
  return [...partsAndRest.slice(0, longestPart + 1), rest]
}

const newOne: number[] = []
const newOther: number[] = []

/** Changes `k` stops from position `i` of one route for `m` stops from `j` of another, if that is better and can be driven. */
function exchange(state: State, one: Tour, i: number, k: number, other: Tour, j: number, m: number): boolean {
  const alike = one.kind.arc === other.kind.arc
  if (alike && exchangeGain(state, one, i, k, other, j, m) <= tolerance) return false
  splice(one, i, k, other, j, m, newOne)
  splice(other, j, m, one, i, k, newOther)
  const cost = sequenceCost(state, one.kind, newOne) + sequenceCost(state, other.kind, newOther)
  if (one.cost + other.cost - cost <= tolerance) return false
  if (!drivable(state.model, one.kind, newOne, newOne.length)) return false
  if (!drivable(state.model, other.kind, newOther, newOther.length)) return false
  setTour(state, one, newOne, newOne.length)
  setTour(state, other, newOther, newOther.length)
  return true
}

/** What the legs that change save, and a vehicle that stays; only where both vehicles count a leg alike. */
function exchangeGain(state: State, one: Tour, i: number, k: number, other: Tour, j: number, m: number): number {
  const { arc } = one.kind
  const { size } = state.model
  const leg = (from: number | undefined, to: number | undefined): number =>
    arc[(from as number) * size + (to as number)] as number
  const a = one.nodes
  const b = other.nodes
  let gain = leg(a[i - 1], a[i]) + leg(b[j - 1], b[j])
  if (k > 0) gain += leg(a[i + k - 1], a[i + k])
  if (m > 0) gain += leg(b[j + m - 1], b[j + m])
  gain -= m > 0 ? leg(a[i - 1], b[j]) + leg(b[j + m - 1], a[i + k]) : leg(a[i - 1], a[i + k])
  gain -= k > 0 ? leg(b[j - 1], a[i]) + leg(a[i + k - 1], b[j + m]) : leg(b[j - 1], b[j + m])
  if (m === 0 && k === one.length - 2) gain += one.kind.fixed
  if (k === 0 && m === other.length - 2) gain += other.kind.fixed
  if (other.length === 2) gain -= other.kind.fixed
  return gain
}

/** The stops of a route with `count` of them from `at` on replaced by `taken` of another. */
function splice(tour: Tour, at: number, count: number, other: Tour, from: number, taken: number, into: number[]): void {
  into.length = 0
  for (let p = 1; p < at; p += 1) into.push(tour.nodes[p] as number)
  for (let p = from; p < from + taken; p += 1) into.push(other.nodes[p] as number)
  for (let p = at + count; p < tour.length - 1; p += 1) into.push(tour.nodes[p] as number)
}

function sequenceCost({ model }: State, kind: Kind, nodes: readonly number[]): number {
  if (nodes.length === 0) return 0
  let cost = kind.fixed
  let before = 0
  for (const node of nodes) {
    cost += kind.arc[before * model.size + node] as number
    before = node
  }
  return cost + (kind.arc[before * model.size] as number)
}

/** Or-opt and 2-opt in one route. */
function improveWithin(state: State, tour: Tour): boolean {
  const visits = tour.length - 2
  for (let i = 1; i <= visits; i += 1) {
    for (let k = 1; k <= Math.min(longestPart, visits - i + 1); k += 1) {
      for (let to = 0; to <= visits - k; to += 1) {
        if (to !== i - 1 && moved(tour, i, k, to) && accept(state, tour)) return true
      }
    }
    for (let j = i + 1; j <= visits; j += 1) {
      turned(tour, i, j)
      if (accept(state, tour)) return true
    }
  }
  return false
}

/** The route with the part of `k` stops at `i` after `to` of the others; written to `newOne`. */
function moved(tour: Tour, i: number, k: number, to: number): true {
  newOne.length = 0
  for (let p = 1; p < tour.length - 1; p += 1) if (p < i || p >= i + k) newOne.push(tour.nodes[p] as number)
  newOne.splice(to, 0, ...tour.nodes.subarray(i, i + k))
  return true
}

/** The route with positions `i` to `j` the other way round; written to `newOne`. */
function turned(tour: Tour, i: number, j: number): void {
  newOne.length = 0
  for (let p = 1; p < tour.length - 1; p += 1) newOne.push(tour.nodes[p < i || p > j ? p : i + j - p] as number)
}

function accept(state: State, tour: Tour): boolean {
  if (tour.cost - sequenceCost(state, tour.kind, newOne) <= tolerance) return false
  if (!drivable(state.model, tour.kind, newOne, newOne.length)) return false
  setTour(state, tour, newOne, newOne.length)
  return true
}
