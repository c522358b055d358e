import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bestMix,
  type MixChannel,
  type MixConstraint,
  type MixQuestion,
} from '@ecluse/strategy-engine/channel-grid/best-mix.ts'
import { loadSolver } from '../solve-programme.ts'

const solve = await loadSolver()

const one = (name: string, cost: number, value: number, reach: Record<string, number> = {}): MixChannel => ({
  name,
  levels: [{ name: 'whole', cost, value, reach }],
})
const three = [
  one('shops', 60, 50, { young: 0.2, old: 0.6 }),
  one('site', 30, 40, { young: 0.7, old: 0.2 }),
  one('post', 20, 15, { old: 0.3 }),
]
const names = (mix: { chosen: { channel: string }[] }) => mix.chosen.map(({ channel }) => channel)

test('under a budget, the best of what can be paid, and what the budget costs', () => {
  const mix = bestMix(
    { channels: three, overlaps: [], constraints: [{ name: 'budget', kind: 'budget', most: 80 }] },
    solve,
  )
  expect(names(mix)).toEqual(['shops', 'post'])
  expect(mix).toMatchObject({ cost: 80, value: 65 })
  expect(mix.prices).toMatchObject([{ constraint: 'budget', price: 40, without: { cost: 110, value: 105 } }])
})

test('what a channel takes from another speaks against running both', () => {
  const overlaps = [{ between: ['shops', 'site'] as const, loss: 45 }]
  const mix = bestMix({ channels: three, overlaps, constraints: [] }, solve)
  expect(names(mix)).toEqual(['shops', 'post'])
  const boosted = bestMix(
    {
      channels: three,
      overlaps: [{ between: ['site', 'post'], loss: -30 }],
      constraints: [{ name: 'budget', kind: 'budget', most: 80 }],
    },
    solve,
  )
  expect(boosted).toMatchObject({ value: 85, cost: 50 })
})

test('reach of several channels is that of audiences that overlap by chance', () => {
  const constraints: MixConstraint[] = [
    { name: 'old', kind: 'reach', target: 'old', least: 0.72 },
    { name: 'two', kind: 'count', most: 2 },
  ]
  const mix = bestMix({ channels: three, overlaps: [], constraints }, solve)
  // Shops and post reach 1 − 0.4 × 0.7 = 0.72; shops and site, worth more, 0.68.
  expect(names(mix)).toEqual(['shops', 'post'])
  expect(mix.reach['old']).toBeCloseTo(0.72, 12)
  expect(mix.prices.map(({ constraint, price }) => [constraint, price])).toEqual([
    ['old', 25],
    ['two', 40],
  ])
})

test('constraints that contradict each other are named, and no other', () => {
  const constraints: MixConstraint[] = [
    { name: 'few', kind: 'count', most: 2 },
    { name: 'shops wanted', kind: 'required', channel: 'shops' },
    { name: 'no post', kind: 'excluded', channel: 'post' },
    { name: 'budget', kind: 'budget', most: 50 },
  ]
  expect(() => bestMix({ channels: three, overlaps: [], constraints }, solve)).toThrow(
    'impossible, name shops wanted, budget',
  )
})

const share = fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10)
const level = (name: string) =>
  fc.record({
    name: fc.constant(name),
    cost: fc.integer({ min: 0, max: 20 }),
    value: fc.integer({ min: -5, max: 20 }),
    reach: fc.record({ all: share }),
  })
const channel = (name: string): fc.Arbitrary<MixChannel> =>
  fc.record({
    name: fc.constant(name),
    levels: fc.oneof(fc.tuple(level('small')), fc.tuple(level('small'), level('large'))),
  })
const pair = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 2 })
  .map(([a, b]) => [a!, b!] as const)
