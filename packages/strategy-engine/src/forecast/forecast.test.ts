import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { automaticSmoothing, combinedSmoothing, fitFamily, project } from './automatic-smoothing.ts'
import { croston } from './croston.ts'
import { seasonalFigures } from './seasonality.ts'
import { scaledError, seasonalNaive, symmetricError, type Series } from './series.ts'
import { smoothLevel, smoothWith, theta } from './theta.ts'

interface Competition {
  series: { period: string; freq: number; h: number; x: number[]; xx: number[] }[]
}
interface Published {
  thetaf_mean_of_series_smape: Record<string, number>
  snaive: Record<string, number>
  croston_tiny: { x: number[]; alpha: number; value: number }
}
const folder = process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const file = join(folder, 'forecast/m1.json.gz')
const there = existsSync(file)

test.skipIf(!there)(
  there ? 'the competition of 1,001 series: at least as good as published' : 'skipped: no data',
  () => {
    const published = JSON.parse(readFileSync(join(folder, 'forecast/published.json'), 'utf8')) as Published
    const { series } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Competition
    const errorOf = (forecast: (series: Series, horizon: number) => { mean: Float64Array }, every = 1) => {
      const some = series.filter((_, at) => at % every === 0)
      return some.reduce((sum, { x, xx, h, freq }) => {
        const { mean } = forecast({ values: Float64Array.from(x), season: freq }, h)
        return sum + symmetricError(xx, mean) / some.length
      }, 0)
    }
    expect(errorOf(seasonalNaive)).toBeCloseTo(published.snaive['ALL']!, 5)
    const thetaError = errorOf(theta)
    expect(thetaError).toBeLessThanOrEqual(17.15)
    expect(Math.abs(thetaError - published.thetaf_mean_of_series_smape['ALL']!)).toBeLessThan(0.01)
    // The family takes longer: every third series here, all of them in docs/evaluate.md.
    expect(errorOf(automaticSmoothing, 3)).toBeLessThan(errorOf(theta, 3))
    const { x, alpha, value } = published.croston_tiny
    expect(croston(Float64Array.from(x), 1, alpha).rate).toBeCloseTo(value, 7)
  },
)

test('the level of simple smoothing is the best of all first levels and weights', () => {
  const random = createRandom(5)
  const values = Float64Array.from({ length: 40 }, () => 20 + 5 * random.normal())
  const best = smoothLevel(values)
  for (const alpha of [0.01, 0.1, 0.3, 0.7]) {
    expect(smoothWith(values, alpha).squares).toBeGreaterThanOrEqual(best.squares * (1 - 1e-6))
    for (const first of [10, 18, 20, 25]) {
      let [level, squares] = [first, 0]
      for (const value of values) {
        squares += (value - level) ** 2
        level += alpha * (value - level)
      }
      expect(squares).toBeGreaterThanOrEqual(smoothWith(values, alpha).squares - 1e-9)
    }
  }
})

/** A year of months with a slope and a season, exactly. */
const exact = (kind: 'factor' | 'difference') =>
  Float64Array.from({ length: 72 }, (_, t) => {
    const wave = Math.sin((2 * Math.PI * t) / 12)
    return kind === 'factor' ? (100 + 2 * t) * (1 + 0.3 * wave) : 100 + 2 * t + 30 * wave
  })

test('a line with a season is carried on', () => {
  for (const kind of ['factor', 'difference'] as const) {
    const values = exact(kind)
    const history = { values: values.slice(0, 60), season: 12 }
    const { mean, form } = automaticSmoothing(history, 12)
    expect(form?.season).toBe(kind === 'factor' ? 'multiplicative' : 'additive')
    expect(symmetricError(values.slice(60), mean)).toBeLessThan(1.5)
    expect(seasonalFigures(history, kind)).toHaveLength(12)
  }
  expect(scaledError({ values: exact('difference'), season: 12 }, [1, 2], [1, 2])).toBe(0)
})

test('intervals hold what they promise, for series made by the family itself', () => {
  const random = createRandom(inject('seed'))
  let [inside, all] = [0, 0]
  for (let run = 0; run < 150; run++) {
    let level = 50
    const values = Float64Array.from({ length: 80 }, () => {
      const error = random.normal()
      const value = level + error
      level += 0.4 * error
      return value
    })
    const { mean, deviation } = automaticSmoothing({ values: values.slice(0, 72), season: 1 }, 8)
    mean.forEach((expected, step) => {
      inside += Number(Math.abs(values[72 + step]! - expected) <= 1.96 * deviation[step]!)
      all += 1
    })
  }
  expect(inside / all).toBeGreaterThan(0.88)
  expect(inside / all).toBeLessThan(0.99)
})

test('deviations follow from drawing the errors to come', () => {
  const random = createRandom(11)
  const values = exact('difference').map((value) => value + 5 * random.normal())
  const fitted = fitFamily({ values, season: 12 }).find(({ form }) => form.season === 'additive')!
  const { mean, deviation } = project(fitted, values.length, 14)
  const squares = new Float64Array(14)
  for (let draw = 0; draw < 4000; draw++) {
    let { level, slope } = fitted.end
    const figures = fitted.end.figures.slice()
    for (let step = 0; step < 14; step++) {
      const place = (values.length + step) % 12
      const error = fitted.sigma * random.normal()
      const reached = level + fitted.weights.phi * slope
      squares[step]! += (reached + figures[place]! + error - mean[step]!) ** 2 / 4000
      level = reached + fitted.weights.alpha * error
      slope = fitted.weights.phi * slope + fitted.weights.beta * error
      figures[place]! += fitted.weights.gamma * error
    }
  }
  squares.forEach((variance, step) => expect(Math.sqrt(variance) / deviation[step]!).toBeCloseTo(1, 1))
})

test('slow movers: three ways, and a thing nobody wants any more goes to nothing', () => {
  const dying = Float64Array.from([5, 0, 5, 0, 5, ...Array<number>(40).fill(0)])
  expect(croston(dying, 1).rate).toBeGreaterThan(2)
  expect(croston(dying, 1, 0.1, 'syntetos_boylan').rate).toBeCloseTo(0.95 * croston(dying, 1).rate, 12)
  expect(croston(dying, 1, 0.1, 'teunter_syntetos_babai').rate).toBeLessThan(0.1)
})

test('short, constant and impossible series', () => {
  const constant = automaticSmoothing({ values: new Float64Array(30).fill(4), season: 12 }, 3)
  expect([...constant.mean, ...constant.deviation]).toEqual([4, 4, 4, 0, 0, 0])
  expect(theta({ values: new Float64Array(30).fill(4), season: 12 }, 1).mean[0]).toBeCloseTo(4, 9)
  expect(automaticSmoothing({ values: Float64Array.of(1, 2), season: 12 }, 2).form).toBeNull()
  expect([...theta({ values: Float64Array.of(7), season: 1 }, 2).mean]).toEqual([7, 7])
  expect(
    combinedSmoothing({ values: Float64Array.of(-3, 2, -1, 4, 0, 3, -2, 5), season: 4 }, 3).mean.every(Number.isFinite),
  ).toBe(true)
  expect(() => theta({ values: new Float64Array(0), season: 1 }, 1)).toThrow('empty')
  expect(() => theta({ values: Float64Array.of(1, Number.NaN), season: 1 }, 1)).toThrow('not_a_number')
  expect(() => automaticSmoothing({ values: Float64Array.of(1), season: 1 }, 0)).toThrow('horizon')
  expect(() => croston(new Float64Array(5), 1)).toThrow('too_few')
  expect(() => croston(Float64Array.of(1, -1), 1)).toThrow('demand')
})
