import { describe, expect, test } from 'vitest'
import { createRandom } from './random.ts'

const sampleOf = (n: number, draw: () => number): { mean: number; variance: number } => {
  let mean = 0
  let squares = 0
  for (let i = 1; i <= n; i++) {
    const x = draw()
    const delta = x - mean
    mean += delta / i
    squares += delta * (x - mean)
  }
  return { mean, variance: squares / (n - 1) }
}

test('the same seed gives the same numbers, another seed others, on every machine', () => {
  const draws = (seed: number) => Array.from({ length: 4 }, createRandom(seed).float)
  expect(draws(7)).toEqual(draws(7))
  expect(draws(7)).not.toEqual(draws(8))
  expect(draws(2 ** 40 + 7)).not.toEqual(draws(7))
})

test('a stream does not depend on what was drawn before it, nor resembles its neighbours', () => {
  const fresh = createRandom(3)
  const used = createRandom(3)
  used.normal()
  expect(used.stream(5).float()).toBe(fresh.stream(5).float())
  expect(fresh.stream(5).float()).not.toBe(fresh.stream(6).float())
  const nested = (key: number) => fresh.stream(1).stream(2).stream(key).float()
  expect(new Set(Array.from({ length: 1_000 }, (_, key) => nested(key))).size).toBe(1_000)
  const firsts = sampleOf(
    20_000,
    (
      (key) => () =>
        fresh.stream(key++).float()
    )(0),
  )
  expect(firsts.mean).toBeCloseTo(0.5, 1)
  expect(firsts.variance).toBeCloseTo(1 / 12, 2)
})

describe('moments of the distributions', () => {
  const random = createRandom(11)
  const n = 100_000
  test.each([
    ['uniform', () => random.float(), 1 / 2, 1 / 12],
    ['normal', () => random.normal(), 0, 1],
    ['exponential', () => random.exponential(), 1, 1],
    ['gamma below 1', () => random.gamma(0.4), 0.4, 0.4],
    ['gamma above 1', () => random.gamma(3.5), 3.5, 3.5],
    ['beta', () => random.beta(2, 5), 2 / 7, 10 / (49 * 8)],
    ['poisson, small', () => random.poisson(2.5), 2.5, 2.5],
    ['poisson, large', () => random.poisson(75), 75, 75],
    ['gumbel', () => random.gumbel(), 0.5772156649, Math.PI ** 2 / 6],
    ['weighted', () => random.weighted([1, 0, 3]), 1.5, 0.75],
  ])('%s', (_name, draw, mean, variance) => {
    const found = sampleOf(n, draw)
    // Five standard errors of a mean; the seed is fixed, so this never flickers.
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n))
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.05)
  })
})
