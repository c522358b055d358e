import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewestActs, ownHour } from './own-hour.ts'

const at = (hours: readonly number[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => hours.filter((one) => one === hour).length)

test('somebody acts at the hour at which they mostly do, and those next to it speak for it', () => {
  expect(ownHour(at([18, 18, 18, 9, 9]))).toEqual({ hour: 18, acts: 5, there: 3 })
  expect(ownHour(at([12, 12, 12, 20, 20, 21, 21]))?.hour).toBe(12)
  expect(ownHour(at([12, 12, 12, 19, 20, 20, 20, 21]))?.hour).toBe(20)
  // The night goes over midnight.
  expect(ownHour(at([23, 0, 0, 1, 12, 12]))?.hour).toBe(0)
  expect(ownHour(at([9, 18, 9, 18, 14]))?.hour).toBe(9)
  expect(ownHour(at([18, 18, 18, 18]))).toBeNull()
})

test('no other hour has more acts at and around it, counted one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 60 }), (hours) => {
      const found = ownHour(at(hours))
      if (hours.length < fewestActs) {
        expect(found).toBeNull()
        return
      }
      const distance = (one: number, other: number) => Math.min((one - other + 24) % 24, (other - one + 24) % 24)
      const weights = Array.from({ length: 24 }, (_, hour) =>
        hours.reduce((sum, one) => sum + (distance(one, hour) === 0 ? 2 : distance(one, hour) === 1 ? 1 : 0), 0),
      )
      const most = Math.max(...weights)
      expect(found).toEqual({
        hour: weights.indexOf(most),
        acts: hours.length,
        there: hours.filter((one) => one === weights.indexOf(most)).length,
      })
    }),
  )
})
