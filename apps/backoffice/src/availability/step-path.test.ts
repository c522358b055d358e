import { expect, test } from 'vitest'
import { stepPath, timeAxis } from './step-path.ts'

test('a line keeps its height until the next point', () => {
  expect(
    stepPath(
      [
        [0, 10],
        [40, 4],
      ],
      100,
    ),
  ).toBe('M0 10 H40 V4 H100')
  expect(stepPath([], 100)).toBe('')
})

test('an axis shows days by their distance, and names none that would touch another', () => {
  const axis = timeAxis(['2026-03-01', '2026-03-02', '2026-03-21'], 0, 1_000)
  expect(axis.x('2026-03-01')).toBe(0)
  expect(axis.x('2026-03-21')).toBeCloseTo(1_000 / 1.15)
  expect(axis.labels.map(({ date }) => date)).toEqual(['2026-03-01', '2026-03-21'])
})
