import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { advancePromise, isBeforeRelease, mostAhead, serveInTurn, type AdvanceRule } from './advance-promise.ts'

const horizon = 20
const day = (n: number): string => new Date(Date.UTC(2026, 2, 1) + n * 86_400_000).toISOString().slice(0, 10)
const today = day(0)
const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: inject('seed') })

const rules = fc.record({
  free: fc.integer({ min: -3, max: 6 }),
  limit: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
  release: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
  arrivals: fc.array(
    fc.record({ on: fc.integer({ min: -2, max: horizon - 1 }), units: fc.integer({ min: 1, max: 6 }) }),
    { maxLength: 5 },
  ),
})
type World = typeof rules extends fc.Arbitrary<infer T> ? T : never

const ruleOf = ({ limit, release, arrivals }: World): AdvanceRule => ({
  kind: release === null ? 'back_order' : 'pre_order',
  placeId: 'place',
  basis: 'inbound',
  limitUnits: limit,
  shipsOn: release === null ? null : day(release),
  delayDays: null,
  arrivals: arrivals.map(({ on, units }) => ({ on: day(on), units })),
})

/** By hand, day by day: the first on which so many are there beyond all that is promised already. */
function byHand({ free, limit, release, arrivals }: World, promised: number, units: number): string | null {
  const beyond = promised + units - free
  if (limit !== null && beyond > limit) return null
  let stock = free
  for (let n = 0; n < horizon; n++) {
    for (const { on, units: more } of arrivals) if (on === n) stock += more
    if (stock - promised >= units && (release === null || n >= release)) return day(n)
  }
  return null
}

const crowd = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 })

test('each buyer in turn is told the first day on which the goods are there, as counted by hand', () => {
  fc.assert(
    fc.property(rules, crowd, (world, asked) => {
      const rule = ruleOf(world)
      let promised = 0
      for (const units of asked) {
        const told = advancePromise(rule, units, world.free - promised, today)
        expect(told?.shipsOn ?? null).toBe(byHand(world, promised, units))
        expect(mostAhead(rule, world.free - promised, today) >= units).toBe(told !== null)
        if (told === null) continue
        // The guard of the pool says the same as the date: no more is promised than has come by it.
        expect(promised + units - world.free).toBeLessThanOrEqual(told.ahead)
        promised += units
      }
    }),
    seeded(500),
  )
})

test('promises made one after the other are all kept by their day, and served in the order they were made', () => {
  fc.assert(
    fc.property(rules, crowd, (world, asked) => {
      const rule = ruleOf(world)
      const waiting: { units: number; shipsOn: string; releasedOn: string | null; servedOn: string | null }[] = []
      let promised = 0
      for (const units of asked) {
        const told = advancePromise(rule, units, world.free - promised, today)
        if (!told) continue
        promised += units
        waiting.push({ units, shipsOn: told.shipsOn, releasedOn: rule.shipsOn, servedOn: null })
      }
      let stock = world.free
      for (let n = 0; n < horizon; n++) {
        for (const { on, units } of world.arrivals) if (on === n) stock += units
        const open = waiting.filter(({ servedOn }) => servedOn === null)
        const later = rule.arrivals.filter(({ on }) => on > day(n))
        const answers = serveInTurn(open, stock, later, day(n))
        open.forEach((one, index) => {
          if (answers[index] !== 'now') return
          one.servedOn = day(n)
          stock -= one.units
        })
        expect(stock).toBeGreaterThanOrEqual(Math.min(0, world.free))
      }
      for (const { servedOn, shipsOn } of waiting) {
        expect(servedOn).not.toBeNull()
        expect((servedOn ?? '') <= shipsOn).toBe(true)
      }
      const days = waiting.map(({ servedOn }) => servedOn ?? '')
      expect(days).toEqual(days.toSorted())
    }),
    seeded(300),
  )
})

test('what slips is told by the day it is now known for, and nothing when nothing will come', () => {
  const waiting = [
    { units: 2, shipsOn: day(3), releasedOn: null },
    { units: 3, shipsOn: day(3), releasedOn: null },
    { units: 1, shipsOn: day(3), releasedOn: null },
  ]
  expect(serveInTurn(waiting, 2, [{ on: day(9), units: 3 }], today)).toEqual(['now', day(9), null])
  expect(serveInTurn(waiting, 1, [{ on: day(-1), units: 9 }], today)).toEqual([null, null, null])
})

test('a stated delay counts from the day of the purchase, a release holds until its day', () => {
  const rule: AdvanceRule = {
    kind: 'back_order',
    placeId: 'place',
    basis: 'stated',
    limitUnits: 5,
    shipsOn: null,
    delayDays: 10,
    arrivals: [],
  }
  expect(advancePromise(rule, 5, 0, today)).toEqual({ shipsOn: day(10), ahead: 5 })
  expect(advancePromise(rule, 1, -5, today)).toBeNull()
  const released = { ...rule, kind: 'pre_order' as const, delayDays: null, shipsOn: day(4) }
  expect(advancePromise(released, 1, 3, today)).toEqual({ shipsOn: day(4), ahead: 5 })
  expect(isBeforeRelease({ preOrder: released, backOrder: null }, day(3))).toBe(true)
  expect(isBeforeRelease({ preOrder: released, backOrder: null }, day(4))).toBe(false)
})
