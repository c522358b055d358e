import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { bestPrice, inventPrices, priceResponse, type PriceObservations } from './price-response.ts'
import { coefficientInterval, fixedEffectsRegression, pooledRegression } from './regression.ts'

test('a line through points, by the formulas of a textbook', () => {
  // F. Anscombe 1973, the first of four sets: y = 3.000 + 0.500 x, errors 1.1247 and 0.1179, R² 0.6665.
  const x = Float64Array.of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
  const y = Float64Array.of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68)
  const fit = pooledRegression({ names: ['x'], values: [x] }, y)
  expect(fit.coefficients[0]).toBeCloseTo(3.0000909, 7)
  expect(fit.coefficients[1]).toBeCloseTo(0.5000909, 7)
  expect(fit.standardErrors[0]).toBeCloseTo(1.1247468, 6)
  expect(fit.standardErrors[1]).toBeCloseTo(0.1179055, 6)
  expect(fit.r2).toBeCloseTo(0.6665425, 7)
  expect(fit.residualError).toBeCloseTo(1.2366033, 6)
  const { low, high } = coefficientInterval(fit, 'x')
  expect(low).toBeCloseTo(0.2333701, 5)
  expect(high).toBeCloseTo(0.7668117, 5)
})

test('effects of groups are the dummies of groups', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, shops) => {
      const { volume, price, others, sellers } = inventPrices(createRandom(seed), shops, 9, -2)
      const columns = { names: ['display', 'price'], values: [others!['display']!, price] }
      const names = [...new Set(sellers)]
      const dummies = names.slice(1).map((name) => Float64Array.from(sellers!, (one) => (one === name ? 1 : 0)))
      const within = fixedEffectsRegression(columns, volume, sellers!)
      const written = pooledRegression(
        { names: [...columns.names, ...names.slice(1)], values: [...columns.values, ...dummies] },
        volume,
      )
      const close = (found: number, wanted: number) => expect(found / wanted).toBeCloseTo(1, 7)
      close(within.coefficients[1]!, written.coefficients[2]!)
      close(within.standardErrors[1]!, written.standardErrors[2]!)
      close(within.r2, written.r2)
      expect(within.degrees).toBe(written.degrees)
    }),
    { numRuns: 30 },
  )
})

test('every group alone, clustered errors are those of White', () => {
  const { volume, price } = inventPrices(createRandom(1), 30, 1, -2)
  const fit = pooledRegression(
    { names: ['price'], values: [price] },
    volume,
    Array.from(volume, (_, row) => `${row}`),
  )
  const mean = price.reduce((sum, value) => sum + value, 0) / 30
  const squares = price.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const [a, b] = fit.coefficients as unknown as [number, number]
  const meat = price.reduce((sum, value, row) => sum + ((value - mean) * (volume[row]! - a - b * value)) ** 2, 0)
  expect(fit.clusteredErrors[1]).toBeCloseTo(Math.sqrt((30 / 29) * (29 / 28) * meat) / squares, 6)
})

test('shops that are dear because they are wanted mislead the pooled elasticity, not that of each shop', () => {
  const { pooled, fixedEffects } = priceResponse(inventPrices(createRandom(2), 40, 50, -2.5))
  const last = 2
  expect(pooled.coefficients[last]).toBeGreaterThan(-2)
  expect(Math.abs(fixedEffects!.coefficients[1]! + 2.5)).toBeLessThan(4 * fixedEffects!.standardErrors[1]!)
})

test('the best price beats those beside it', () => {
  const profit = (price: number) => (price - 6) * price ** -2.5
  const best = bestPrice(-2.5, 6)
  expect(best).toBeCloseTo(10, 10)
  expect(profit(best)).toBeGreaterThan(Math.max(profit(best * 0.99), profit(best * 1.01)))
})

describe('data that hold no answer', () => {
  const good = inventPrices(createRandom(3), 4, 10, -2)
  const flat = new Float64Array(40).fill(3)
  const perShop = Float64Array.from(good.sellers!, (name) => name.charCodeAt(4))
  test.each([
    ['no sales', { volume: new Float64Array(0), price: new Float64Array(0), others: {}, sellers: [] }, 'empty'],
    ['a constant price', { price: flat }, 'constant'],
    ['a price that differs between shops only', { price: perShop }, 'constant'],
    ['sales that never change', { volume: flat }, 'constant'],
    ['a price of nothing', { price: good.price.with(7, 0) }, 'out_of_range'],
    ['no volume', { volume: good.volume.with(7, NaN) }, 'not_a_number'],
    ['a column that follows', { others: { twin: good.price.map((value) => 2 * Math.log(value)) } }, 'collinear'],
    ['a column of another length', { others: { short: Float64Array.of(1, 2) } }, 'mismatch'],
    [
      'three rows',
      {
        volume: Float64Array.of(1, 2, 3),
        price: Float64Array.of(1, 3, 2),
        others: { a: Float64Array.of(3, 1, 2) },
        sellers: ['a', 'a', 'a'],
      },
      'too_few',
    ],
  ])('%s', (_what, changed: Partial<PriceObservations>, reason) => {
    let found = 'answered'
    try {
      priceResponse({ ...good, ...changed })
    } catch (error) {
      found = error instanceof Unanswerable ? error.reason : String(error)
    }
    expect(found).toBe(reason)
  })

  test('a demand that does not mind', () => {
    expect(() => bestPrice(-0.8, 6)).toThrow('no_finite_optimum')
  })
})
