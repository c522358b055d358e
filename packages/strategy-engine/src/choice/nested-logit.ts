import { curvature } from '../numeric/derivatives.ts'
import { factorise, invertFactored } from '../numeric/matrix.ts'
import { minimise, type Objective } from '../numeric/minimise.ts'
import { Unanswerable } from '../unanswerable.ts'
import type { ChoiceData } from './choice-data.ts'
import { fitLogit, scalesOf, utilitiesOf } from './multinomial-logit.ts'

/** Alternatives that resemble each other, by name: each alternative in exactly one nest. */
export interface Nest {
  name: string
  alternatives: readonly string[]
}

export interface NestedLogitFit {
  /** The design's columns, then `lambda_<nest>` for each nest of two alternatives or more, or one `lambda`. */
  names: readonly string[]
  coefficients: Float64Array
  standardErrors: Float64Array
  logLikelihood: number
  /** Dissimilarity of each nest: 1 makes it a plain logit, near 0 its alternatives are alike. */
  dissimilarity: Float64Array
  /** Whether every dissimilarity is at most 1: beyond, no maximiser of utility chooses so for all attributes. */
  consistent: boolean
  /** The plain logit of the same data, and the statistic of the likelihood ratio between both. */
  logit: { logLikelihood: number; likelihoodRatio: number; degrees: number }
  iterations: number
}

interface NestedModel {
  data: ChoiceData
  /** The nest of each alternative. */
  nestOf: Int32Array
  nests: number
  /** Which λ a nest has; −1 stands for 1, of a nest that has one alternative only. */
  lambdaOf: Int32Array
  lambdas: number
}

/**
 * The nested logit of D. McFadden (1978, Modelling the choice of residential location): first a nest, then an alternative within it, the
 * inclusive value of a nest weighing with its dissimilarity λ. By maximum likelihood from the plain logit, over ln λ. `shared` gives
 * all nests the same λ. Throws as `fitLogit`, `no_finite_optimum` when a λ runs away, `mismatch` when nests do not part the alternatives.
 */
export function fitNestedLogit(data: ChoiceData, nests: readonly Nest[], { shared = false } = {}): NestedLogitFit {
  const logit = fitLogit(data)
  const scales = scalesOf(data)
  const scaled = { ...data, values: data.values.map((column, k) => column.map((value) => value / scales[k]!)) }
  const model = modelOf(scaled, nests, shared)
  const size = data.names.length
  const lambdaNames = namesOfLambdas(nests, shared)
  const start = [...logit.coefficients.map((value, k) => value * scales[k]!), ...lambdaNames.map(() => 0)]
  const objective = nestedObjective(model)
  const found = minimise(objective, start, { flatness: 1e-10, iterations: 500 })
  const away = found.x.findIndex((value, at) => at >= size && Math.abs(value) > 6)
  if (away >= 0) throw new Unanswerable('no_finite_optimum', { name: lambdaNames[away - size]! })
  if (!found.converged) throw new Unanswerable('not_converged', { iterations: found.iterations })
  const names = [...data.names, ...lambdaNames]
  const factor = factorise(curvature(objective, found.x), names.length, 1e-12)
  if ('dependent' in factor) throw new Unanswerable('collinear', { column: names[factor.dependent]! })
  const inverse = invertFactored(factor)
  // What a unit of the searched unknown is in the reported one.
  const unit = found.x.map((value, at) => (at < size ? 1 / scales[at]! : Math.exp(value)))
  const lambda = found.x.subarray(size).map(Math.exp)
  const dissimilarity = Float64Array.from(model.lambdaOf, (at) => (at < 0 ? 1 : lambda[at]!))
  return {
    names,
    coefficients: found.x.map((value, at) => (at < size ? value / scales[at]! : Math.exp(value))),
    standardErrors: unit.map((value, at) => value * Math.sqrt(inverse[at * names.length + at]!)),
    logLikelihood: -found.value,
    dissimilarity,
    consistent: dissimilarity.every((value) => value <= 1 + 1e-9),
    logit: {
      logLikelihood: logit.logLikelihood,
      likelihoodRatio: 2 * (-found.value - logit.logLikelihood),
      degrees: lambdaNames.length,
    },
    iterations: found.iterations,
  }
}

