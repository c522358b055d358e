import { expect, test } from 'vitest'
import { differenceOf, needsApproval, valueOf, type Counted } from './count-differences.ts'

const line = (counted: number | null, expected: number, cost: bigint | null = 100n): Counted => ({
  counted_units: counted,
  expected_units: expected,
  difference_units: null,
  unit_cost_minor: cost,
})

test('a difference is what was counted less what the journal says of that moment', () => {
  expect([differenceOf(line(3, 5)), differenceOf(line(null, 5))]).toEqual([-2, null])
  expect(differenceOf({ ...line(3, 5), difference_units: -1 })).toBe(-1)
})

test('gains and losses are summed for the value, and do not hide each other for approval', () => {
  const lines = [line(3, 5), line(7, 5), line(2, 1, null)]
  expect(valueOf(lines)).toEqual({ minor: 0n, absoluteMinor: 400n, withoutCost: 1 })
  expect(needsApproval(lines)).toBe(false)
  expect(needsApproval([line(0, 2, 10_000n)])).toBe(true)
  expect(needsApproval([line(9, 4, 1n)])).toBe(true)
})
