import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseOutlets, networkOf, type OutletChoice } from '@ecluse/strategy-engine/outlets/choose-outlets.ts'
import type { Region } from '@ecluse/strategy-engine/outlets/region.ts'
import { loadSolver } from '../solve-programme.ts'

const solve = await loadSolver()

/** Towns and outlets on a line, one kilometre apart. */
const line: Region = {
  zones: [40, 10, 30, 10, 60].map((demand, at) => ({ name: `town ${at}`, demand })),
  outlets: Array.from({ length: 5 }, (_, at) => ({ name: `outlet ${at}`, attraction: 1, cost: 10, image: at / 10 })),
  distances: Float64Array.from({ length: 25 }, (_, at) => Math.abs(Math.floor(at / 5) - (at % 5))),
}

test('intensive, selective and exclusive: coverage, overlap and sales of one outlet', () => {
  const intensive = chooseOutlets(line, { policy: 'intensive', reach: 1 }, solve)
  expect(intensive).toMatchObject({ chosen: [0, 1, 2, 3, 4], coverage: 1, cost: 50 })
  const selective = chooseOutlets(line, { policy: 'selective', reach: 1, most: 2 }, solve)
  // Outlet 1 covers 80, outlet 3 or 4 the other 70: of those that cover as much, the better image.
  expect(selective.coverage).toBeCloseTo(1, 12)
  expect(selective.chosen).toEqual([1, 4])
  expect(selective.salesPerOutlet).toBeGreaterThan(intensive.salesPerOutlet)
  expect(selective.overlap).toBeLessThan(intensive.overlap)
  const apart = { distance: 4, between: line.distances }
  const exclusive = chooseOutlets(line, { policy: 'exclusive', reach: 1, apart }, solve)
  expect(exclusive).toMatchObject({ chosen: [0, 4], overlap: 1 })
  expect(exclusive.coverage).toBeCloseTo(120 / 150, 12)
})

test('a budget, and who is eligible, bound all of them', () => {
  expect(chooseOutlets(line, { policy: 'intensive', reach: 1, budget: 25 }, solve).chosen).toHaveLength(2)
  expect(chooseOutlets(line, { policy: 'intensive', reach: 1, eligible: [2] }, solve)).toMatchObject({
    chosen: [2],
    coverage: 50 / 150,
  })
  expect(chooseOutlets(line, { policy: 'selective', reach: 1, most: 0 }, solve)).toMatchObject({
    chosen: [],
    salesPerOutlet: 0,
  })
})

test('no other choice covers more: all are tried', () => {
  const regions = fc.record({
    demands: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 6 }),
    distances: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 30, maxLength: 30 }),
    most: fc.integer({ min: 0, max: 5 }),
    reach: fc.integer({ min: 0, max: 6 }),
  })
  fc.assert(
    fc.property(regions, ({ demands, distances, most, reach }) => {
      const region: Region = {
        zones: demands.map((demand, at) => ({ name: `z${at}`, demand })),
        outlets: line.outlets,
        distances: Float64Array.from(distances),
      }
      const found = chooseOutlets(region, { policy: 'selective', reach, most }, solve)
      expect(found.chosen.length).toBeLessThanOrEqual(most)
      for (let set = 0; set < 32; set++) {
        const other = [0, 1, 2, 3, 4].filter((at) => (set >> at) & 1)
        if (other.length <= most)
          expect(found.coverage).toBeGreaterThanOrEqual(networkOf(region, other, reach).coverage - 1e-9)
      }
    }),
    { numRuns: 30 },
  )
})

test.each<[string, Partial<OutletChoice>, string]>([
  ['nobody eligible', { eligible: [] }, 'empty'],
  ['a negative reach', { reach: -1 }, 'out_of_range'],
  ['an outlet there is not', { eligible: [7] }, 'out_of_range'],
  ['selective without a number', { policy: 'selective' }, 'unknown_name'],
  ['exclusive without a distance', { policy: 'exclusive' }, 'unknown_name'],
  [
    'distances between outlets that do not fit',
    { policy: 'exclusive', apart: { distance: 1, between: new Float64Array(3) } },
    'mismatch',
  ],
])('%s is refused with its reason', (_, change, reason) => {
  expect(() => chooseOutlets(line, { policy: 'intensive', reach: 1, ...change }, solve)).toThrow(reason)
})
