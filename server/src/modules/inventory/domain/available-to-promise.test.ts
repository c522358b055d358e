import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import {
  addUpPlaces,
  availableToPromise,
  earliestFor,
  keptBackNow,
  shownSteps,
  unitsBy,
  type PromiseTerms,
  type UnitsOn,
} from './available-to-promise.ts'

const day = 86_400_000
const horizon = 30
const units = fc.integer({ min: 0, max: 9 })
const dated = (from: number) =>
  fc.array(fc.record({ on: fc.integer({ min: from, max: horizon - 1 }), units: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 6,
  })
type Days = { today: number[]; inbound: { on: number; units: number }[]; demand: { on: number; units: number }[] }
const days = fc.record({
  today: fc.tuple(fc.integer({ min: 0, max: 30 }), units, units, units, units, units).map((terms) => [...terms]),
  inbound: dated(-3),
  demand: dated(-3),
})
const at = (on: number): number => on * day
const termsOf = ({ today, inbound, demand }: Days): PromiseTerms => {
  const [onHand = 0, committed = 0, held = 0, safety = 0, channelBuffer = 0, unrouted = 0] = today
  const dates = (list: Days['inbound']): UnitsOn[] => list.map((item) => ({ atMs: at(item.on), units: item.units }))
  return {
    onHand,
    committed,
    held,
    safety,
    channelBuffer,
    unrouted,
    inbound: dates(inbound),
    datedDemand: dates(demand),
  }
}

/** Day by day: whether promising so many for a day leaves every later day without debt. */
function canPromise({ today, inbound, demand }: Days, wanted: number, on: number): boolean {
  const [onHand = 0, ...less] = today
  let stock = onHand - less.reduce((sum, term) => sum + term, 0)
  for (let now = 0; now < horizon; now++) {
    for (const item of inbound) if (item.on === now) stock += item.units
    for (const item of demand) if (item.on === now || (now === 0 && item.on < 0)) stock -= item.units
    if (now === on) stock -= wanted
    if (now >= on && stock < 0) return false
  }
  return true
}

const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: inject('seed') })

test('how many by a date, and when so many: what a simulation of each day says', () => {
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: 0, max: horizon - 1 }),
      fc.integer({ min: 1, max: 20 }),
      (world, on, wanted) => {
        const promisable = availableToPromise(termsOf(world), 0)
        let most = 0
        while (canPromise(world, most + 1, on)) most += 1
        expect(unitsBy(promisable, at(on))).toBe(most)
        const first = Array.from({ length: horizon }, (_, n) => n).find((n) => canPromise(world, wanted, n))
        expect(earliestFor(promisable, wanted)).toBe(first === undefined ? null : at(first))
      },
    ),
    seeded(500),
  )
})

test('terms add up, what is available never falls, what is overdue is not counted on', () => {
  fc.assert(
    fc.property(days, (world) => {
      const terms = termsOf(world)
      const { terms: named, steps, overdueUnits } = availableToPromise(terms, 0)
      const now = named.reduce((sum, term) => sum + term.units, 0)
      const settled = terms.inbound.reduce((sum, item) => sum + (item.atMs === 0 ? item.units : 0), 0)
      const owed = terms.datedDemand.reduce((sum, item) => sum + (item.atMs <= 0 ? item.units : 0), 0)
      expect(steps[0]).toMatchObject({ fromMs: 0, balance: now + settled - owed })
      expect(overdueUnits).toBe(terms.inbound.reduce((sum, item) => sum + (item.atMs < 0 ? item.units : 0), 0))
      steps.slice(1).forEach((step, index) => {
        expect(step.fromMs).toBeGreaterThan(steps[index]!.fromMs)
        expect(step.available).toBeGreaterThanOrEqual(steps[index]!.available)
      })
    }),
    seeded(300),
  )
})

test('promises made one after the other, each within what is available, can all be kept', () => {
  const asked = fc.array(
    fc.record({ on: fc.integer({ min: 0, max: horizon - 1 }), units: fc.integer({ min: 1, max: 8 }) }),
  )
  fc.assert(
    fc.property(days, asked, (world, requests) => {
      const demand = [...world.demand]
      for (const request of requests) {
        const before = { ...world, demand }
        if (unitsBy(availableToPromise(termsOf(before), 0), at(request.on)) < request.units) continue
        demand.push(request)
        // No later day is in debt on account of it.
        expect(canPromise({ ...world, demand }, 0, request.on)).toBe(true)
      }
    }),
    seeded(200),
  )
})

test('several places: as many by a day as can be promised in each by hand, less what was sold without a place', () => {
  const world = fc.tuple(fc.array(days, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 6 }))
  fc.assert(
    fc.property(world, fc.integer({ min: 0, max: horizon - 1 }), ([places, unrouted], on) => {
      const steps = addUpPlaces(
        places.map((place) => availableToPromise(termsOf(place), 0).steps),
        unrouted,
        0,
      )
      let most = 0
      for (const place of places) {
        let here = 0
        while (canPromise(place, here + 1, on)) here += 1
        most += here
      }
      expect(unitsBy({ steps }, at(on))).toBe(Math.max(0, most - unrouted))
    }),
    seeded(300),
  )
})

test('what is kept back today is no more than there is, and the terms shown add up to the balance shown', () => {
  fc.assert(
    fc.property(days, (world) => {
      const terms = { ...termsOf(world), inbound: [], datedDemand: [], unrouted: 0 }
      const kept = keptBackNow(terms)
      expect(kept.safety).toBeLessThanOrEqual(terms.safety)
      expect(kept.channelBuffer).toBeLessThanOrEqual(terms.channelBuffer)
      const [now] = shownSteps(availableToPromise(terms, 0), terms.safety + terms.channelBuffer)
      expect(now?.balance).toBe(terms.onHand - terms.committed - terms.held - kept.safety - kept.channelBuffer)
      expect(now?.available).toBe(Math.max(0, now?.balance ?? 0))
    }),
    seeded(300),
  )
})
