import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Unanswerable } from '../unanswerable.ts'
import { curvature, slopeByDifferences } from './derivatives.ts'
import { factorise, invertFactored, leastSquares, solveFactored, solveLinear } from './matrix.ts'
import { minimise, minimiseWithoutSlope } from './minimise.ts'
import { gaussQuadrature } from './quadrature.ts'
import { createRandom } from './random.ts'

/** H. H. Rosenbrock's valley: lowest at (1, 1), reached along a curve. */
const valley = (x: Float64Array, slope: Float64Array): number => {
  slope[0] = -2 * (1 - x[0]!) - 400 * x[0]! * (x[1]! - x[0]! ** 2)
  slope[1] = 200 * (x[1]! - x[0]! ** 2)
  return (1 - x[0]!) ** 2 + 100 * (x[1]! - x[0]! ** 2) ** 2
}
const height = (x: Float64Array): number => valley(x, new Float64Array(2))

describe('finding the lowest point', () => {
  test('with slopes', () => {
    const { x, converged, iterations } = minimise(valley, [-1.2, 1])
    expect(converged).toBe(true)
    expect(iterations).toBeLessThan(100)
    expect(Math.hypot(x[0]! - 1, x[1]! - 1)).toBeLessThan(1e-7)
  })

  test('without slopes', () => {
    const { x } = minimiseWithoutSlope(height, [-1.2, 1], { tolerance: 1e-14 })
    expect(Math.hypot(x[0]! - 1, x[1]! - 1)).toBeLessThan(1e-5)
  })

  test('a function that has no value in places', () => {
    const wall = (x: Float64Array, slope: Float64Array): number => {
      slope[0] = 1 - 1 / x[0]!
      return x[0]! <= 0 ? Infinity : x[0]! - Math.log(x[0]!)
    }
    expect(minimise(wall, [8]).x[0]).toBeCloseTo(1, 8)
  })

  test('a search cut short says that it had not settled', () => {
    expect(minimise(valley, [-1.2, 1], { iterations: 3 }).converged).toBe(false)
  })
})

test('differences agree with exact slopes and curvatures', () => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), (a, b) => {
      const x = Float64Array.of(a, b)
      const exact = new Float64Array(2)
      valley(x, exact)
      slopeByDifferences(height, x).forEach((slope, at) => expect(slope).toBeCloseTo(exact[at]!, 5))
      const exactCurvature = [2 - 400 * b + 1200 * a * a, -400 * a, -400 * a, 200]
      curvature(valley, x).forEach((value, at) => expect(value).toBeCloseTo(exactCurvature[at]!, 4))
    }),
  )
})

const randomColumns = (seed: number, rows: number, size: number): Float64Array[] => {
  const random = createRandom(seed)
  return Array.from({ length: size }, () => Float64Array.from({ length: rows }, random.normal))
}

test('least squares leave residuals at right angles to every column, and agree with the normal equations', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, size) => {
      const values = randomColumns(seed, 20, size)
      const y = randomColumns(seed + 1, 20, 1)[0]!
      const names = values.map((_, at) => `x${at}`)
      const { coefficients, residuals, inverseGram } = leastSquares({ names, values }, y)
      const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, one, at) => sum + one * b[at]!, 0)
      for (const column of values) expect(Math.abs(product(column, residuals))).toBeLessThan(1e-10)
      const gram = Float64Array.from(values.flatMap((one) => values.map((other) => product(one, other))))
      const right = values.map((column) => product(column, y))
      solveLinear(gram, right)!.forEach((value, at) => expect(value).toBeCloseTo(coefficients[at]!, 8))
      const factor = factorise(gram, size)
      if ('dependent' in factor) throw new Error('random columns depend on one another')
      solveFactored(factor, right).forEach((value, at) => expect(value).toBeCloseTo(coefficients[at]!, 8))
      invertFactored(factor).forEach((value, at) => expect(value).toBeCloseTo(inverseGram[at]!, 8))
    }),
    { numRuns: 50 },
  )
})

test('columns that follow from one another are named', () => {
  const [a, b] = randomColumns(5, 12, 2) as [Float64Array, Float64Array]
  const sum = a.map((one, at) => 3 * one - b[at]!)
  const refused = () => leastSquares({ names: ['a', 'b', 'sum'], values: [a, b, sum] }, a)
  expect(refused).toThrow(new Unanswerable('collinear', { column: 'sum' }))
  expect(factorise(Float64Array.of(1, 2, 2, 4), 2)).toEqual({ dependent: 1 })
  expect(solveLinear(Float64Array.of(1, 2, 2, 4), [1, 2])).toBeNull()
})

test('the rule of Gauss is exact for polynomials', () => {
  for (const count of [1, 2, 5, 16]) {
    const { places, weights } = gaussQuadrature(count)
    for (let power = 0; power < 2 * count; power++) {
      const sum = places.reduce((total, place, at) => total + weights[at]! * place ** power, 0)
      expect(sum).toBeCloseTo(1 / (power + 1), 13)
    }
  }
})
