import { expect, test } from 'vitest'
import { coverageOf, knownWorlds, type WorldKind } from './known-truth.ts'

// The whole run has 1,000 worlds of each kind (docs/evaluate.md); of 150 fair ones, 133 to 149 hold the truth in 998 runs of 1,000.
test.each(Object.keys(knownWorlds) as WorldKind[])(
  '%s: the truth lies in the interval about as often as is said',
  (kind) => {
    const { coverage, lean } = coverageOf(kind, 150, 1)
    expect(coverage).toBeGreaterThan(0.88)
    expect(coverage).toBeLessThan(0.998)
    expect(Math.abs(lean)).toBeLessThan(4)
  },
)

test('the same seed gives the same worlds', () => {
  expect(coverageOf('lift', 20, 7)).toEqual(coverageOf('lift', 20, 7))
  expect(coverageOf('lift', 20, 7)).not.toEqual(coverageOf('lift', 20, 8))
  expect(() => coverageOf('lift', 0, 7)).toThrow('out_of_range')
})
