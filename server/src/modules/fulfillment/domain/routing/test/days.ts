import fc from 'fast-check'
import { createSeededRng } from '../../../../../kernel/rng.ts'
import type { Problem, Stop, TimeWindow, Vehicle } from '../problem.ts'
import { planeTravel, roadTravel } from '../travel.ts'

const hour = 3_600

/** The two-hour windows of a day, from eight in the morning to eight in the evening. */
export const windows: readonly TimeWindow[] = [8, 10, 12, 14, 16, 18].map((from) => ({
  earliest: from * hour,
  latest: (from + 2) * hour,
}))

/** A day of deliveries around Nantes: addresses within some ten kilometres, two-hour windows, two shifts of vans. */
export function cityDay(seed: number, stopCount: number, vehicleCount: number): Problem {
  const rng = createSeededRng(seed)
  const stops = Array.from({ length: stopCount }, (_, at): Stop => {
    const away = rng.float() * 0.08
    const angle = rng.float() * 2 * Math.PI
    return {
      id: `stop ${at}`,
      place: { latitude: 47.218 + away * Math.sin(angle), longitude: -1.554 + away * 1.4 * Math.cos(angle) },
      demand: 1 + rng.below(4),
      window: windows[rng.below(windows.length)]!,
      service: 180 + 60 * rng.below(5),
    }
  })
  const vehicles = Array.from({ length: vehicleCount }, (_, at): Vehicle => {
    const start = (at % 2 === 0 ? 7 : 12) * hour
    return {
      id: `van ${at}`,
      capacity: 80,
      shift: { start, end: start + 9 * hour },
      fixedCost: 9_000,
      costPerMetre: 0.04,
    }
  })
  const depot = {
    place: { latitude: 47.25, longitude: -1.6 },
    window: { earliest: 6 * hour, latest: 22 * hour },
    loading: 900,
  }
  return { depot, stops, vehicles, travel: roadTravel() }
}

const place = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }) })
const window = fc
  .record({ earliest: fc.integer({ min: 0, max: 250 }), length: fc.integer({ min: 5, max: 200 }) })
  .map(({ earliest, length }) => ({ earliest, latest: earliest + length }))
const vehicle = fc.record({
  capacity: fc.integer({ min: 5, max: 25 }),
  start: fc.integer({ min: 0, max: 120 }),
  length: fc.integer({ min: 60, max: 300 }),
})

/** Stops of small days on a plane, tight in every way: windows, loads and shifts all bind now and then. */
export const someStops = (most: number): fc.Arbitrary<Stop[]> =>
  fc
    .array(
      fc.record({ place, window, demand: fc.integer({ min: 0, max: 10 }), service: fc.integer({ min: 0, max: 20 }) }),
      { minLength: 1, maxLength: most },
    )
    .map((stops) => stops.map((stop, at) => ({ id: `s${at}`, ...stop })))

/** Small days with a given number of vehicles that are rarely alike. */
export const smallDay = (mostStops: number, vehicleCount: number): fc.Arbitrary<Problem> =>
  fc
    .record({
      at: place,
      stops: someStops(mostStops),
      vehicles: fc.array(vehicle, { minLength: vehicleCount, maxLength: vehicleCount }),
      alike: fc.boolean(),
      loading: fc.integer({ min: 0, max: 10 }),
    })
    .map(({ at, stops, vehicles, alike, loading }) => ({
      depot: { place: at, window: { earliest: 0, latest: 400 }, loading },
      stops,
      vehicles: vehicles.map((one, index) => {
        const { capacity, start, length } = alike ? vehicles[0]! : one
        return { id: `v${index}`, capacity, shift: { start, end: start + length } }
      }),
      travel: planeTravel(Math.ceil),
    }))
