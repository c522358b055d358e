import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { carryOver, saturate } from './carry-over.ts'
import { fitMediaMix, trendAndSeason, type MediaMixData } from './media-mix.ts'

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

/** Two years of weeks of two channels whose shares are known. */
function world(seed: number, unit = 1): MediaMixData & { shares: number[] } {
  const random = createRandom(seed)
  const weeks = 156
  const spend = [0.7, 0.2].map(() =>
    Float64Array.from({ length: weeks }, () => (random.float() < 0.3 ? 0 : random.gamma(2) / 3)),
  )
  const season = trendAndSeason(weeks, 52, 1)
  const made = spend.map((values, k) =>
    saturate(carryOver(values, [0.6, 0.2][k]!), 'logistic', [[2], [4]][k]!).map((value) => value * [1.5, 1][k]!),
  )
  const sales = made[0]!.map(
    (value, t) =>
      3 + value + made[1]![t]! + 0.4 * season.values[0]![t]! + 0.3 * season.values[1]![t]! + 0.1 * random.normal(),
  )
  return {
    sales,
    channels: { names: ['radio', 'web'], values: spend.map((values) => values.map((value) => value * unit)) },
    controls: season,
    shares: made.map((values) => sum(values) / sum(sales)),
  }
}

test('carry-over spreads, and loses only what falls after the end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 9, maxLength: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (spend, retention) => {
        const series = Float64Array.from([...spend, ...Array<number>(7).fill(0)])
        expect(sum(carryOver(series, retention))).toBeCloseTo(sum(series), 9)
        carryOver(series, 0).forEach((value, t) => expect(value).toBeCloseTo(series[t]!, 12))
      },
    ),
  )
  expect(carryOver(Float64Array.of(4, 0, 0), 1, 2)).toEqual(Float64Array.of(2, 2, 0))
})

test('saturation rises from nothing towards one, half at half', () => {
  const x = Float64Array.of(0, 0.5, 2, 50)
  const logistic = saturate(x, 'logistic', [1.5])
  logistic.forEach((value, at) =>
    expect(value).toBeCloseTo((1 - Math.exp(-1.5 * x[at]!)) / (1 + Math.exp(-1.5 * x[at]!)), 12),
  )
  expect(saturate(Float64Array.of(0, 2), 'hill', [2, 3])).toEqual(Float64Array.of(0, 0.5))
})

describe('shares of channels', () => {
  test('are found within what is promised', () => {
    for (const seed of [1, 2, 3]) {
      const data = world(seed)
      fitMediaMix(data).channels.forEach(({ share, shareError }, k) => {
        expect(Math.abs(share - data.shares[k]!)).toBeLessThan(0.05)
        expect(Math.abs(share - data.shares[k]!)).toBeLessThan(3.5 * shareError)
      })
    }
  })

  test('do not depend on the unit of the spend, while shapes and returns do', () => {
    const [plain, cents] = [fitMediaMix(world(4)), fitMediaMix(world(4, 100))]
    plain.channels.forEach((channel, k) => {
      expect(cents.channels[k]!.share).toBeCloseTo(channel.share, 6)
      expect(cents.channels[k]!.shapes[0]! * 100).toBeCloseTo(channel.shapes[0]!, 4)
      expect(cents.channels[k]!.returnOnSpend * 100).toBeCloseTo(channel.returnOnSpend, 4)
    })
    expect(plain.r2).toBeGreaterThan(0.8)
    expect(plain.baseline.names[0]).toBe('intercept')
  })

  test('a channel that does nothing gets nothing, or next to nothing', () => {
    const data = world(5)
    const idle = {
      names: [...data.channels.names, 'idle'],
      values: [...data.channels.values, Float64Array.from(data.sales, createRandom(9).float)],
    }
    const found = fitMediaMix({ ...data, channels: idle }).channels[2]!
    expect(found.share).toBeGreaterThanOrEqual(0)
    expect(found.low).toBeLessThan(0.02)
  })

  test('hill curves too', () => {
    expect(fitMediaMix(world(6), { saturation: 'hill' }).channels[0]!.shapes).toHaveLength(2)
  })
})

describe('data that hold no answer', () => {
  const good = world(7)
  const [radio, web] = good.channels.values as [Float64Array, Float64Array]
  const channels = (names: string[], values: Float64Array[]) => ({ channels: { names, values } })
  test.each([
    ['nothing', { sales: new Float64Array(0) }, 'empty'],
    ['no channel', channels([], []), 'too_few'],
    [
      'a few weeks',
      { sales: good.sales.slice(0, 6), channels: { names: ['a'], values: [radio.slice(0, 6)] } },
      'too_few',
    ],
    ['sales that never move', { sales: new Float64Array(156).fill(3) }, 'constant'],
    ['the same spend every week', channels(['a'], [new Float64Array(156).fill(3)]), 'constant'],
    ['negative spend', channels(['a'], [radio.with(3, -1)]), 'out_of_range'],
    ['a gap', channels(['a'], [web.with(3, NaN)]), 'not_a_number'],
    ['a channel of another length', channels(['a'], [web.slice(1)]), 'mismatch'],
    ['two channels that always move together', channels(['a', 'b'], [web, web.map((value) => 2 * value)]), 'collinear'],
  ])('%s', (_what, changed: Partial<MediaMixData>, reason) => {
    let found = 'answered'
    try {
      fitMediaMix({ ...good, ...changed })
    } catch (error) {
      found = error instanceof Unanswerable ? error.reason : String(error)
    }
    expect(found).toBe(reason)
  })
})
