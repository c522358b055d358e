import { Unanswerable } from '../unanswerable.ts'

/** Lower triangle L of a symmetric positive definite A = L Lᵀ, rows one after the other. */
export interface Factor {
  size: number
  lower: Float64Array
}

/**
 * Factors a symmetric positive definite matrix of `size` rows, given row after row (A.-L. Cholesky). Answers the index of the first
 * column that follows from those before it, to within `tolerance` of its own size, when the matrix is singular.
 */
export function factorise(matrix: Float64Array, size: number, tolerance = 1e-12): Factor | { dependent: number } {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const rest = matrix[row * size + column]! - productOfRows(lower, row * size, column * size, column)
      if (row !== column) {
        lower[row * size + column] = rest / lower[column * size + column]!
      } else if (rest > tolerance * Math.abs(matrix[row * size + row]!)) {
        lower[row * size + row] = Math.sqrt(rest)
      } else {
        return { dependent: row }
      }
    }
  }
  return { size, lower }
}

/** The product of the first entries of two rows, in four sums that need not wait for each other. */
function productOfRows(matrix: Float64Array, one: number, other: number, count: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let k = 0
  for (; k + 3 < count; k += 4) {
    a += matrix[one + k]! * matrix[other + k]!
    b += matrix[one + k + 1]! * matrix[other + k + 1]!
    c += matrix[one + k + 2]! * matrix[other + k + 2]!
    d += matrix[one + k + 3]! * matrix[other + k + 3]!
  }
  for (; k < count; k++) a += matrix[one + k]! * matrix[other + k]!
  return a + b + c + d
}

/** x with A x = b, from the factor of A. */
export function solveFactored({ size, lower }: Factor, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b)
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= lower[row * size + k]! * x[k]!
    x[row]! /= lower[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= lower[k * size + row]! * x[k]!
    x[row]! /= lower[row * size + row]!
  }
  return x
}

/**
 * A⁻¹, row after row, from the factor of A: L⁻¹ by rows, then (L⁻¹)ᵀ L⁻¹. Only rows are walked along, four at a time, so that two
 * thousand unknowns take seconds.
 */
export function invertFactored({ size, lower }: Factor): Float64Array {
  const root = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const weights = lower.subarray(row * size, row * size + row)
    addRows(root, size, row, weights, 0)
    const pivot = lower[row * size + row]!
    const start = row * size
    for (let column = 0; column < row; column++) root[start + column]! /= -pivot
    root[start + row] = 1 / pivot
  }
  const inverse = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const target = row * size
    let k = row
    for (; k + 3 < size; k += 4) {
      const [at, next, third, last] = [k * size, (k + 1) * size, (k + 2) * size, (k + 3) * size]
      const [a, b, c, d] = [root[at + row]!, root[next + row]!, root[third + row]!, root[last + row]!]
      for (let j = 0; j <= row; j++) {
        inverse[target + j]! += a * root[at + j]! + b * root[next + j]! + c * root[third + j]! + d * root[last + j]!
      }
    }
    for (; k < size; k++)
      for (let j = 0; j <= row; j++) inverse[target + j]! += root[k * size + row]! * root[k * size + j]!
  }
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) inverse[row * size + column] = inverse[column * size + row]!
  }
  return inverse
}

/** Adds to a row of a lower triangle the rows before it, each so many times. */
function addRows(triangle: Float64Array, size: number, row: number, weights: Float64Array, from: number): void {
  const target = row * size
  let k = from
  for (; k + 3 < weights.length; k += 4) {
    const [a, b, c, d] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!]
    const [at, next, third, last] = [k * size, (k + 1) * size, (k + 2) * size, (k + 3) * size]
    // Beyond a row's own diagonal there are zeros, so all four may be walked to the last one's.
    for (let j = 0; j <= k + 3; j++) {
      triangle[target + j]! +=
        a * triangle[at + j]! + b * triangle[next + j]! + c * triangle[third + j]! + d * triangle[last + j]!
    }
  }
  for (; k < weights.length; k++) {
    for (let j = 0; j <= k; j++) triangle[target + j]! += weights[k]! * triangle[k * size + j]!
  }
}

