import { expect, test } from 'vitest'
import { lineAxis } from './line-axis.ts'

test('an axis holds nought and all values, in round steps', () => {
  expect(lineAxis([3, 9])).toEqual({ least: 0, most: 10, ticks: [0, 2.5, 5, 7.5, 10] })
  expect(lineAxis([-30, 80])).toEqual({ least: -40, most: 80, ticks: [-40, -20, 0, 20, 40, 60, 80] })
  expect(lineAxis([-5, -1])).toMatchObject({ least: -6, most: 0 })
  for (const values of [[], [0, 0]]) expect(lineAxis(values).most).toBeGreaterThan(lineAxis(values).least)
})
