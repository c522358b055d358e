import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { planRoutes } from './plan-routes.ts'
import type { Problem, Stop } from './problem.ts'
import { matrixTravel, planeTravel } from './travel.ts'
import { bestOfAll, planFaults } from './test/oracle.ts'
import { cityDay, smallDay } from './test/days.ts'

const served = (plan: { routes: readonly { visits: readonly unknown[] }[] }): number =>
  plan.routes.reduce((sum, { visits }) => sum + visits.length, 0)

describe('tiny days, beside every plan there is', () => {
  test('as many stops are served, with as few metres', () => {
    fc.assert(
      fc.property(smallDay(5, 2), fc.nat(), (problem, seed) => {
        const plan = planRoutes(problem, { seed, iterations: 2_000 })
        const best = bestOfAll(problem)
        expect(planFaults(plan)).toEqual([])
        expect([served(plan), plan.distance]).toEqual([best.served, best.leastDistance])
      }),
      { seed: inject('seed'), numRuns: 60 },
    )
  })

  test('with as few vehicles, and then as few metres', () => {
    fc.assert(
      fc.property(smallDay(5, 2), fc.nat(), (problem, seed) => {
        const plan = planRoutes(problem, { seed, iterations: 2_000, objective: 'vehicles-then-distance' })
        const best = bestOfAll(problem)
        expect(planFaults(plan)).toEqual([])
        expect([served(plan), plan.routes.length, plan.distance]).toEqual([best.served, best.vehicles, best.distance])
      }),
      { seed: inject('seed'), numRuns: 60 },
    )
  })
})

test('every plan can be driven, whatever the objective, and says why a stop is left out', () => {
  const objectives = fc.constantFrom('distance' as const, 'vehicles-then-distance' as const, 'cost' as const)
  fc.assert(
    fc.property(smallDay(25, 4), objectives, fc.nat(), (problem, objective, seed) => {
      const plan = planRoutes(problem, { seed, iterations: 60, objective })
      expect(planFaults(plan)).toEqual([])
    }),
    { seed: inject('seed'), numRuns: 150 },
  )
})

describe('a day in town', () => {
  const problem = cityDay(1, 120, 8)
  const plan = planRoutes(problem, { seed: 4, iterations: 1_500 })

  test('is served whole, by routes that can be driven', () => {
    expect(planFaults(plan)).toEqual([])
    expect(plan.unserved).toEqual([])
  })

  test('is the same for the same seed and number of iterations, and hardly for another seed', () => {
    expect(planRoutes(problem, { seed: 4, iterations: 1_500 })).toEqual(plan)
    expect(planRoutes(problem, { seed: 5, iterations: 1_500 }).distance).not.toBe(plan.distance)
  })

  test('is better when longer looked for, and costs less when cost is what counts', () => {
    expect(plan.distance).toBeLessThan(planRoutes(problem, { seed: 4, iterations: 0 }).distance)
    const quiet = { ...problem, stops: problem.stops.slice(0, 50) }
    const short = planRoutes(quiet, { seed: 4, iterations: 1_500 })
    const cheap = planRoutes(quiet, { seed: 4, iterations: 1_500, objective: 'cost' })
    expect(planFaults(cheap)).toEqual([])
    expect(cheap.cost).toBeLessThan(short.cost)
    expect(cheap.routes.length).toBeLessThan(short.routes.length)
    expect(cheap.distance).toBeGreaterThan(short.distance)
  })

  test('begins with an earlier plan when there is one', () => {
    const again = planRoutes(problem, { seed: 9, iterations: 0, from: plan })
    expect(again.distance).toBeLessThanOrEqual(plan.distance + 1e-6)
    const fewer = { ...problem, stops: problem.stops.slice(10), vehicles: problem.vehicles.slice(1) }
    expect(planFaults(planRoutes(fewer, { seed: 9, iterations: 0, from: plan }))).toEqual([])
  })

  test('a budget ends by the given clock', () => {
    let time = 0
    const timed = planRoutes(problem, { seed: 4, budgetMs: 20, now: () => (time += 0.05) })
    expect(timed.iterations).toBeGreaterThan(100)
    expect(timed.iterations).toBeLessThan(20_000)
    expect(time).toBeLessThan(22)
    expect(planFaults(timed)).toEqual([])
  })
})

