import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { shapleyValues } from '../sharing/cooperative-games.ts'
import { packJourneys, type JourneyRow } from './journeys.ts'
import { markovAttribution } from './markov.ts'
import { shapleyAttribution, shapleyRateAttribution, sumOverSubsets } from './shapley.ts'
import { creditByRule } from './touch-rules.ts'

interface Published {
  paths: { path: string[]; conv: number; null: number }[]
  base_conversion_probability: number
  removal_effect: Record<string, number>
  attributed_conversions: Record<string, number>
}
const folder = process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const file = join(folder, 'attribution/published_tiny.json')
const there = existsSync(file)

test.skipIf(!there)(there ? 'the published removal effects are found again' : 'skipped: no data', () => {
  const published = JSON.parse(readFileSync(file, 'utf8')) as Published
  const rows = published.paths.map((row) => ({ path: row.path, conversions: row.conv, losses: row.null }))
  const journeys = packJourneys(rows)
  const found = markovAttribution(journeys)
  expect(found.conversionRate).toBeCloseTo(published.base_conversion_probability, 12)
  journeys.channels.forEach((channel, at) => {
    expect(found.removalEffects[at]!).toBeCloseTo(published.removal_effect[channel]!, 12)
    expect(found.credit.conversions[at]!).toBeCloseTo(published.attributed_conversions[channel]!, 12)
  })
})

const journey = (path: string, conversions = 1, losses = 0, value?: number): JourneyRow => ({
  path: path.split('>'),
  conversions,
  losses,
  ...(value === undefined ? {} : { value }),
})
const list = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1e9) / 1e9)

test('first, last, linear and decaying credit of one journey', () => {
  const journeys = packJourneys([journey('web>shop>phone>web', 2, 1, 100), journey('shop', 0, 5)])
  expect(list(creditByRule(journeys, { rule: 'first' }).values)).toEqual([100, 0, 0])
  expect(list(creditByRule(journeys, { rule: 'last' }).conversions)).toEqual([2, 0, 0])
  expect(list(creditByRule(journeys, { rule: 'linear' }).conversions)).toEqual([1, 0.5, 0.5])
  // Weights 1/8, 1/4, 1/2, 1 of 15/8.
  const decayed = creditByRule(journeys, { rule: 'time_decay', halfLife: 1 })
  expect(list(decayed.conversions)).toEqual(list(Float64Array.of(18 / 15, 4 / 15, 8 / 15)))
  const timed = packJourneys([{ ...journey('web>shop'), ages: [7, 0] }])
  expect(list(creditByRule(timed, { rule: 'time_decay', halfLife: 7 }).values)).toEqual(
    list(Float64Array.of(1 / 3, 2 / 3)),
  )
})

const rowsArb = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 }),
    conversions: fc.integer({ min: 0, max: 3 }),
    losses: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
)
const seeded = (numRuns: number) => ({ numRuns, seed: inject('seed') })

