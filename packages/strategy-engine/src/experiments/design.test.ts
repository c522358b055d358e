import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { alwaysValid } from './always-valid.ts'
import { varianceForAlwaysValid } from './always-valid-size.ts'
import { clustersOf } from './clusters.ts'
import { sampleRatioPValue } from './sample-ratio.ts'
import { powerOfMeans, sizeForMeans } from './sample-size.ts'

test('likeness by hand, and of worlds where it is known', () => {
  // Means 2 and 6 around 4: between 3 · 4 + 3 · 4 = 24, within 4 / 4 = 1, so ρ = (24 − 1) / (24 + 2 · 1).
  const { count, size, likeness } = clustersOf([
    [1, 2, 3],
    [5, 6, 7],
  ])
  expect([count, size]).toEqual([2, 3])
  expect(likeness).toBeCloseTo(23 / 26, 12)
  expect(
    clustersOf([
      [1, 3],
      [3, 1],
    ]).likeness,
  ).toBe(0)
  expect(clustersOf([[1], [4]]).likeness).toBe(0)
  expect(clustersOf([[1, 1], [], [1, 2, 1, 2]]).size).toBeCloseTo(20 / 6, 12)
  const random = createRandom(11)
  const groups = Array.from({ length: 400 }, (_, at) => {
    const shop = Math.sqrt(0.2) * random.normal()
    return Array.from({ length: 5 + (at % 30) }, () => shop + Math.sqrt(0.8) * random.normal())
  })
  expect(Math.abs(clustersOf(groups).likeness - 0.2)).toBeLessThan(0.05)
  expect(() => clustersOf([[1, 2], []])).toThrow('too_few')
  expect(() => clustersOf([[1, Number.NaN], [2]])).toThrow('not_a_number')
})

test('the ratio of arms as R’s chisq.test gives it', () => {
  // chisq.test(c(520, 480)): X-squared = 1.6, p-value = 0.2059; c(60, 30, 10) with p = c(.5, .3, .2): X-squared = 7, p-value = 0.03020.
  expect(sampleRatioPValue([520, 480], [50, 50])).toBeCloseTo(0.2059, 4)
  expect(sampleRatioPValue([60, 30, 10], [5, 3, 2])).toBeCloseTo(Math.exp(-3.5), 9)
  expect(sampleRatioPValue([0, 0], [1, 1])).toBe(1)
  expect(() => sampleRatioPValue([1, 2], [1])).toThrow('mismatch')
  expect(() => sampleRatioPValue([1, 2], [1, 0])).toThrow('out_of_range')
})

test('at the variance asked for the always-valid interval is as wide as was said', () => {
  for (const [effect, power, level] of [
    [1, 0.8, 0.05],
    [0.02, 0.5, 0.01],
    [350, 0.9, 0.1],
  ] as const) {
    const variance = varianceForAlwaysValid(effect, power, level)
    // Two groups of a thousand whose difference has that variance.
    const squares = (variance / 2) * 1_000 * 999
    const group = (mean: number) => ({ count: 1_000, mean, squares })
    const { low } = alwaysValid(group(effect), group(0), { expectedEffect: effect, level, fewest: 2 })
    const z = { 0.5: 0, 0.8: 0.8416212336, 0.9: 1.2815515655 }[power]
    expect(low).toBeCloseTo(z * Math.sqrt(variance), 8)
  }
  expect(() => varianceForAlwaysValid(0, 0.8, 0.05)).toThrow('out_of_range')
})

test('an effect of the size planned for is found about as often as was said, looking as often as one likes', () => {
  const [effect, level] = [0.5, 0.05]
  const variance = varianceForAlwaysValid(effect, 0.8, level)
  const most = Math.ceil(2 / variance)
  const random = createRandom(3)
  let found = 0
  for (let run = 0; run < 400; run++) {
    let [sum, p] = [0, 1]
    for (let n = 1; n <= most && p > level; n++) {
      sum += effect + Math.SQRT2 * random.normal()
      if (n < 20) continue
      const group = (mean: number) => ({ count: n, mean, squares: n - 1 })
      p = alwaysValid(group(sum / n), group(0), { expectedEffect: effect, level, fewest: 2 }, p).pValue
    }
    if (p <= level) found += 1
  }
  expect(found / 400).toBeGreaterThan(0.78)
})

test('an effect that dwarfs the spread is answered at once', () => {
  const certainty = { level: 0.05, sides: 2 } as const
  expect(powerOfMeans(2, 1e6, 1, certainty)).toBe(1)
  expect(sizeForMeans(1e6, 1, 0.8, certainty)).toBe(2)
  // Where the shortcut begins, the series says the same.
  expect(powerOfMeans(2, 45, 1, certainty)).toBeCloseTo(1, 12)
})
