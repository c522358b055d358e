import type { Kind, Model } from './model.ts'

/**
 * One vehicle's route while the search works on it. `nodes` begins and ends with the depot. For each position: `ready`, when the
 * vehicle can leave it if nothing is done later than it must be, and `late`, when service there may begin at the latest for
 * everything after it to be kept. With the two, whether a stop fits between two others is answered without looking at the rest of
 * the route (M. W. P. Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration", ORSA Journal on
 * Computing 4, 1992).
 */
export interface Tour {
  readonly vehicle: number
  readonly kind: Kind
  readonly nodes: Int32Array
  readonly ready: Float64Array
  readonly late: Float64Array
  /** Positions in use, both depots counted: 2 when nobody is visited. */
  length: number
  load: number
  /** As the objective counts it; 0 when nobody is visited. */
  cost: number
}

export function emptyTour(model: Model, vehicle: number, kind: Kind): Tour {
  const tour: Tour = {
    vehicle,
    kind,
    nodes: new Int32Array(model.size + 1),
    ready: new Float64Array(model.size + 1),
    late: new Float64Array(model.size + 1),
    length: 2,
    load: 0,
    cost: 0,
  }
  refresh(model, tour, 1)
  return tour
}

/** Works out times, load and cost again after positions before `from` stayed as they were, and those from `from` on moved or not. */
export function refresh(model: Model, tour: Tour, from: number): void {
  const { nodes, ready, late, kind, length } = tour
  const { size, duration, earliest, latest, service, demand } = model
  const last = length - 1
  ready[0] = kind.start
  late[last] = kind.end
  let time = ready[from - 1] as number
  let before = nodes[from - 1] as number
  for (let at = from; at <= last; at += 1) {
    const node = nodes[at] as number
    const arrival = time + (duration[before * size + node] as number)
    const opens = earliest[node] as number
    time = (node !== 0 && arrival < opens ? opens : arrival) + (service[node] as number)
    ready[at] = time
    before = node
  }
  let load = 0
  let cost = length > 2 ? kind.fixed : 0
  let limit = kind.end
  let after = 0
  for (let at = last - 1; at >= 0; at -= 1) {
    const node = nodes[at] as number
    limit -= (duration[node * size + after] as number) + (service[node] as number)
    const closes = at === 0 ? limit : (latest[node] as number)
    if (limit > closes) limit = closes
    late[at] = limit
    load += demand[node] as number
    cost += kind.arc[node * size + after] as number
    after = node
  }
  tour.load = load
  tour.cost = length > 2 ? cost : 0
}

/** Puts a stop before position `at`. */
export function insertAt(model: Model, tour: Tour, at: number, node: number): void {
  tour.nodes.copyWithin(at + 1, at, tour.length)
  tour.nodes[at] = node
  tour.length += 1
  refresh(model, tour, at)
}

/** Takes `count` stops out, beginning at position `at`. */
export function removeAt(model: Model, tour: Tour, at: number, count: number): void {
  tour.nodes.copyWithin(at, at + count, tour.length)
  tour.length -= count
  refresh(model, tour, at)
}

/** Makes `to` the same as `from`, a tour of the same vehicle. */
export function copyTour(from: Tour, to: Tour): void {
  to.nodes.set(from.nodes.subarray(0, from.length))
  to.ready.set(from.ready.subarray(0, from.length))
  to.late.set(from.late.subarray(0, from.length))
  to.length = from.length
  to.load = from.load
  to.cost = from.cost
}

/**
 * Whether stops can be visited in this order by a vehicle of this kind: the whole route is driven through, so any change may be
 * asked about. `nodes` has no depot; only its first `count` entries are read.
 */
export function drivable(model: Model, kind: Kind, nodes: ArrayLike<number>, count: number): boolean {
  const { size, duration, earliest, latest, service, demand } = model
  let time = kind.start
  let before = 0
  let load = 0
  for (let at = 0; at < count; at += 1) {
    const node = nodes[at] as number
    load += demand[node] as number
    time += duration[before * size + node] as number
    if (time > (latest[node] as number)) return false
    if (time < (earliest[node] as number)) time = earliest[node] as number
    time += service[node] as number
    before = node
  }
  return load <= kind.capacity && time + (duration[before * size] as number) <= kind.end
}
