import { expect, test } from 'vitest'
import { normalCdf } from '../numeric/distributions.ts'
import { createRandom } from '../numeric/random.ts'
import { attainability, type Objective } from './attainability.ts'

const random = createRandom(7)
const noise = { values: Float64Array.from({ length: 120 }, () => 100 + 10 * random.normal()), season: 1 }
const objective: Objective = { target: 620, wanted: 'at_least', measure: 'sum', elapsed: 0, left: 6 }

test('for values that vary around a level, the chance is that of the normal distribution', () => {
  const { probability, expected, pace } = attainability(noise, objective, { draws: 20_000 })
  const values = noise.values
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const chance = 1 - normalCdf((620 - 6 * mean) / (10 * Math.sqrt(6)))
  expect(Math.abs(probability - chance)).toBeLessThan(0.08)
  expect(expected.middle).toBeGreaterThan(expected.low)
  expect(pace).toBeCloseTo(620 / 6, 12)
})

test('what has passed counts, and the pace still needed is told', () => {
  const steady = { values: Float64Array.of(10, 10, 10, 10), season: 1 }
  const behind = attainability(steady, { target: 100, wanted: 'at_least', measure: 'sum', elapsed: 4, left: 4 })
  expect(behind).toMatchObject({ probability: 0, pace: 15, presentPace: 10 })
  const met = attainability(steady, { target: 80, wanted: 'at_least', measure: 'sum', elapsed: 4, left: 4 })
  expect(met).toMatchObject({ probability: 1, pace: 10 })
  expect(
    attainability(steady, { target: 10, wanted: 'at_most', measure: 'mean', elapsed: 4, left: 2 }).probability,
  ).toBe(1)
})

test('a line goes on: a target on it is met by about half of the ways, one far below by all, and less is wanted of less', () => {
  const line = { values: Float64Array.from({ length: 40 }, (_, t) => 50 + 2 * t + 3 * random.normal()), season: 1 }
  const at = (target: number, wanted: Objective['wanted'] = 'at_least') =>
    attainability(line, { target, wanted, measure: 'last', elapsed: 0, left: 5 })
  expect(at(138).probability).toBeGreaterThan(0.15)
  expect(at(138).probability).toBeLessThan(0.85)
  expect(at(100).probability).toBeGreaterThan(0.95)
  expect(at(100, 'at_most').probability).toBeLessThan(0.05)
  const { cone } = at(138)
  expect(cone).toHaveLength(5)
  for (const { low, lower, middle, upper, high } of cone)
    expect([low, lower, middle, upper, high]).toEqual([low, lower, middle, upper, high].toSorted((a, b) => a - b))
})

test('of what wanders, the further off the less is sure', () => {
  let reached = 0
  const values = Float64Array.from({ length: 80 }, () => (reached += random.normal()))
  const { cone } = attainability({ values, season: 1 }, { ...objective, left: 9 })
  const width = (step: number) => cone[step]!.high - cone[step]!.low
  // A walk spreads with the root of time.
  expect(width(8) / width(0)).toBeGreaterThan(2)
  expect(width(8) / width(0)).toBeLessThan(4.5)
})

test('a season comes round again', () => {
  const values = Float64Array.from({ length: 48 }, (_, t) => (t % 12 === 11 ? 300 : 100) + random.normal())
  const december = attainability(
    { values, season: 12 },
    { target: 250, wanted: 'at_least', measure: 'last', elapsed: 0, left: 12 },
  )
  const november = attainability(
    { values, season: 12 },
    { target: 250, wanted: 'at_least', measure: 'last', elapsed: 0, left: 11 },
  )
  expect(december.probability).toBeGreaterThan(0.99)
  expect(november.probability).toBe(0)
})

test('what begins later counts from there, and the cone shows the way to it', () => {
  const line = { values: Float64Array.from({ length: 24 }, (_, t) => t + 1), season: 1 }
  const later = attainability(line, { target: 1, wanted: 'at_least', measure: 'mean', elapsed: 0, left: 2, ahead: 3 })
  expect(later.cone).toHaveLength(5)
  // After 24 come 25, 26, 27; then the two that count, 28 and 29.
  expect(later.expected.middle).toBeCloseTo(28.5, 6)
})

test('a chance that is told is kept: of worlds where it says p, a share of p meets the target', () => {
  // 300 worlds of a known process; the target is drawn around what will be, so that all chances occur.
  const worlds = createRandom(11)
  let told = 0
  let met = 0
  for (let world = 0; world < 300; world++) {
    const all = Float64Array.from({ length: 66 }, () => 100 + 8 * worlds.normal())
    const target = 600 + 25 * worlds.normal()
    const history = { values: all.slice(0, 60), season: 1 }
    told += attainability(history, { ...objective, target }, { draws: 400, seed: world }).probability
    met += Number(all.slice(60).reduce((sum, value) => sum + value, 0) >= target)
  }
  // Five standard deviations of a count of 300.
  expect(Math.abs(told - met)).toBeLessThan(5 * Math.sqrt(300 * 0.25))
})

test('the same seed says the same, another nearly', () => {
  const one = attainability(noise, objective, { draws: 2000, seed: 3 })
  expect(attainability(noise, objective, { draws: 2000, seed: 3 })).toEqual(one)
  expect(
    Math.abs(attainability(noise, objective, { draws: 2000, seed: 4 }).probability - one.probability),
  ).toBeLessThan(0.06)
})

test.each<[string, Parameters<typeof attainability>[0], Partial<Objective>, string]>([
  ['a history of three periods', { values: Float64Array.of(10, 12, 11), season: 1 }, {}, 'too_few'],
  ['no history', { values: new Float64Array(), season: 1 }, {}, 'too_few'],
  ['a gap', { values: Float64Array.of(1, NaN, 2, 3), season: 1 }, {}, 'not_a_number'],
  ['no time left', noise, { left: 0 }, 'out_of_range'],
  ['a beginning that lies ahead and behind', noise, { elapsed: 2, ahead: 1 }, 'out_of_range'],
  ['more passed than is known', noise, { elapsed: 121 }, 'out_of_range'],
  ['a target that is no number', noise, { target: NaN }, 'out_of_range'],
])('%s is refused with its reason', (_, history, change, reason) => {
  expect(() => attainability(history, { ...objective, ...change })).toThrow(reason)
})

test('four values are enough for an answer without NaN', () => {
  for (const values of [
    [5, 7, 6, 5],
    [0, 0, 0, 0],
  ]) {
    const { probability, expected } = attainability(
      { values: Float64Array.from(values), season: 12 },
      { ...objective, left: 3, elapsed: 0 },
    )
    expect([probability, expected.low, expected.middle, expected.high].every(Number.isFinite)).toBe(true)
  }
})
