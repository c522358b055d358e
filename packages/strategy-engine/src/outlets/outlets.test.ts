import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catchments } from './catchments.ts'
import { judgeOutlets, type OutletCriterion } from './eligibility.ts'
import type { Region } from './region.ts'

const outlet = (name: string, attraction: number) => ({ name, attraction, cost: 10, image: 0.5 })
const region: Region = {
  zones: [
    { name: 'north', demand: 100 },
    { name: 'south', demand: 50 },
  ],
  outlets: [outlet('a', 1), outlet('b', 4)],
  distances: Float64Array.of(1, 2, 3, 1),
}

test('catchments worked by hand', () => {
  const { shares, sales, lost } = catchments(region)
  // North: 1/1 against 4/4; south: 1/9 against 4.
  expect(Array.from(shares.subarray(0, 2))).toEqual([0.5, 0.5])
  expect(shares[2]).toBeCloseTo(1 / 9 / (4 + 1 / 9), 12)
  expect(sales[0]).toBeCloseTo(50 + 50 * shares[2]!, 12)
  expect(lost).toBeCloseTo(0, 9)
  expect(catchments(region, { elsewhere: 2 }).lost).toBeCloseTo(50 + 50 * (2 / (6 + 1 / 9)), 9)
  expect([...catchments(region, {}, [true, false]).sales]).toEqual([150, 0])
  expect(catchments(region, {}, [false, false])).toMatchObject({ lost: 150 })
})

const regions = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([zones, outlets]) =>
    fc.record({
      zones: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: zones, maxLength: zones }),
      outlets: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: outlets, maxLength: outlets }),
      distances: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: zones * outlets, maxLength: zones * outlets }),
    }),
  )
  .map(({ zones, outlets, distances }): Region => ({
    zones: zones.map((demand, at) => ({ name: `z${at}`, demand })),
    outlets: outlets.map((attraction, at) => outlet(`o${at}`, attraction)),
    distances: Float64Array.from(distances),
  }))

test('nobody is lost or counted twice, and closing an outlet sends its people to the others', () => {
  fc.assert(
    fc.property(regions, fc.integer({ min: 0, max: 100 }), (there, elsewhere) => {
      const demand = there.zones.reduce((sum, zone) => sum + zone.demand, 0)
      const all = catchments(there, { elsewhere })
      expect(all.sales.reduce((sum, one) => sum + one, all.lost)).toBeCloseTo(demand, 6)
      const fewer = catchments(
        there,
        { elsewhere },
        there.outlets.map((_, at) => at > 0),
      )
      for (let at = 1; at < there.outlets.length; at++)
        expect(fewer.sales[at]!).toBeGreaterThanOrEqual(all.sales[at]! - 1e-9)
    }),
  )
})

test.each<[string, Partial<Region>, string]>([
  ['no zone', { zones: [] }, 'empty'],
  ['a distance too few', { distances: Float64Array.of(1, 2, 3) }, 'mismatch'],
  ['a distance that is no number', { distances: Float64Array.of(1, 2, 3, NaN) }, 'not_a_number'],
  ['an outlet twice', { outlets: [outlet('a', 1), outlet('a', 1)] }, 'repeated'],
  ['an outlet that draws nobody', { outlets: [outlet('a', 0), outlet('b', 1)] }, 'out_of_range'],
])('%s is refused with its reason', (_, change, reason) => {
  expect(() => catchments({ ...region, ...change })).toThrow(reason)
})

test('candidates are judged by what was said before, and told what they lack', () => {
  const criteria: OutletCriterion[] = [
    { name: 'floor space', least: 80, required: true, weight: 1 },
    { name: 'trained staff', least: 4, required: false, weight: 3 },
  ]
  const judged = judgeOutlets(criteria, [
    { name: 'Quai', figures: { 'floor space': 120, 'trained staff': 2 } },
    { name: 'Gare', figures: { 'floor space': 60, 'trained staff': 6 } },
    { name: 'Halle', figures: { 'floor space': 80 } },
  ])
  expect(judged).toMatchObject([
    {
      outlet: 'Quai',
      eligible: true,
      score: (1 + 1.5) / 4,
      missing: [{ criterion: 'trained staff', has: 2, least: 4 }],
    },
    { outlet: 'Gare', eligible: false, score: (0.75 + 3) / 4, missing: [{ criterion: 'floor space', required: true }] },
    { outlet: 'Halle', eligible: true, score: 0.25, missing: [{ criterion: 'trained staff', has: 0 }] },
  ])
  expect(judgeOutlets([], [{ name: 'x', figures: {} }])).toMatchObject([{ eligible: true, score: 1 }])
})