/** Solves A x = b for a small square A, row after row, by elimination with row exchanges; null when A is singular. */
export function solveLinear(matrix: Float64Array, b: ArrayLike<number>): Float64Array | null {
  const size = b.length
  const a = Float64Array.from(matrix)
  const x = Float64Array.from(b)
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(a[row * size + column]!) > Math.abs(a[pivot * size + column]!)) pivot = row
    }
    if (!(Math.abs(a[pivot * size + column]!) > 1e-14 * scale)) return null
    if (pivot !== column) swapRows(a, x, size, pivot, column)
    for (let row = column + 1; row < size; row++) {
      const ratio = a[row * size + column]! / a[column * size + column]!
      if (ratio === 0) continue
      for (let k = column; k < size; k++) a[row * size + k]! -= ratio * a[column * size + k]!
      x[row]! -= ratio * x[column]!
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= a[row * size + k]! * x[k]!
    x[row]! /= a[row * size + row]!
  }
  return x
}

function swapRows(a: Float64Array, x: Float64Array, size: number, one: number, other: number): void {
  for (let k = 0; k < size; k++) {
    const kept = a[one * size + k]!
    a[one * size + k] = a[other * size + k]!
    a[other * size + k] = kept
  }
  const kept = x[one]!
  x[one] = x[other]!
  x[other] = kept
}

/** Columns of equal length, each with a name for whoever has to be told about it. */
export interface Columns {
  names: readonly string[]
  values: readonly Float64Array[]
}

export interface LeastSquares {
  coefficients: Float64Array
  residuals: Float64Array
  /** The sum of squared residuals. */
  residualSquares: number
  /** (XᵀX)⁻¹, row after row. */
  inverseGram: Float64Array
}

/**
 * Ordinary least squares by Householder reflections (A. S. Householder 1958), which keep twice the digits that normal equations do.
 * Throws `collinear` with the name of the first column that follows from those before it.
 */
export function leastSquares({ names, values }: Columns, y: Float64Array): LeastSquares {
  const rows = y.length
  const size = values.length
  const columns = values.map((column) => Float64Array.from(column))
  const rotated = Float64Array.from(y)
  const diagonal = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const column = columns[k]!
    const full = norm(column, 0)
    const rest = norm(column, k)
    if (!(rest > 1e-10 * full)) throw new Unanswerable('collinear', { column: names[k]! })
    const head = column[k]! > 0 ? -rest : rest
    diagonal[k] = head
    column[k]! -= head
    const half = -head * column[k]!
    for (let j = k + 1; j < size; j++) reflect(columns[j]!, column, k, half)
    reflect(rotated, column, k, half)
  }
  const upper = (row: number, column: number): number => (row === column ? diagonal[row]! : columns[column]![row]!)
  const coefficients = backSubstitute(upper, rotated, size)
  const residuals = Float64Array.from(y)
  for (let k = 0; k < size; k++) for (let i = 0; i < rows; i++) residuals[i]! -= coefficients[k]! * values[k]![i]!
  const residualSquares = residuals.reduce((sum, residual) => sum + residual * residual, 0)
  return { coefficients, residuals, residualSquares, inverseGram: inverseOfGram(upper, size) }
}

function norm(column: Float64Array, from: number): number {
  let sum = 0
  for (let i = from; i < column.length; i++) sum += column[i]! * column[i]!
  return Math.sqrt(sum)
}

/** `target` mirrored by the reflection whose vector is `mirror` from row `from` on, and half its squared length. */
function reflect(target: Float64Array, mirror: Float64Array, from: number, half: number): void {
  let product = 0
  for (let i = from; i < target.length; i++) product += mirror[i]! * target[i]!
  const ratio = product / half
  for (let i = from; i < target.length; i++) target[i]! -= ratio * mirror[i]!
}

type Triangle = (row: number, column: number) => number

function backSubstitute(upper: Triangle, b: ArrayLike<number>, size: number): Float64Array {
  const x = new Float64Array(size)
  for (let row = size - 1; row >= 0; row--) {
    let rest = b[row]!
    for (let k = row + 1; k < size; k++) rest -= upper(row, k) * x[k]!
    x[row] = rest / upper(row, row)
  }
  return x
}

function inverseOfGram(upper: Triangle, size: number): Float64Array {
  const inverses = Array.from({ length: size }, (_, at) => {
    const unit = new Float64Array(size)
    unit[at] = 1
    return backSubstitute(upper, unit, size)
  })
  const gram = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (const inverse of inverses) gram[row * size + column]! += inverse[row]! * inverse[column]!
    }
  }
  return gram
}