const isWide = ({ alternatives }: Nest): boolean => alternatives.length > 1

function namesOfLambdas(nests: readonly Nest[], shared: boolean): string[] {
  const wide = nests.filter(isWide)
  return shared && wide.length > 0 ? ['lambda'] : wide.map(({ name }) => `lambda_${name}`)
}

function modelOf(data: ChoiceData, nests: readonly Nest[], shared: boolean): NestedModel {
  const named = nests.flatMap(({ alternatives }) => alternatives)
  const unknown = named.find((name) => !data.alternatives.includes(name))
  if (unknown !== undefined) throw new Unanswerable('unknown_name', { name: unknown })
  const twice = named.find((name, at) => named.indexOf(name) !== at)
  if (twice !== undefined) throw new Unanswerable('repeated', { name: twice })
  if (named.length !== data.alternatives.length) {
    throw new Unanswerable('mismatch', { first: named.length, second: data.alternatives.length })
  }
  const nestOf = Int32Array.from(data.alternatives, (name) =>
    nests.findIndex((nest) => nest.alternatives.includes(name)),
  )
  let next = 0
  const lambdaOf = Int32Array.from(nests, (nest) => (!isWide(nest) ? -1 : shared ? 0 : next++))
  return { data, nestOf, nests: nests.length, lambdaOf, lambdas: shared ? 1 : next }
}

/** What one choice looks like at given utilities: reused from choice to choice, so that nothing is made anew. */
interface Scratch {
  /** By nest: ln Σ exp(V/λ), mean of V within, chance of the nest. */
  inclusive: Float64Array
  mean: Float64Array
  chance: Float64Array
}

/** Minus the log-likelihood over the scaled coefficients and ln λ, with its slope. */
function nestedObjective(model: NestedModel): Objective {
  const { data, nestOf, lambdaOf } = model
  const { starts, chosenRow, alternativeOf, values } = data
  const size = values.length
  const scratch = scratchFor(model)
  const slopeOfUtility = new Float64Array(alternativeOf.length)
  return (x, slope) => {
    const lambda = Float64Array.from(lambdaOf, (at) => (at < 0 ? 1 : Math.exp(x[size + at]!)))
    const utilities = utilitiesOf(data, x)
    slope.fill(0)
    let value = 0
    for (let c = 0; c < chosenRow.length; c++) {
      const [first, end, chosen] = [starts[c]!, starts[c + 1]!, chosenRow[c]!]
      weigh(model, utilities, lambda, first, end, scratch)
      const { inclusive, mean, chance } = scratch
      const home = nestOf[alternativeOf[chosen]!]!
      const within = utilities[chosen]! / lambda[home]! - inclusive[home]!
      value -= within + Math.log(chance[home]!)
      for (let row = first; row < end; row++) {
        const nest = nestOf[alternativeOf[row]!]!
        const inside = Math.exp(utilities[row]! / lambda[nest]! - inclusive[nest]!)
        let pull = (row === chosen ? 1 / lambda[nest]! : 0) - chance[nest]! * inside
        if (nest === home) pull += (1 - 1 / lambda[nest]!) * inside
        slopeOfUtility[row] = pull
      }
      for (let nest = 0; nest < lambda.length; nest++) {
        const at = lambdaOf[nest]!
        if (at < 0 || chance[nest]! === 0) continue
        const gain = inclusive[nest]! - mean[nest]! / lambda[nest]!
        let pull = -chance[nest]! * gain
        if (nest === home) pull += (mean[nest]! - utilities[chosen]!) / lambda[nest]! ** 2 + gain
        slope[size + at]! -= lambda[nest]! * pull
      }
    }
    for (let k = 0; k < size; k++) {
      const column = values[k]!
      let sum = 0
      for (let row = 0; row < column.length; row++) sum += slopeOfUtility[row]! * column[row]!
      slope[k]! -= sum
    }
    return value
  }
}

const scratchFor = ({ nests }: NestedModel): Scratch => ({
  inclusive: new Float64Array(nests),
  mean: new Float64Array(nests),
  chance: new Float64Array(nests),
})

