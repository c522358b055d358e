import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  rankAcceptability,
  scoreChannels,
  turningPoints,
  type Criterion,
  type JudgedChannel,
} from './score-channels.ts'

const criteria: Criterion[] = [
  { name: 'reach', weight: 3, better: 'more' },
  { name: 'cost', weight: 1, better: 'less' },
]
const channels: JudgedChannel[] = [
  { name: 'shops', figures: [10, 100] },
  { name: 'site', figures: [40, 50] },
  { name: 'post', figures: [20, 0] },
]

test('scores, totals and ranking, worked by hand', () => {
  const grid = scoreChannels(criteria, channels)
  expect([...grid.weights]).toEqual([0.75, 0.25])
  expect([...grid.scores]).toEqual([0, 0, 1, 0.5, 1 / 3, 1])
  expect([...grid.totals]).toEqual([0, 0.875, 0.5])
  expect(grid.ranking).toEqual([1, 2, 0])
})

test('anchors of a criterion stand whatever the channels are, and figures beyond them score 0 or 1', () => {
  const grid = scoreChannels(
    [{ name: 'reach', weight: 1, better: 'more', worst: 0, best: 20 }],
    channels.map(({ name, figures }) => ({ name, figures: [figures[0]!] })),
  )
  expect([...grid.scores]).toEqual([0.5, 1, 1])
  const cost = { name: 'cost', weight: 1, better: 'less', worst: 100, best: 20 } as const
  expect([
    ...scoreChannels(
      [cost],
      [
        { name: 'a', figures: [0] },
        { name: 'b', figures: [60] },
      ],
    ).scores,
  ]).toEqual([1, 0.5])
})

test('the weight at which the first place changes hands, worked by hand', () => {
  // In w, the weight of cost: site 1 − w/2, post 1/3 + 2w/3, level at w = 4/7.
  const [reach, cost] = turningPoints(scoreChannels(criteria, channels))
  expect(cost).toMatchObject({ criterion: 'cost', lower: null, higher: { first: 'post' } })
  expect(cost!.higher!.weight).toBeCloseTo(4 / 7, 12)
  expect(reach!.higher).toBeNull()
  expect(reach!.lower!.weight).toBeCloseTo(3 / 7, 12)
})

const grids = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
  .chain(([rows, columns]) =>
    fc.record({
      weights: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: columns, maxLength: columns }),
      figures: fc.array(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    }),
  )
  .map(({ weights, figures }) =>
    scoreChannels(
      weights.map((weight, at) => ({ name: `c${at}`, weight, better: 'more', worst: 0, best: 10 })),
      figures.map((row, at) => ({ name: `k${at}`, figures: row })),
    ),
  )

test('between its turning points a weight leaves the first where it is, and just beyond them it does not', () => {
  fc.assert(
    fc.property(grids, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (grid, share) => {
      for (const [at, point] of turningPoints(grid).entries()) {
        const bestAt = (weight: number): Map<string, number> => {
          const scaled = grid.weights.map((one, other) =>
            other === at ? weight : (one * (1 - weight)) / (1 - grid.weights[at]!),
          )
          return new Map(
            grid.channels.map((channel, row) => [
              channel,
              scaled.reduce((sum, one, column) => sum + one * grid.scores[row * scaled.length + column]!, 0),
            ]),
          )
        }
        const first = grid.channels[grid.ranking[0]!]!
        const low = point.lower?.weight ?? 0
        const high = point.higher?.weight ?? 1
        const inside = bestAt(low + (high - low) * share)
        expect(inside.get(first)! - Math.max(...inside.values())).toBeGreaterThanOrEqual(-1e-9)
        for (const turn of [point.lower, point.higher]) {
          if (turn === null) continue
          const there = bestAt(turn.weight)
          expect(there.get(turn.first)).toBeCloseTo(there.get(first)!, 9)
        }
      }
    }),
  )
})

test('how often each rank is had, over all weights: two crossing channels share them as geometry says', () => {
  // Cost of weight w evenly in [0, 1]: post is first from 4/7 on; shops are never first.
  const grid = scoreChannels(criteria, channels)
  const [shops, site, post] = rankAcceptability(grid, { draws: 40_000 })
  expect(shops!.ranks[0]).toBe(0)
  expect(site!.ranks[0]).toBeCloseTo(4 / 7, 2)
  expect(post!.ranks[0]).toBeCloseTo(3 / 7, 2)
  // Reach is said to count for more: w is at most ½, and the site always first.
  expect(rankAcceptability(grid, { draws: 1000, keepOrder: true })[1]!.ranks[0]).toBe(1)
  expect(rankAcceptability(grid, { draws: 1000, seed: 4 })).toEqual(rankAcceptability(grid, { draws: 1000, seed: 4 }))
})

test.each([
  ['no channel', criteria, [], 'empty'],
  ['no criterion', [], channels, 'empty'],
  ['a channel twice', criteria, [channels[0]!, channels[0]!], 'repeated'],
  ['a missing figure', criteria, [{ name: 'a', figures: [1] }, channels[0]!], 'not_a_number'],
  ['a negative weight', [{ ...criteria[0]!, weight: -1 }, criteria[1]!], channels, 'out_of_range'],
  ['weights of nothing', criteria.map((one) => ({ ...one, weight: 0 })), channels, 'out_of_range'],
  ['all alike', criteria, [channels[0]!, { name: 'twin', figures: [10, 100] }], 'constant'],
  ['anchors the wrong way round', [{ ...criteria[0]!, worst: 50, best: 0 }, criteria[1]!], channels, 'mismatch'],
])('%s is refused with its reason', (_, those, judged, reason) => {
  expect(() => scoreChannels(those, judged)).toThrow(reason)
})
