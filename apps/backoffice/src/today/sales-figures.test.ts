import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisFor, salesByMedium } from './sales-figures.ts'

const mediumOf = (code: string) => (code === 'web' ? 'web' : code === 'ghost' ? undefined : 'store')
const sale = (date: string, channelCode: string, revenueMinor: number) => ({
  date,
  channelCode,
  orders: 1,
  revenueMinor,
})

test('shops are one medium, days without sales are there, the medium that sells most comes first', () => {
  const sales = salesByMedium(
    [sale('2026-03-01', 'nantes', 500), sale('2026-03-01', 'lyon', 700), sale('2026-03-03', 'web', 1_000)],
    mediumOf,
  )
  expect(sales.days.map(({ date, total }) => [date, total])).toEqual([
    ['2026-03-01', 1_200],
    ['2026-03-02', 0],
    ['2026-03-03', 1_000],
  ])
  expect(sales.media).toEqual([
    { medium: 'store', total: 1_200 },
    { medium: 'web', total: 1_000 },
  ])
  expect([sales.total, sales.orders]).toEqual([2_200, 3])
})

test('a channel that is not known counts in the total, and in no colour', () => {
  const sales = salesByMedium([sale('2026-03-01', 'ghost', 300)], mediumOf)
  expect([sales.total, sales.media]).toEqual([300, []])
})

test('an axis holds the greatest value, starts at zero and has few round steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (most) => {
      const { end, ticks } = axisFor(most)
      expect(end).toBeGreaterThanOrEqual(most)
      expect(ticks[0]).toBe(0)
      expect(ticks.length).toBeLessThanOrEqual(5)
      expect(ticks.at(-1)).toBeCloseTo(end)
    }),
  )
})
