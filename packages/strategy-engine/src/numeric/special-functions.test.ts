import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chiSquareCdf,
  erfc,
  normalCdf,
  normalDensity,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from './distributions.ts'
import { betaCdf, digamma, gammaCdf, hypergeometric, logBeta, logGamma, trigamma } from './gamma-functions.ts'

const close = (found: number, wanted: number, tolerance = 1e-12) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)))

test('values of tables', () => {
  close(logGamma(0.5), Math.log(Math.sqrt(Math.PI)))
  close(logGamma(10), Math.log(362_880))
  close(logGamma(100), 359.1342053695754)
  close(logGamma(1e-5), 11.512919692895824)
  close(digamma(1), -0.5772156649015329)
  close(digamma(0.5), -1.9635100260214235)
  close(trigamma(1), Math.PI ** 2 / 6)
  close(logBeta(2, 3), Math.log(1 / 12))
  close(normalCdf(1.959963984540054), 0.975)
  close(normalCdf(-6) * 1e9, 0.9865876450376946, 1e-10)
  close(normalQuantile(0.975), 1.959963984540054)
  close(normalQuantile(1e-10), -6.361340902404056, 1e-9)
  close(erfc(0.5), 0.4795001221869535)
  close(studentQuantile(0.975, 10), 2.2281388519649385, 1e-10)
  close(studentCdf(1, 1), 0.75)
  close(chiSquareCdf(3.841458820694124, 1), 0.95)
  close(betaCdf(0.3, 2, 3), 0.3483)
  close(gammaCdf(2, 1), 1 - Math.exp(-2))
  close(hypergeometric(1, 1, 2, 0.5), 2 * Math.log(2))
  close(hypergeometric(1, 1, 2, 0.99), -Math.log(0.01) / 0.99, 1e-11)
})

const positive = fc.double({ min: 0.05, max: 60, noNaN: true })
const share = fc.double({ min: 0.001, max: 0.98, noNaN: true })

test('recurrences and reflections hold everywhere', () => {
  fc.assert(
    fc.property(positive, positive, share, (a, b, x) => {
      close(logGamma(a + 1), logGamma(a) + Math.log(a), 1e-11)
      close(digamma(a + 1), digamma(a) + 1 / a, 1e-11)
      close(trigamma(a + 1), trigamma(a) - 1 / (a * a), 1e-9)
      close(betaCdf(x, a, b), 1 - betaCdf(1 - x, b, a), 1e-10)
      close(gammaCdf(b, a), gammaCdf(b, a + 1) + Math.exp(a * Math.log(b) - b - logGamma(a + 1)), 1e-10)
      close(normalCdf(normalQuantile(x)), x)
      close(normalCdf(-a / 10), 1 - normalCdf(a / 10))
    }),
  )
})

test('densities are the slopes of their distributions', () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) => {
      close((normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5, normalDensity(x), 1e-8)
    }),
  )
})

test('the hypergeometric function satisfies its contiguous relation', () => {
  fc.assert(
    fc.property(positive, positive, positive, share, (a, b, c, z) => {
      fc.pre(a + b < 40)
      // Abramowitz, Stegun 15.2.14: (b − a)F + aF(a+1) − bF(b+1) = 0.
      const terms = [
        (b - a) * hypergeometric(a, b, c, z),
        a * hypergeometric(a + 1, b, c, z),
        b * hypergeometric(a, b + 1, c, z),
      ] as const
      const scale = Math.max(...terms.map(Math.abs))
      expect(Math.abs(terms[0] + terms[1] - terms[2]) / scale).toBeLessThan(1e-9)
    }),
  )
})
