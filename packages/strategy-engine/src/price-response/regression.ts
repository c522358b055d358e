import { studentQuantile } from '../numeric/distributions.ts'
import { leastSquares, type Columns } from '../numeric/matrix.ts'
import { requireFinite, Unanswerable } from '../unanswerable.ts'

export interface Regression {
  names: readonly string[]
  coefficients: Float64Array
  standardErrors: Float64Array
  /** Standard errors that allow for any dependence within a group; empty without groups. */
  clusteredErrors: Float64Array
  /** Share of the outcome's variance that is explained, effects of groups included. */
  r2: number
  /** The same of what varies within groups, where there are effects of groups. */
  r2Within: number
  /** Standard deviation of the residuals. */
  residualError: number
  degrees: number
  rows: number
}

/**
 * Ordinary least squares of an outcome on columns and a constant, named `intercept`. Standard errors are those of the classical model;
 * `groups` adds errors clustered by group. Throws `constant`, `collinear`, `too_few`, `not_a_number`.
 */
export function pooledRegression(columns: Columns, outcome: Float64Array, groups?: readonly string[]): Regression {
  requireRows(columns, outcome, columns.names.length + 2)
  const constant = new Float64Array(outcome.length).fill(1)
  const design = { names: ['intercept', ...columns.names], values: [constant, ...columns.values] }
  const parts = groups === undefined ? null : groupsOf(groups)
  return regress(design, outcome, squaresAround(outcome), design.names.length, parts, false)
}

/**
 * The same with an effect of each group (a shop, a retailer): only what varies within a group speaks (Y. Mundlak 1978). The effects are
 * taken out by subtracting group means, which changes neither coefficients nor, with degrees of freedom counted right, their errors.
 */
export function fixedEffectsRegression(columns: Columns, outcome: Float64Array, groups: readonly string[]): Regression {
  const parts = groupsOf(groups)
  requireRows(columns, outcome, columns.names.length + parts.count + 1)
  const within = columns.values.map((values) => lessGroupMeans(values, parts))
  within.forEach((values, k) => {
    const still = values.every(
      (value, row) => Math.abs(value) <= 1e-9 * Math.max(1, Math.abs(columns.values[k]![row]!)),
    )
    if (still) throw new Unanswerable('constant', { column: columns.names[k]! })
  })
  const design = { names: columns.names, values: within }
  const total = squaresAround(outcome)
  return regress(design, lessGroupMeans(outcome, parts), total, columns.names.length + parts.count, parts, true)
}

function requireRows({ names, values }: Columns, outcome: Float64Array, need: number): void {
  if (outcome.length === 0) throw new Unanswerable('empty')
  if (outcome.length < need) throw new Unanswerable('too_few', { what: 'rows', have: outcome.length, need })
  requireFinite('outcome', outcome)
  values.forEach((column, k) => {
    if (column.length !== outcome.length) {
      throw new Unanswerable('mismatch', { first: column.length, second: outcome.length })
    }
    requireFinite(names[k]!, column)
    if (isConstant(column)) throw new Unanswerable('constant', { column: names[k]! })
  })
  if (isConstant(outcome)) throw new Unanswerable('constant', { column: 'outcome' })
}

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0])

interface Groups {
  of: Int32Array
  count: number
}

function groupsOf(names: readonly string[]): Groups {
  const numbers = new Map<string, number>()
  const of = Int32Array.from(names, (name) => {
    const known = numbers.get(name) ?? numbers.size
    numbers.set(name, known)
    return known
  })
  return { of, count: numbers.size }
}

function lessGroupMeans(values: Float64Array, { of, count }: Groups): Float64Array {
  const sums = new Float64Array(count)
  const sizes = new Float64Array(count)
  values.forEach((value, row) => {
    sums[of[row]!]! += value
    sizes[of[row]!]!++
  })
  return values.map((value, row) => value - sums[of[row]!]! / sizes[of[row]!]!)
}

function squaresAround(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

function regress(
  design: Columns,
  outcome: Float64Array,
  total: number,
  parameters: number,
  groups: Groups | null,
  within: boolean,
): Regression {
  const fit = leastSquares(design, outcome)
  const size = design.names.length
  const rows = outcome.length
  const degrees = rows - parameters
  const variance = fit.residualSquares / degrees
  const diagonal = (matrix: Float64Array): Float64Array =>
    Float64Array.from(design.names, (_, k) => matrix[k * size + k]!)
  const clustered = groups === null ? new Float64Array(0) : sandwich(design, fit, groups, within ? size : parameters)
  return {
    names: design.names,
    coefficients: fit.coefficients,
    standardErrors: diagonal(fit.inverseGram).map((value) => Math.sqrt(variance * value)),
    clusteredErrors: clustered.length === 0 ? clustered : diagonal(clustered).map(Math.sqrt),
    r2: 1 - fit.residualSquares / total,
    r2Within: 1 - fit.residualSquares / squaresAround(outcome),
    residualError: Math.sqrt(variance),
    degrees,
    rows,
  }
}

/** (XᵀX)⁻¹ Σ sₘsₘᵀ (XᵀX)⁻¹ over groups, sₘ a group's column-residual products, with the usual correction for few groups. */
function sandwich(
  design: Columns,
  fit: ReturnType<typeof leastSquares>,
  groups: Groups,
  counted: number,
): Float64Array {
  const size = design.names.length
  const rows = fit.residuals.length
  const correction = (groups.count / (groups.count - 1)) * ((rows - 1) / (rows - counted))
  const scores = design.values.map((column) => {
    const sums = new Float64Array(groups.count)
    column.forEach((value, row) => (sums[groups.of[row]!]! += value * fit.residuals[row]!))
    return sums
  })
  const spread = Array.from({ length: size }, (_, k) => {
    const sums = new Float64Array(groups.count)
    scores.forEach((score, j) => {
      for (let group = 0; group < groups.count; group++) sums[group]! += fit.inverseGram[k * size + j]! * score[group]!
    })
    return sums
  })
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let group = 0; group < groups.count; group++) sum += spread[i]![group]! * spread[j]![group]!
      matrix[i * size + j] = correction * sum
    }
  }
  return matrix
}

/** The 95 % interval of a coefficient by Student's t. */
export function coefficientInterval({ names, coefficients, standardErrors, degrees }: Regression, name: string) {
  const at = names.indexOf(name)
  if (at < 0) throw new Unanswerable('unknown_name', { name })
  const reach = studentQuantile(0.975, degrees) * standardErrors[at]!
  return { low: coefficients[at]! - reach, high: coefficients[at]! + reach }
}
