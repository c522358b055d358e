/** A function to make small: its value at `x`; its slope is written into `slope`. Infinity where it has no value. */
export type Objective = (x: Float64Array, slope: Float64Array) => number

export interface Minimum {
  x: Float64Array
  value: number
  slope: Float64Array
  iterations: number
  /** Whether the slope is as flat as was asked; else the search stopped where it could get no lower, or at its limit. */
  converged: boolean
}

export interface MinimiseOptions {
  /** Largest slope that counts as flat, on the scale of 1 + |value|. */
  flatness?: number
  iterations?: number
}

/**
 * The lowest point near `start`, by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a line search that keeps
 * the two conditions of P. Wolfe (J. Nocedal, S. Wright 2006, Numerical optimization, chapters 3 and 6).
 */
export function minimise(objective: Objective, start: ArrayLike<number>, options: MinimiseOptions = {}): Minimum {
  const { flatness = 1e-9, iterations: limit = 1_000 } = options
  const size = start.length
  let here = pointAt(objective, Float64Array.from(start))
  let inverse = identity(size)
  let fresh = true
  for (let iterations = 0; iterations < limit; iterations++) {
    if (isFlat(here, flatness)) return { ...here, iterations, converged: true }
    const direction = multiplied(inverse, here.slope, -1)
    const step = dot(direction, here.slope) < 0 ? search(objective, here, direction, fresh) : null
    if (step === null) {
      // The curvature learnt so far misleads: forget it once, then give up.
      if (fresh) return { ...here, iterations, converged: isFlat(here, flatness * 1_000) }
      inverse = identity(size)
      fresh = true
      continue
    }
    learn(inverse, here, step, fresh)
    fresh = false
    here = step
  }
  return { ...here, iterations: limit, converged: false }
}

interface Point {
  x: Float64Array
  value: number
  slope: Float64Array
}

function pointAt(objective: Objective, x: Float64Array): Point {
  const slope = new Float64Array(x.length)
  const value = objective(x, slope)
  return { x, value: Number.isNaN(value) ? Infinity : value, slope }
}

const isFlat = ({ slope, value }: Point, flatness: number): boolean =>
  slope.every((one) => Math.abs(one) <= flatness * (1 + Math.abs(value)))

/** A point along a descent direction that is low enough and where the slope has flattened, or null where there is none. */
function search(objective: Objective, from: Point, direction: Float64Array, fresh: boolean): Point | null {
  const fall = dot(direction, from.slope)
  // Near the bottom values differ by less than their own rounding; there the slope decides.
  const rounding = 1e-13 * Math.abs(from.value)
  let low = 0
  let high = Infinity
  let length = fresh ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1
  let best: Point | null = null
  for (let trial = 0; trial < 40; trial++) {
    const there = pointAt(
      objective,
      from.x.map((value, at) => value + length * direction[at]!),
    )
    const lowEnough = there.value <= from.value + 1e-4 * length * fall + rounding
    if (!lowEnough) {
      high = length
    } else {
      best = there
      if (dot(direction, there.slope) >= 0.9 * fall) return there
      low = length
    }
    length = high === Infinity ? 2 * length : (low + high) / 2
    if (high - low < 1e-14 * high) break
  }
  return best !== null && best.value < from.value ? best : null
}

/** Takes the change of slope over a step into the inverse curvature. */
function learn(inverse: Float64Array, from: Point, to: Point, fresh: boolean): void {
  const size = from.x.length
  const moved = to.x.map((value, at) => value - from.x[at]!)
  const turned = to.slope.map((value, at) => value - from.slope[at]!)
  const along = dot(moved, turned)
  if (!(along > 1e-14 * Math.sqrt(dot(moved, moved) * dot(turned, turned)))) return
  if (fresh) {
    const scale = along / dot(turned, turned)
    for (let at = 0; at < size; at++) inverse[at * size + at] = scale
  }
  const pressed = multiplied(inverse, turned, 1)
  const factor = (1 + dot(turned, pressed) / along) / along
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      inverse[row * size + column]! +=
        factor * moved[row]! * moved[column]! -
        (pressed[row]! * moved[column]! + moved[row]! * pressed[column]!) / along
    }
  }
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let at = 0; at < size; at++) matrix[at * size + at] = 1
  return matrix
}

function multiplied(matrix: Float64Array, vector: Float64Array, sign: number): Float64Array {
  const size = vector.length
  return vector.map((_, row) => {
    let sum = 0
    for (let column = 0; column < size; column++) sum += matrix[row * size + column]! * vector[column]!
    return sign * sum
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/**
 * The lowest point of a function without slopes, by the simplex of J. Nelder and R. Mead (1965) with the adaptive coefficients of F. Gao
 * and L. Han (2012), started anew until a restart finds nothing lower. For a dozen unknowns at most.
 */
export function minimiseWithoutSlope(
  value: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { spread = 0.5, tolerance = 1e-10, evaluations = 20_000, restarts = 5 } = {},
): { x: Float64Array; value: number } {
  const first = Float64Array.from(start)
  let best: { x: Float64Array; value: number } = { x: first, value: value(first) }
  for (let restart = 0; restart < restarts; restart++) {
    const found = descend(value, best.x, spread / 2 ** restart, tolerance, evaluations)
    const gain = best.value - found.value
    if (gain > 0) best = found
    if (!(gain > tolerance * (1 + Math.abs(best.value)))) break
  }
  return best
}

function descend(
  f: (x: Float64Array) => number,
  start: Float64Array,
  spread: number,
  tolerance: number,
  evaluations: number,
): { x: Float64Array; value: number } {
  const size = start.length
  const cornerAt = (x: Float64Array): { x: Float64Array; value: number } => ({ x, value: f(x) })
  const corners = [cornerAt(start)]
  for (let at = 0; at < size; at++)
    corners.push(cornerAt(start.map((one, other) => (other === at ? one + spread : one))))
  const [expand, contract, shrink] = [1 + 2 / size, 0.75 - 0.5 / size, 1 - 1 / size]
  for (let spent = size + 1; spent < evaluations;) {
    corners.sort((a, b) => a.value - b.value)
    const best = corners[0]!
    const worst = corners[size]!
    if (worst.value - best.value <= tolerance * (1e-300 + Math.abs(best.value))) break
    const centre = start.map((_, at) => corners.slice(0, size).reduce((sum, { x }) => sum + x[at]!, 0) / size)
    const away = (ratio: number) => cornerAt(centre.map((one, at) => one + ratio * (one - worst.x[at]!)))
    const mirrored = away(1)
    spent++
    if (mirrored.value < best.value) {
      const further = away(expand)
      spent++
      corners[size] = further.value < mirrored.value ? further : mirrored
    } else if (mirrored.value < corners[size - 1]!.value) {
      corners[size] = mirrored
    } else {
      const inside = away(mirrored.value < worst.value ? contract : -contract)
      spent++
      if (inside.value < Math.min(worst.value, mirrored.value)) {
        corners[size] = inside
      } else {
        const near = (x: Float64Array) => cornerAt(x.map((one, at) => best.x[at]! + shrink * (one - best.x[at]!)))
        for (let at = 1; at <= size; at++) corners[at] = near(corners[at]!.x)
        spent += size
      }
    }
  }
  corners.sort((a, b) => a.value - b.value)
  return corners[0]!
}
