import { requireFinite, requireOnce, requireRange, Unanswerable } from '../unanswerable.ts'

/** Where people live who may buy. */
export interface Zone {
  name: string
  /** Purchases a year of those who live there, wherever they make them. */
  demand: number
}

/** An outlet there is, or one that might be. */
export interface Outlet {
  name: string
  /** What draws people to it beside nearness: floor space, or the breadth of the offer; above 0. */
  attraction: number
  /** What supporting it costs the firm a year. */
  cost: number
  /** What it does for the image, between 0 and 1. */
  image: number
}

/** Zones, outlets, and how far each zone is from each outlet (minutes or kilometres), zone by zone. */
export interface Region {
  zones: readonly Zone[]
  outlets: readonly Outlet[]
  distances: Float64Array
}

/** @throws Unanswerable `empty`, `repeated`, `mismatch`, `not_a_number`, `out_of_range` */
export function requireRegion({ zones, outlets, distances }: Region): void {
  if (zones.length === 0 || outlets.length === 0) throw new Unanswerable('empty')
  requireOnce(zones)
  requireOnce(outlets)
  const size = zones.length * outlets.length
  if (distances.length !== size) throw new Unanswerable('mismatch', { first: distances.length, second: size })
  requireFinite('distance', distances)
  for (const distance of distances) requireRange('distance', distance, 0, 1e9)
  for (const { name, demand } of zones) requireRange(name, demand, 0, 1e12)
  for (const { name, attraction, cost, image } of outlets) {
    requireRange(`${name}, attraction`, attraction, Number.MIN_VALUE, 1e12)
    requireRange(`${name}, cost`, cost, 0, 1e12)
    requireRange(`${name}, image`, image, 0, 1)
  }
}
