import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { insertionOf, offerableWindows, withInsertion } from './insertion.ts'
import { planRoutes } from './plan-routes.ts'
import type { Plan, Problem, Stop } from './problem.ts'
import { replanWith } from './replan.ts'
import { cityDay, smallDay, someStops, windows } from './test/days.ts'
import { faults, planFaults } from './test/oracle.ts'

/** By trying every place of every vehicle: the metres of the cheapest, or null. */
function cheapestByTrying({ problem, routes }: Plan, stop: Stop): number | null {
  let least: number | null = null
  const metres = (order: readonly Stop[]): number => {
    const places = [problem.depot.place, ...order.map(({ place }) => place), problem.depot.place]
    return places.reduce((sum, to, at) => (at === 0 ? 0 : sum + problem.travel.distance(places[at - 1]!, to)), 0)
  }
  for (const vehicle of problem.vehicles) {
    const route = routes.find((one) => one.vehicle.id === vehicle.id)
    const order = route?.visits.map((visit) => visit.stop) ?? []
    for (let at = 0; at <= order.length; at += 1) {
      const longer = [...order.slice(0, at), stop, ...order.slice(at)]
      if (faults(problem, vehicle, longer).length > 0) continue
      least = Math.min(least ?? Infinity, metres(longer) - metres(order))
    }
  }
  return least
}

const empty = (problem: Problem): Plan => planRoutes({ ...problem, stops: [] }, { seed: 1, iterations: 0 })

test('whatever is accepted, one after the other, stays drivable, is the cheapest place there is, and is refused only when there is none', () => {
  fc.assert(
    fc.property(smallDay(1, 3), someStops(14), (problem, stops) => {
      let plan = empty(problem)
      for (const stop of stops) {
        const answer = insertionOf(plan, stop)
        const cheapest = cheapestByTrying(plan, stop)
        expect(answer.possible ? answer.distance : null).toBe(cheapest)
        if (!answer.possible) continue
        const before = plan
        plan = withInsertion(plan, stop, answer)
        expect(planFaults(plan)).toEqual([])
        expect(plan.distance - before.distance).toBe(answer.distance)
        expect(plan.cost - before.cost).toBeCloseTo(answer.cost, 6)
        const visit = plan.routes.flatMap(({ visits }) => visits).find((one) => one.stop.id === stop.id)
        expect(visit).toMatchObject({ arrival: answer.arrival, start: answer.start })
      }
    }),
    { seed: inject('seed'), numRuns: 200 },
  )
})

test('the windows that are offered are those that can be kept', () => {
  fc.assert(
    fc.property(smallDay(12, 3), someStops(6), fc.nat(), (problem, [stop, ...others], seed) => {
      const plan = planRoutes(problem, { seed, iterations: 20 })
      const asked = { ...stop!, id: 'new' }
      const choices = others.map(({ window }) => window)
      const answers = offerableWindows(plan, asked, choices)
      expect(answers.map(({ window }) => window)).toEqual(choices)
      for (const { window, ...answer } of answers) {
        expect(answer).toEqual(insertionOf(plan, { ...asked, window }))
        if (answer.possible) expect(planFaults(withInsertion(plan, { ...asked, window }, answer))).toEqual([])
      }
    }),
    { seed: inject('seed'), numRuns: 150 },
  )
})

test('a new plan with one more stop keeps all that was promised, or is none', () => {
  let found = 0
  fc.assert(
    fc.property(smallDay(10, 3), someStops(1), fc.nat(), (problem, [stop], seed) => {
      const plan = planRoutes(problem, { seed, iterations: 20 })
      const asked = { ...stop!, id: 'new' }
      const next = replanWith(plan, asked, { seed, iterations: 100 })
      if (next === null) {
        expect(insertionOf(plan, asked).possible).toBe(false)
        return
      }
      found += 1
      expect(planFaults(next)).toEqual([])
      expect(next.unserved).toEqual(plan.unserved)
      expect(next.routes.flatMap(({ visits }) => visits.map((visit) => visit.stop.id))).toContain('new')
    }),
    { seed: inject('seed'), numRuns: 150 },
  )
  expect(found).toBeGreaterThan(0)
})

test('when a day is full, moving others makes room for some more', () => {
  const quiet = cityDay(5, 40, 4)
  const problem = { ...quiet, vehicles: quiet.vehicles.map((van) => ({ ...van, capacity: 1_000 })) }
  let plan = planRoutes(problem, { seed: 1, iterations: 200 })
  const refused: Stop[] = []
  for (const one of cityDay(6, 120, 1).stops) {
    const stop = { ...one, id: `new ${one.id}` }
    const answer = insertionOf(plan, stop)
    if (answer.possible) plan = withInsertion(plan, stop, answer)
    else refused.push(stop)
  }
  const rescued = refused.slice(0, 10).flatMap((stop) => {
    const next = replanWith(plan, stop, { seed: 1, iterations: 400 })
    return next === null ? [] : [planFaults(next)]
  })
  expect(refused.length).toBeGreaterThan(10)
  expect(rescued.length).toBeGreaterThan(0)
  expect(rescued.flat()).toEqual([])
})

describe('a day in town of 200 stops and 10 vehicles', () => {
  const problem = cityDay(2, 200, 10)
  const plan = planRoutes(problem, { seed: 1, iterations: 300 })
  const newcomers = cityDay(3, 60, 1).stops.map((stop) => ({ ...stop, id: `new ${stop.id}` }))

  test('six windows are answered within 5 ms', () => {
    const times = newcomers.map((stop) => {
      const started = performance.now()
      offerableWindows(plan, stop, windows)
      return performance.now() - started
    })
    expect(plan.unserved).toEqual([])
    // The middle one: another program may take the processor away during any of them.
    expect(times.sort((a, b) => a - b)[30]).toBeLessThan(5)
  })

  test('windows fill up one order at a time; in the end some are refused, and no promise is broken', () => {
    let full = plan
    const refused: string[] = []
    for (const stop of newcomers) {
      const answer = insertionOf(full, stop)
      if (answer.possible) full = withInsertion(full, stop, answer)
      else refused.push(answer.reason)
    }
    expect(planFaults(full)).toEqual([])
    expect(full.unserved).toEqual([])
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(newcomers.length)
  })

  test('a stop is added once, and only where it still fits', () => {
    const [stop] = newcomers
    const answer = insertionOf(plan, stop!)
    if (!answer.possible) throw new Error('there is room')
    const next = withInsertion(plan, stop!, answer)
    expect(() => withInsertion(next, stop!, answer)).toThrow('served already')
    const heavy = { ...stop!, demand: 1_000 }
    expect(insertionOf(plan, heavy)).toEqual({ possible: false, reason: 'capacity' })
    expect(() => withInsertion(plan, heavy, answer)).toThrow('no longer fits')
  })
})
