import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, test } from 'vitest'
import { readPrices } from './read-prices.ts'
import { suspectPairs } from './suspects.ts'
import { herfindahl, weaknessesOf } from './weaknesses.ts'

test('a channel that takes from another is suspected, and those that do not are not', () => {
  const random = createRandom(5)
  const months = Array.from({ length: 30 }, () => ({ all: random.normal(), moved: random.normal() }))
  const series = [
    { channel: 'web', values: months.map(({ all, moved }) => 100 + 5 * all + 12 * moved) },
    { channel: 'phone', values: months.map(({ all, moved }) => 100 + 5 * all - 12 * moved) },
    { channel: 'shop', values: months.map(({ all }) => 100 + 5 * all) },
    { channel: 'app', values: months.map(({ all }) => 100 + 5 * all + random.normal()) },
  ]
  const [first, ...others] = suspectPairs(series)
  expect(first).toMatchObject({ channel: 'web', other: 'phone' })
  expect(first?.correlation).toBeLessThan(-0.5)
  expect(others).toEqual([])
})

test('of channels that have nothing to do with each other, few worlds suspect one', () => {
  const random = createRandom(11)
  let suspected = 0
  for (let world = 0; world < 200; world++) {
    const series = ['a', 'b', 'c', 'd'].map((channel) => ({
      channel,
      values: Array.from({ length: 30 }, () => 100 + 10 * random.normal()),
    }))
    suspected += Number(suspectPairs(series).length > 0)
  }
  // One world in twenty is told of by chance: ten of 200, and three standard deviations more.
  expect(suspected).toBeLessThan(20)
})

test('too few months, sales that never move, one channel, none: no suspicion and no NaN', () => {
  const flat = { channel: 'a', values: Array.from({ length: 20 }, () => 5) }
  const moving = { channel: 'b', values: Array.from({ length: 20 }, (_, at) => at % 3) }
  expect(suspectPairs([flat, moving])).toEqual([])
  expect(
    suspectPairs([
      { ...moving, values: [1, 2] },
      { ...flat, values: [2, 1] },
    ]),
  ).toEqual([])
  expect(suspectPairs([moving])).toEqual([])
  expect(suspectPairs([])).toEqual([])
})

test('concentration by hand', () => {
  expect(herfindahl([50, 50])).toBe(0.5)
  expect(herfindahl([1, 0, 0])).toBe(1)
  expect(herfindahl([])).toBeNull()
  expect(herfindahl([0, -3])).toBeNull()
})

const channel = {
  channel: 'web',
  circuit: 'direct',
  netRevenue: 900_00,
  netRevenueBefore: 1_000_00,
  share: 0.9,
  orders: 30,
  contribution: -180_00,
  visits: 100,
  conversion: 0.02,
  conversionBefore: 0.04,
  returnRate: 0.3,
  promisesKept: 0.85,
  satisfaction: 0.5,
  ratings: 9,
  retention: 0.2,
  retentionBefore: 0.24,
  asked: 10,
  answered: 4,
  notFound: 0,
  cancelled: 0,
  months: [],
}
const shop = {
  ...channel,
  channel: 'shop',
  netRevenue: 100_00,
  netRevenueBefore: 90_00,
  share: 0.1,
  contribution: 5,
  conversion: null,
  returnRate: 0,
  promisesKept: 1,
  asked: 0,
}
const facts = {
  channels: [channel, shop],
  returnReasons: [],
  partners: [],
  shops: [],
  concentration: { byChannel: null, byCircuit: null, circuits: [] },
  prices: [],
  suspects: [],
  competitors: [],
}

test('what is weak is told with what it is held against, the widest gap first', () => {
  const found = weaknessesOf(facts)
  expect(found.map(({ kind, channel: of }) => `${kind} ${of}`)).toEqual([
    'conversion_falling web',
    'calls_unanswered web',
    'dependent web',
    'losing_money web',
    'sales_falling web',
    'promises_broken web',
  ])
  expect(found.find(({ kind }) => kind === 'sales_falling')).toMatchObject({
    value: 900_00,
    against: 1_000_00,
    gap: expect.closeTo(0.1, 9) as number,
  })
  expect(weaknessesOf({ ...facts, channels: [] })).toEqual([])
})

test('who one depends on, who is not satisfied, who comes back less and what shelves lack, from a limit on and not of a few', () => {
  const partner = (kind: 'company' | 'supplier', name: string, share: number) => ({
    kind,
    name,
    share,
    companyId: null,
    amountMinor: share * 1_000,
  })
  const found = weaknessesOf({
    ...facts,
    channels: [{ ...shop, satisfaction: 0.7, ratings: 10, retention: 0.28, retentionBefore: 0.4 }],
    partners: [partner('company', 'C-1', 0.3), partner('company', 'C-2', 0.25), partner('supplier', 'Martin', 0.9)],
    shops: [
      { siteId: 'a', name: 'Nantes', stockOuts: 0.07 },
      { siteId: 'b', name: 'Lyon', stockOuts: 0.05 },
    ],
  })
  expect(found.map(({ kind, channel: of, other }) => `${kind} ${of ?? other}`)).toEqual([
    'dependent_on_supplier Martin',
    'coming_back_less shop',
    'unsatisfied shop',
    'dependent_on_company C-1',
    'out_of_stock Nantes',
  ])
})

test('prices of competitors: commas and points, the line of the first fault', () => {
  const csv =
    'competitor;sku;price;seen_on;offer\nVélocité;AL-1;12,5;2027-03-01;\nVélocité;AL-1;13;2027-03-01;le lot de 2\n'
  expect(readPrices(csv)).toEqual({
    rows: [{ competitor: 'Vélocité', sku: 'AL-1', price_minor: 1300n, seen_on: '2027-03-01', offer: 'le lot de 2' }],
  })
  expect(readPrices('competitor,sku,price,seen_on\nA,B,1.99,2027-03-01\nA,B,dear,2027-03-02')).toEqual({ line: 3 })
  for (const bad of ['competitor,sku\n', 'x', 'competitor,sku,price,seen_on\nA,B,-1,2027-03-01', '"'])
    expect(readPrices(bad)).toHaveProperty('line')
})
