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
      let rest = matrix[row * size + column]!
      for (let k = 0; k < column; k++) rest -= lower[row * size + k]! * lower[column * size + k]!
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

/** A⁻¹, row after row, from the factor of A. */
export function invertFactored(factor: Factor): Float64Array {
  const { size } = factor
  const inverse = new Float64Array(size * size)
  const unit = new Float64Array(size)
  for (let column = 0; column < size; column++) {
    unit.fill(0)
    unit[column] = 1
    const solved = solveFactored(factor, unit)
    for (let row = 0; row < size; row++) inverse[row * size + column] = solved[row]!
  }
  return inverse
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