/** Fills in what the nests of one choice weigh; a nest none of whose alternatives is available has chance 0. */
function weigh(
  { data, nestOf }: NestedModel,
  utilities: Float64Array,
  lambda: Float64Array,
  first: number,
  end: number,
  { inclusive, mean, chance }: Scratch,
): void {
  const top = chance.fill(-Infinity)
  const nestAt = (row: number): number => nestOf[data.alternativeOf[row]!]!
  for (let row = first; row < end; row++) top[nestAt(row)] = Math.max(top[nestAt(row)]!, utilities[row]!)
  inclusive.fill(0)
  mean.fill(0)
  for (let row = first; row < end; row++) {
    const nest = nestAt(row)
    if (top[nest] === -Infinity) continue
    const weight = Math.exp((utilities[row]! - top[nest]!) / lambda[nest]!)
    inclusive[nest]! += weight
    if (weight > 0) mean[nest]! += weight * utilities[row]!
  }
  let highest = -Infinity
  for (let nest = 0; nest < lambda.length; nest++) {
    if (top[nest] === -Infinity) continue
    mean[nest]! /= inclusive[nest]!
    inclusive[nest] = top[nest]! / lambda[nest]! + Math.log(inclusive[nest]!)
    highest = Math.max(highest, lambda[nest]! * inclusive[nest]!)
  }
  let total = 0
  for (let nest = 0; nest < lambda.length; nest++) {
    chance[nest] = top[nest] === -Infinity ? 0 : Math.exp(lambda[nest]! * inclusive[nest]! - highest)
    total += chance[nest]!
  }
  for (let nest = 0; nest < lambda.length; nest++) chance[nest]! /= total
}

/** The chance of each row at given coefficients and dissimilarities, `without` an alternative where one is named. */
export function nestedChances(
  data: ChoiceData,
  nests: readonly Nest[],
  { coefficients, dissimilarity }: Pick<NestedLogitFit, 'coefficients' | 'dissimilarity'>,
  without?: string,
): Float64Array {
  const model = modelOf(data, nests, false)
  const { starts, alternativeOf, alternatives } = data
  const utilities = utilitiesOf(data, coefficients)
  const gone = without === undefined ? -1 : alternatives.indexOf(without)
  if (gone >= 0) alternativeOf.forEach((at, row) => at === gone && (utilities[row] = -Infinity))
  const scratch = scratchFor(model)
  const chances = new Float64Array(alternativeOf.length)
  for (let c = 0; c + 1 < starts.length; c++) {
    weigh(model, utilities, dissimilarity, starts[c]!, starts[c + 1]!, scratch)
    for (let row = starts[c]!; row < starts[c + 1]!; row++) {
      const nest = model.nestOf[alternativeOf[row]!]!
      if (utilities[row] === -Infinity) continue
      chances[row] = scratch.chance[nest]! * Math.exp(utilities[row]! / dissimilarity[nest]! - scratch.inclusive[nest]!)
    }
  }
  return chances
}

/** As `diversionOnRemoval`, of a nested logit: who loses an alternative turns to its own nest first. */
export function nestedDiversion(
  data: ChoiceData,
  nests: readonly Nest[],
  fit: Pick<NestedLogitFit, 'coefficients' | 'dissimilarity'>,
): Float64Array[] {
  const { alternatives, alternativeOf, starts } = data
  const before = nestedChances(data, nests, fit)
  return alternatives.map((name, gone) => {
    const after = nestedChances(data, nests, fit, name)
    const gains = new Float64Array(alternatives.length)
    let lost = 0
    for (let c = 0; c + 1 < starts.length; c++) {
      const rows = Array.from({ length: starts[c + 1]! - starts[c]! }, (_, at) => starts[c]! + at)
      const away = rows.find((row) => alternativeOf[row] === gone)
      if (away === undefined) continue
      lost += before[away]!
      for (const row of rows) if (row !== away) gains[alternativeOf[row]!]! += after[row]! - before[row]!
    }
    return gains.map((gain) => (lost > 0 ? gain / lost : 0))
  })
}
