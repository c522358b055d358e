/**
 * The words of a day's deliveries. Times and durations are seconds on one clock (of the day, as a rule: 36,000 is ten in the
 * morning), distances are metres, loads are in whatever unit the vehicles' capacity has (parcels, kilograms, litres).
 */

/** Where something is: an address on the globe (degrees, WGS 84), a point of a plane, or a line of a given travel matrix. */
export type Place =
  | { readonly latitude: number; readonly longitude: number }
  | { readonly x: number; readonly y: number }
  | { readonly node: number }

/** How far, and how long on the road, it is from one place to another; `travel.ts` makes them. */
export interface Travel {
  /** Metres. */
  distance(from: Place, to: Place): number
  /** Seconds. */
  duration(from: Place, to: Place): number
}

/** From when until when service may begin, both included, in seconds. Who comes early waits. */
export interface TimeWindow {
  readonly earliest: number
  readonly latest: number
}

/** Where every route begins and ends. */
export interface Depot {
  readonly place: Place
  /** No vehicle leaves before `earliest` or is back after `latest`. */
  readonly window: TimeWindow
  /** Seconds to load a vehicle before it leaves; none by default. */
  readonly loading?: number
}

/** One visit: a customer who was promised a window. */
export interface Stop {
  readonly id: string
  readonly place: Place
  readonly demand: number
  readonly window: TimeWindow
  /** Seconds at the door. */
  readonly service: number
}

/** A vehicle with its driver, for one route of the day. */
export interface Vehicle {
  readonly id: string
  readonly capacity: number
  /** Not before `start` at the depot, back at `end` at the latest. */
  readonly shift: { readonly start: number; readonly end: number }
  /** What the vehicle costs once it leaves, the driver's shift included; none by default. Any unit, the same for all costs. */
  readonly fixedCost?: number
  /** For each metre; 1 by default, so that cost is distance. */
  readonly costPerMetre?: number
  /** Of the driver, for each second on the road; none by default. */
  readonly costPerSecond?: number
}

/** What `planRoutes` is asked. */
export interface Problem {
  readonly depot: Depot
  readonly stops: readonly Stop[]
  /** Vehicles not needed stay at the depot. */
  readonly vehicles: readonly Vehicle[]
  readonly travel: Travel
}

/**
 * What makes a plan better, after "serves more stops", which always comes first: fewer metres; fewer vehicles, then metres; or less
 * money as the vehicles' costs say.
 */
export type Objective = 'distance' | 'vehicles-then-distance' | 'cost'

/**
 * Why a stop is on no route. `capacity`: there would be a place for it if vehicles were larger; `shift`: if drivers came earlier or
 * stayed longer; `window`: neither helps, nobody can be there in time without being late elsewhere.
 */
export type Reason = 'capacity' | 'shift' | 'window'

/** A stop as a route serves it. `arrival` ≤ `start` = `arrival` + `wait`; `departure` = `start` + service; in seconds. */
export interface Visit {
  readonly stop: Stop
  readonly arrival: number
  readonly wait: number
  readonly start: number
  readonly departure: number
}

/** One vehicle's day. */
export interface Route {
  readonly vehicle: Vehicle
  readonly visits: readonly Visit[]
  /** When it leaves the depot: as late as it can without being back later, so that drivers do not wait at doors. */
  readonly departure: number
  /** When it is back. */
  readonly arrival: number
  /** Metres. */
  readonly distance: number
  /** Seconds on the road. */
  readonly driving: number
  /** Seconds at doors before their windows. */
  readonly waiting: number
  readonly load: number
}

export interface Unserved {
  readonly stop: Stop
  readonly reason: Reason
}

/** A day as it will be driven: only vehicles that leave have a route. */
export interface Plan {
  readonly problem: Problem
  readonly objective: Objective
  readonly routes: readonly Route[]
  readonly unserved: readonly Unserved[]
  /** Metres, of all routes. */
  readonly distance: number
  /** As the vehicles' costs say, of all routes, whatever the objective. */
  readonly cost: number
  /** How many times the search took the plan apart and put it together again. */
  readonly iterations: number
}