const constraint: fc.Arbitrary<MixConstraint> = fc.oneof(
  fc.record({
    name: fc.constant('budget'),
    kind: fc.constant('budget' as const),
    most: fc.integer({ min: 0, max: 50 }),
  }),
  fc.record({
    name: fc.constant('count'),
    kind: fc.constant('count' as const),
    least: fc.constant(1),
    most: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    name: fc.constant('required'),
    kind: fc.constant('required' as const),
    channel: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    name: fc.constant('excluded'),
    kind: fc.constant('excluded' as const),
    channel: fc.constantFrom('b', 'c'),
  }),
  pair.map(([a, b]) => ({ name: 'needs', kind: 'needs' as const, channel: a, other: b })),
  pair.map((channels) => ({ name: 'not_both', kind: 'not_both' as const, channels })),
  fc.record({
    name: fc.constant('reach'),
    kind: fc.constant('reach' as const),
    target: fc.constant('all'),
    least: share,
  }),
)
const questions: fc.Arbitrary<MixQuestion> = fc.record({
  channels: fc.tuple(channel('a'), channel('b'), channel('c'), channel('d')),
  overlaps: fc.array(fc.record({ between: pair, loss: fc.integer({ min: -8, max: 8 }) }), { maxLength: 3 }),
  constraints: fc.uniqueArray(constraint, { maxLength: 4, selector: ({ name }) => name }),
})

test('no other mix does better: all of them are tried', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const best = tryAll(question)
      if (best === null) expect(() => bestMix(question, solve)).toThrow('impossible')
      else {
        const found = bestMix(question, solve)
        expect(found.value).toBeCloseTo(best, 6)
        for (const { constraint: name, price } of found.prices) {
          const without = tryAll({ ...question, constraints: question.constraints.filter((one) => one.name !== name) })
          expect(price).toBeCloseTo(without! - best, 6)
        }
      }
    }),
    { numRuns: 30 },
  )
})

/** The value of the best of all mixes, each looked at by itself. */
function tryAll({ channels, overlaps, constraints }: MixQuestion): number | null {
  let best: number | null = null
  const choose = (at: number, chosen: ReadonlyMap<string, MixChannel['levels'][number]>): void => {
    const next = channels[at]
    if (next !== undefined) {
      choose(at + 1, chosen)
      for (const one of next.levels) choose(at + 1, new Map([...chosen, [next.name, one]]))
      return
    }
    if (!constraints.every((rule) => keeps(rule, chosen))) return
    const lost = overlaps.reduce(
      (sum, { between: [a, b], loss }) => sum + (chosen.has(a) && chosen.has(b) ? loss : 0),
      0,
    )
    const value = [...chosen.values()].reduce((sum, one) => sum + one.value, 0) - lost
    if (best === null || value > best) best = value
  }
  choose(0, new Map())
  return best
}

function keeps(rule: MixConstraint, chosen: ReadonlyMap<string, MixChannel['levels'][number]>): boolean {
  const levels = [...chosen.values()]
  switch (rule.kind) {
    case 'budget':
      return levels.reduce((sum, { cost }) => sum + cost, 0) <= rule.most
    case 'count':
      return levels.length >= (rule.least ?? 0) && levels.length <= (rule.most ?? Infinity)
    case 'required':
      return chosen.has(rule.channel)
    case 'excluded':
      return !chosen.has(rule.channel)
    case 'needs':
      return !chosen.has(rule.channel) || chosen.has(rule.other)
    case 'not_both':
      return !rule.channels.every((name) => chosen.has(name))
    case 'reach':
      return (
        1 - levels.reduce((missed, { reach }) => missed * (1 - (reach?.[rule.target] ?? 0)), 1) >= rule.least - 1e-9
      )
  }
}

test.each<[string, Partial<MixQuestion>, string]>([
  ['no channel', { channels: [] }, 'empty'],
  ['a negative budget', { constraints: [{ name: 'budget', kind: 'budget', most: -1 }] }, 'out_of_range'],
  ['an unknown channel', { constraints: [{ name: 'x', kind: 'required', channel: 'kiosk' }] }, 'unknown_name'],
  ['an unknown target', { constraints: [{ name: 'x', kind: 'reach', target: 'robots', least: 0.1 }] }, 'unknown_name'],
  ['certain reach', { channels: [one('a', 1, 1, { all: 1 })] }, 'out_of_range'],
  ['a cost that is no number', { channels: [one('a', NaN, 1)] }, 'out_of_range'],
  [
    'a constraint twice',
    {
      constraints: [
        { name: 'x', kind: 'budget', most: 1 },
        { name: 'x', kind: 'budget', most: 2 },
      ],
    },
    'repeated',
  ],
])('%s is refused with its reason', (_, question, reason) => {
  expect(() => bestMix({ channels: three, overlaps: [], constraints: [], ...question }, solve)).toThrow(reason)
})
