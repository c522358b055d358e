import { solveLinear } from '../numeric/matrix.ts'

/**
 * Weights that are not negative and sum to 1, whose mixture of `columns` comes nearest to `target` in squared distance, with `ridge` times
 * the sum of their squares added. By an active set (C. Lawson, R. Hanson 1974, Solving least squares problems, chapter 23, with one
 * equality more): exact up to rounding, weights of 0 are 0.
 */
export function simplexWeights(columns: readonly Float64Array[], target: Float64Array, ridge = 0): Float64Array {
  const size = columns.length
  const quadratic = new Float64Array(size * size)
  const linear = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    linear[i] = product(columns[i]!, target)
    for (let j = 0; j <= i; j++) {
      quadratic[i * size + j] = quadratic[j * size + i] = product(columns[i]!, columns[j]!) + (i === j ? ridge : 0)
    }
  }
  return minimiseOnSimplex(quadratic, linear)
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/** The lowest ½ wᵀQw − cᵀw over weights that are not negative and sum to 1, Q symmetric and not negative, row after row. */
export function minimiseOnSimplex(quadratic: Float64Array, linear: Float64Array): Float64Array {
  const size = linear.length
  const scale = Math.max(1e-300, ...Array.from({ length: size }, (_, i) => quadratic[i * size + i]!))
  const costOf = (i: number): number => 0.5 * quadratic[i * size + i]! - linear[i]!
  let weights = new Float64Array(size)
  const first = Array.from({ length: size }, (_, i) => i).reduce((best, i) => (costOf(i) < costOf(best) ? i : best), 0)
  weights[first] = 1
  let support = [first]
  for (let round = 0; round < 20 * size + 50; round++) {
    const slopes = weights.map((_, i) => slopeAt(quadratic, linear, weights, i))
    const level = support.reduce((sum, i) => sum + slopes[i]! * weights[i]!, 0)
    let entering = -1
    for (let i = 0; i < size; i++) {
      const isBetter = slopes[i]! < (entering < 0 ? level - 1e-11 * scale : slopes[entering]!)
      if (!support.includes(i) && isBetter) entering = i
    }
    if (entering < 0) return weights
    support = [...support, entering]
    const moved = descend(quadratic, linear, weights, support, scale)
    weights = moved.weights
    support = moved.support
  }
  return weights
}

function slopeAt(quadratic: Float64Array, linear: Float64Array, weights: Float64Array, i: number): number {
  const size = linear.length
  let sum = -linear[i]!
  for (let j = 0; j < size; j++) if (weights[j]! > 0) sum += quadratic[i * size + j]! * weights[j]!
  return sum
}

/** Goes to the lowest point of the support, leaving a weight behind whenever it would turn negative. */
function descend(
  quadratic: Float64Array,
  linear: Float64Array,
  from: Float64Array,
  entering: readonly number[],
  scale: number,
): { weights: Float64Array<ArrayBuffer>; support: number[] } {
  const weights = Float64Array.from(from)
  let support = [...entering]
  for (;;) {
    const wanted = lowestOf(quadratic, linear, support, scale)
    const falling = support.filter((_, at) => !(wanted[at]! > 0))
    if (falling.length === 0) {
      weights.fill(0)
      support.forEach((i, at) => (weights[i] = wanted[at]!))
      return { weights, support }
    }
    let share = 1
    support.forEach((i, at) => {
      if (!(wanted[at]! > 0)) share = Math.min(share, weights[i]! / (weights[i]! - wanted[at]!))
    })
    support.forEach((i, at) => (weights[i]! += share * (wanted[at]! - weights[i]!)))
    const left = support.filter((i, at) => wanted[at]! > 0 || weights[i]! > 1e-14)
    // Rounding may leave all of them: the smallest of those that fall goes.
    const dropped = left.length < support.length ? left : support.filter((i) => i !== falling[0])
    for (const i of support) if (!dropped.includes(i)) weights[i] = 0
    support = dropped
    if (support.length === 1) {
      weights.fill(0)
      weights[support[0]!] = 1
      return { weights, support }
    }
  }
}

/** The lowest point on a support with weights summing to 1, of either sign: one linear system. */
function lowestOf(
  quadratic: Float64Array,
  linear: Float64Array,
  support: readonly number[],
  scale: number,
): Float64Array {
  const size = linear.length
  const count = support.length
  const system = new Float64Array((count + 1) ** 2)
  const right = new Float64Array(count + 1)
  support.forEach((i, row) => {
    support.forEach((j, column) => (system[row * (count + 1) + column] = quadratic[i * size + j]! / scale))
    // Where columns depend on one another a breath of ridge picks one of the equally good answers.
    system[row * (count + 1) + row]! += 1e-12
    system[row * (count + 1) + count] = system[count * (count + 1) + row] = 1
    right[row] = linear[i]! / scale
  })
  right[count] = 1
  return solveLinear(system, right)?.subarray(0, count) ?? new Float64Array(count).fill(1 / count)
}
