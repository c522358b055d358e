import { curvature } from '../numeric/derivatives.ts'
import { factorise, invertFactored } from '../numeric/matrix.ts'
import { minimise, type Minimum, type Objective } from '../numeric/minimise.ts'
import { Unanswerable } from '../unanswerable.ts'

/** A log-likelihood over positive parameters, with its slope by the logarithms of the parameters written into `slope`. */
export type LogLikelihood = (parameters: Float64Array, slope: Float64Array) => number

export interface PositiveFit {
  parameters: Float64Array
  standardErrors: Float64Array
  logLikelihood: number
}

/** Beyond e^±8 around 1 (parameters are scaled to be near 1) a mixing distribution is a point or nothing. */
const farthest = 8
/** A search that comes here has run away; it is not worth going on. */
const wall = 12
/** How often a search may look beyond `farthest` before it is taken to have run away: a proper one passes there, if at all, to turn back. */
const mostLooks = 25

/**
 * Maximum likelihood over positive parameters, searched over their logarithms from several starts. `scales` are sizes the parameters
 * would have if nothing were known. Throws `no_finite_optimum` with the name of a parameter that runs away: then the data ask for
 * a simpler model, and a number would only tell where the search was stopped.
 */
export function fitPositive(
  names: readonly string[],
  logLikelihood: LogLikelihood,
  starts: readonly (readonly number[])[],
  scales: readonly number[] = names.map(() => 1),
): PositiveFit {
  const shift = scales.map(Math.log)
  const objective: Objective = (x, slope) => {
    if (x.some((one) => Math.abs(one) > wall)) return Infinity
    const value = logLikelihood(
      x.map((one, at) => Math.exp(one + shift[at]!)),
      slope,
    )
    slope.forEach((one, at) => (slope[at] = -one))
    return Number.isFinite(value) ? -value : Infinity
  }
  const found = searchFrom(names, objective, starts)
  const size = names.length
  const factor = factorise(curvature(objective, found.x), size, 1e-10)
  if ('dependent' in factor) throw new Unanswerable('no_finite_optimum', { name: names[factor.dependent]! })
  const inverse = invertFactored(factor)
  const parameters = found.x.map((one, at) => Math.exp(one + shift[at]!))
  return {
    parameters,
    standardErrors: parameters.map((one, at) => one * Math.sqrt(inverse[at * size + at]!)),
    logLikelihood: -found.value,
  }
}

/** The first start that ends at a proper optimum is enough; when none does, what is wrong with the best is told. */
function searchFrom(names: readonly string[], objective: Objective, starts: readonly (readonly number[])[]): Minimum {
  let best: Minimum | null = null
  for (const start of starts) {
    const found = minimise(bounded(objective), start.map(Math.log), { flatness: 1e-10, iterations: 200 })
    if (refusalOf(names, objective, found) === null) return found
    if (best === null || found.value < best.value) best = found
  }
  throw (best && refusalOf(names, objective, best)) ?? new Unanswerable('empty')
}

/** The objective of one search, which ends the search once it has looked far out too often: each look there is long and tells nothing. */
function bounded(objective: Objective): Objective {
  let looks = 0
  return (x, slope) => {
    if (x.some((one) => Math.abs(one) > farthest) && ++looks > mostLooks) return Infinity
    return objective(x, slope)
  }
}

/** A parameter has run away when it is far out, or when going further out still changes nothing. */
function refusalOf(names: readonly string[], objective: Objective, found: Minimum): Unanswerable | null {
  const { x, value, iterations, converged } = found
  const unused = new Float64Array(x.length)
  const reach = (at: number): number => Math.abs(x[at]!)
  const idle = (at: number): boolean =>
    [-4, 4].some((far) => objective(x.with(at, x[at]! + far), unused) - value < 1e-3)
  const away = names.map((_, at) => at).filter((at) => reach(at) > farthest || idle(at))
  if (away.length > 0) {
    const farthestAway = away.reduce((most, at) => (reach(at) > reach(most) ? at : most))
    return new Unanswerable('no_finite_optimum', { name: names[farthestAway]! })
  }
  return converged ? null : new Unanswerable('not_converged', { iterations })
}
