import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { YieldBody } from '@ecluse/contracts/yield.ts'
import { judgeYield } from '../domain/judge-yield.ts'

const question: YieldBody = {
  capacity: 20,
  classes: [
    { name: 'Tôt', fare: 40, mean: 18, deviation: 5 },
    { name: 'Tard', fare: 90, mean: 8, deviation: 3 },
  ],
  showRate: 0.9,
  keptOfNoShow: 0.5,
  deniedCost: 200,
}

test('the dearer class keeps what Littlewood keeps for it, and the cheaper one may have the rest', () => {
  const { classes, revenue } = judgeYield(question)
  // P(D > y) = 40/90: a little above the mean, 8 + 3 Φ⁻¹(1 − 4/9).
  expect(classes[0]).toMatchObject({ name: 'Tard', limit: 20 })
  expect(classes[0]?.emsrB).toBeCloseTo(8 + 3 * 0.13971, 3)
  expect(classes[0]?.kept).toBe(8)
  expect(classes[1]).toMatchObject({ name: 'Tôt', emsrB: 0, kept: 0, limit: 12 })
  expect(revenue.best).toBeGreaterThan(revenue.firstCome)
})

test('the optimum brings no less than any other rule, whatever the classes', () => {
  const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.record({ fare: amount(1, 300), mean: amount(0.5, 30), deviation: amount(0, 10) }), {
        minLength: 2,
        maxLength: 5,
      }),
      (capacity, drawn) => {
        const classes = drawn.map((one, at) => ({ name: `c${at}`, ...one }))
        const { revenue, classes: told } = judgeYield({ ...question, capacity, classes, deniedCost: 10_000 })
        expect(revenue.best).toBeGreaterThanOrEqual(Math.max(revenue.firstCome, revenue.emsrB) - 1e-6 * revenue.best)
        expect(told.map(({ limit }) => limit)).toEqual(told.map(({ limit }) => limit).toSorted((a, b) => b - a))
      },
    ),
  )
})

test('more is sold than there are places while those who stay away outweigh those sent away', () => {
  expect(judgeYield(question).overbooking?.limit).toBeGreaterThan(20)
  expect(judgeYield({ ...question, showRate: 1 }).overbooking).toMatchObject({ limit: 20, denied: 0 })
  // Sent away for no more than the price, each one more still pays.
  expect(judgeYield({ ...question, deniedCost: 60, keptOfNoShow: 1, showRate: 0.5 }).overbooking).toBeNull()
})

test('what cannot be is explained: a price of nothing, one who is sent away for less than the price', () => {
  const free = question.classes.map((one) => ({ ...one, fare: 0 }))
  expect(() => judgeYield({ ...question, classes: free })).toThrow(/out_of_range/)
  expect(() => judgeYield({ ...question, deniedCost: 1 })).toThrow(/out_of_range/)
})
