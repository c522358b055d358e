import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { bgNbdCount } from './bg-nbd.ts'

const positive = fc.double({ min: 0.2, max: 8, noNaN: true })

test('the chances of so many repeat purchases are chances, and together one', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, positive, (r, alpha, a, b, t) => {
      let sum = 0
      for (let x = 0; x < 400; x++) {
        const chance = bgNbdCount({ r, alpha, a, b }, x, t)
        expect(chance).toBeGreaterThanOrEqual(0)
        expect(chance).toBeLessThanOrEqual(1)
        sum += chance
      }
      // What is beyond four hundred is not quite nothing where people buy often.
      expect(sum).toBeLessThanOrEqual(1 + 1e-9)
      if (r * (t / alpha) < 20) expect(sum).toBeGreaterThan(0.99)
    }),
    { numRuns: 30 },
  )
})

test('invented customers come back as often as it says', () => {
  const random = createRandom(7)
  const [r, alpha, a, b, t] = [0.7, 4, 0.8, 2.5, 30]
  const seen = [0, 0, 0, 0]
  const people = 20_000
  for (let person = 0; person < people; person++) {
    const [rate, leaves] = [random.gamma(r) / alpha, random.beta(a, b)]
    let x = 0
    for (let time = random.exponential() / rate; time <= t; time += random.exponential() / rate) {
      x++
      if (random.float() < leaves) break
    }
    if (x < seen.length) seen[x]!++
  }
  seen.forEach((count, x) =>
    expect(Math.abs(count / people - bgNbdCount({ r, alpha, a, b }, x, t))).toBeLessThan(0.012),
  )
})