describe('edges', () => {
  const stop = (id: string, change: Partial<Stop> = {}): Stop => ({
    id,
    place: { x: 10, y: 0 },
    demand: 1,
    window: { earliest: 0, latest: 100 },
    service: 5,
    ...change,
  })
  const day = (stops: Stop[], change: Partial<Problem> = {}): Problem => ({
    depot: { place: { x: 0, y: 0 }, window: { earliest: 0, latest: 200 } },
    stops,
    vehicles: [{ id: 'van', capacity: 10, shift: { start: 0, end: 150 } }],
    travel: planeTravel(),
    ...change,
  })
  const reasons = (problem: Problem): string[] =>
    planRoutes(problem, { seed: 1, iterations: 50 }).unserved.map(({ reason }) => reason)

  test('nobody to visit, nobody to drive', () => {
    expect(planRoutes(day([]), { seed: 1, iterations: 50 })).toMatchObject({ routes: [], unserved: [], distance: 0 })
    expect(reasons(day([stop('a')], { vehicles: [] }))).toEqual(['capacity'])
  })

  test('the reason names what would have to change', () => {
    expect(reasons(day([stop('a', { demand: 11 })]))).toEqual(['capacity'])
    expect(reasons(day([stop('a', { window: { earliest: 0, latest: 9 } })]))).toEqual(['window'])
    expect(reasons(day([stop('a', { window: { earliest: 140, latest: 145 } })]))).toEqual(['shift'])
    expect(reasons(day([stop('a', { window: { earliest: 190, latest: 195 } })]))).toEqual(['window'])
  })

  test('the driver does not wait at the door when leaving later will do', () => {
    const late = stop('b', { place: { x: 20, y: 0 }, window: { earliest: 60, latest: 100 } })
    const [route] = planRoutes(day([stop('a'), late]), { seed: 1, iterations: 50 }).routes
    expect(route).toMatchObject({ departure: 35, waiting: 0, arrival: 85, driving: 40, distance: 40, load: 2 })
    const fixed = stop('a', { window: { earliest: 0, latest: 20 } })
    const [held] = planRoutes(day([fixed, late]), { seed: 1, iterations: 50 }).routes
    expect(held).toMatchObject({ departure: 10, waiting: 25, arrival: 85 })
  })

  test('roads that are longer one way than the other', () => {
    // 0 → 1 → 2 → 0 is short, the other way round long.
    const matrix = [0, 1, 9, 9, 0, 1, 1, 9, 0]
    const stops = [stop('a', { place: { node: 1 } }), stop('b', { place: { node: 2 } })]
    const depot = { place: { node: 0 }, window: { earliest: 0, latest: 200 } }
    const problem = day(stops, { depot, travel: matrixTravel(3, matrix, matrix) })
    const plan = planRoutes(problem, { seed: 1, iterations: 50 })
    expect(plan.routes.map(({ visits }) => visits.map((visit) => visit.stop.id))).toEqual([['a', 'b']])
    expect(plan.distance).toBe(3)
  })

  test('what cannot be computed with is refused', () => {
    expect(() => planRoutes(day([stop('a', { demand: NaN })]), { seed: 1, iterations: 1 })).toThrow('finite')
    expect(() => planRoutes(day([stop('a', { service: -1 })]), { seed: 1, iterations: 1 })).toThrow('negative')
    expect(() => planRoutes(day([stop('a'), stop('a')]), { seed: 1, iterations: 1 })).toThrow('same id')
  })
})
