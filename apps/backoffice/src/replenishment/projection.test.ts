import { expect, test } from 'vitest'
import type { ReplenishmentFigures } from '@ecluse/contracts/replenishment.ts'
import { daysLeft, projectStock } from './projection.ts'

const figures = { position: 6, demandPerDay: 2, leadDays: 2, reviewDays: 1, coverDays: 7 } as ReplenishmentFigures

test('stock falls by what sells, and rises once what was ordered has come', () => {
  const days = projectStock(figures, 10)
  expect(days).toHaveLength(11)
  expect(days.slice(0, 4)).toEqual([
    { day: 0, without: 6, withOrder: 6 },
    { day: 1, without: 4, withOrder: 4 },
    { day: 2, without: 2, withOrder: 12 },
    { day: 3, without: 0, withOrder: 10 },
  ])
  expect(days.every(({ without, withOrder }) => without >= 0 && withOrder >= without)).toBe(true)
})

test('days left are whole, and none are told of what nobody buys', () => {
  expect([
    daysLeft(figures),
    daysLeft({ ...figures, position: -1 }),
    daysLeft({ ...figures, demandPerDay: 0 }),
  ]).toEqual([3, 0, null])
})
