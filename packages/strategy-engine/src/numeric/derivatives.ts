import type { Objective } from './minimise.ts'

const stepAt = (x: number, relative: number): number => relative * Math.max(1, Math.abs(x))

/** Fourth-order central difference of a function along one unknown. */
function differenceAlong(f: (x: Float64Array) => number, x: Float64Array, at: number, relative: number): number {
  const step = stepAt(x[at]!, relative)
  const valueAt = (times: number): number => f(x.with(at, x[at]! + times * step))
  return (8 * (valueAt(1) - valueAt(-1)) - (valueAt(2) - valueAt(-2))) / (12 * step)
}

/** The slope of a function by differences of fourth order; the error is about 1e-11 of the function's size. */
export const slopeByDifferences = (f: (x: Float64Array) => number, x: Float64Array): Float64Array =>
  x.map((_, at) => differenceAlong(f, x, at, 1e-3))

/** The matrix of second derivatives, row after row, by differences of the slope. */
export function curvature(objective: Objective, x: Float64Array): Float64Array {
  const size = x.length
  const hessian = new Float64Array(size * size)
  const slopeAt = (point: Float64Array): Float64Array => {
    const slope = new Float64Array(size)
    objective(point, slope)
    return slope
  }
  for (let at = 0; at < size; at++) {
    const step = stepAt(x[at]!, 1e-4)
    const [near, back] = [slopeAt(x.with(at, x[at]! + step)), slopeAt(x.with(at, x[at]! - step))]
    const [far, farBack] = [slopeAt(x.with(at, x[at]! + 2 * step)), slopeAt(x.with(at, x[at]! - 2 * step))]
    for (let row = 0; row < size; row++) {
      const slope = (8 * (near[row]! - back[row]!) - (far[row]! - farBack[row]!)) / (12 * step)
      hessian[row * size + at]! += slope / 2
      hessian[at * size + row]! += slope / 2
    }
  }
  return hessian
}