test('removal effects are those of walking the graph, step by step, until everyone is home', () => {
  fc.assert(
    fc.property(rowsArb, fc.integer({ min: 1, max: 3 }), (rows, order) => {
      fc.pre(rows.some(({ conversions }) => conversions > 0))
      const journeys = packJourneys(rows)
      const { removalEffects, conversionRate, credit } = markovAttribution(journeys, order)
      const all = walk(rows, order, null)
      expect(conversionRate).toBeCloseTo(all, 9)
      journeys.channels.forEach((channel, at) =>
        expect(removalEffects[at]!).toBeCloseTo(1 - walk(rows, order, channel) / all, 8),
      )
      expect(credit.conversions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(
        rows.reduce((sum, { conversions }) => sum + conversions, 0),
        9,
      )
    }),
    seeded(60),
  )
})

/** Sends one visitor through the graph in small parts: the share that has bought after very many steps. */
function walk(rows: JourneyRow[], order: number, removed: string | null): number {
  const steps = new Map<string, Map<string, number>>()
  const add = (from: string, to: string, weight: number) => {
    const of = steps.get(from) ?? new Map<string, number>()
    steps.set(from, of.set(to, (of.get(to) ?? 0) + weight))
  }
  for (const { path, conversions, losses } of rows) {
    const places = ['', ...path.map((_, at) => path.slice(Math.max(0, at + 1 - order), at + 1).join('>'))]
    for (let at = 1; at < places.length; at++) add(places[at - 1]!, places[at]!, conversions + losses)
    add(places.at(-1)!, 'bought', conversions)
    add(places.at(-1)!, 'left', losses)
  }
  let here = new Map([['', 1]])
  let bought = 0
  for (let step = 0; step < 4000 && here.size > 0; step++) {
    const next = new Map<string, number>()
    for (const [place, share] of here) {
      const of = steps.get(place) ?? new Map<string, number>()
      const total = [...of.values()].reduce((sum, weight) => sum + weight, 0)
      if (total === 0 || share < 1e-14) continue
      for (const [to, weight] of of) {
        const part = (share * weight) / total
        if (to === 'bought') bought += part
        else if (to !== 'left' && to.split('>').at(-1) !== removed) next.set(to, (next.get(to) ?? 0) + part)
      }
    }
    here = next
  }
  return bought
}

test('the closed form is the Shapley value of the game it solves', () => {
  fc.assert(
    fc.property(rowsArb, (rows) => {
      fc.pre(rows.some(({ conversions }) => conversions > 0))
      const journeys = packJourneys(rows)
      const { channels } = journeys
      const worths = new Float64Array(2 ** channels.length)
      for (const { path, conversions } of rows) {
        worths[path.reduce((set, channel) => set | (1 << channels.indexOf(channel)), 0)]! += conversions
      }
      sumOverSubsets(worths, channels.length)
      expect(list(shapleyAttribution(journeys).conversions)).toEqual(list(shapleyValues(channels.length, worths)))
    }),
    seeded(60),
  )
})

test('by rates, what fails counts too', () => {
  const journeys = packJourneys([journey('a', 1, 9), journey('b', 0, 10), journey('a>b', 5, 5)])
  const { worths, conversions } = shapleyRateAttribution(journeys)
  expect(list(worths)).toEqual([0, 0.1, 0, 0.2])
  expect(list(conversions)).toEqual(list(Float64Array.of((6 * 0.15) / 0.2, (6 * 0.05) / 0.2)))
})

test('a million journeys over twelve channels take seconds', () => {
  const random = createRandom(1)
  const channels = Array.from({ length: 12 }, (_, at) => `c${at}`)
  const lengths = Int32Array.from({ length: 1_000_000 }, () => 1 + random.below(6))
  const starts = new Int32Array(1_000_001)
  lengths.forEach((length, at) => (starts[at + 1] = starts[at]! + length))
  const touches = Uint16Array.from({ length: starts.at(-1)! }, () => random.below(12))
  const conversions = Float64Array.from(lengths, () => Number(random.float() < 0.1))
  const losses = conversions.map((one) => 1 - one)
  const journeys = { channels, starts, touches, conversions, losses, values: conversions }
  const started = performance.now()
  const sums = [
    shapleyAttribution(journeys).conversions,
    shapleyRateAttribution(journeys).conversions,
    markovAttribution(journeys).credit.conversions,
    creditByRule(journeys, { rule: 'linear' }).conversions,
  ].map((credit) => credit.reduce((sum, one) => sum + one, 0))
  expect(performance.now() - started).toBeLessThan(5_000)
  const sold = conversions.reduce((sum, one) => sum + one, 0)
  for (const sum of sums) expect(sum).toBeCloseTo(sold, 3)
})

test('what cannot be answered says why', () => {
  expect(() => packJourneys([])).toThrow('empty')
  expect(() => packJourneys([journey('a', 0, 4)])).toThrow('conversions')
  expect(() => packJourneys([{ path: [], conversions: 1, losses: 0 }])).toThrow('too_few')
  expect(() => packJourneys([journey('a', Number.NaN)])).toThrow('not_a_number')
  expect(() => packJourneys([journey('a', -1), journey('a', 3)])).toThrow('out_of_range')
  expect(() => markovAttribution(packJourneys([journey('a')]), 0)).toThrow('out_of_range')
  expect(() => creditByRule(packJourneys([journey('a')]), { rule: 'time_decay', halfLife: 0 })).toThrow('half-life')
  // One channel is no refusal: it has everything.
  expect(list(markovAttribution(packJourneys([journey('a', 2, 3)])).credit.conversions)).toEqual([2])
})
