import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareUndone, worthOfPoints } from './partner-money.ts'

test('points are worth their rate to the cent, halves up', () => {
  expect(worthOfPoints(100, 85n)).toBe(85n)
  expect(worthOfPoints(50, 85n)).toBe(43n)
  expect(worthOfPoints(1, 49n)).toBe(0n)
  expect(worthOfPoints(10_000_000, 100_000n)).toBe(10_000_000_000n)
})

test('what comes back bit by bit undoes all of it, never more on the way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(1_000), fc.array(fc.nat(900)), (points, rate, parts) => {
      const whole = { points, minor: worthOfPoints(points, BigInt(rate)) }
      let before = { points: 0, minor: 0n }
      for (const part of [...parts, points]) {
        const now = Math.min(part, points - before.points)
        const undone = shareUndone(whole, before, now)
        expect(undone).toBeGreaterThanOrEqual(0n)
        before = { points: before.points + now, minor: before.minor + undone }
        expect(before.minor).toBeLessThanOrEqual(whole.minor)
      }
      expect(before).toEqual(whole)
    }),
  )
})
