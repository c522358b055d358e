import type { ChoiceData } from './choice-data.ts'
import { choiceChances, utilitiesOf, type LogitFit } from './multinomial-logit.ts'

/** The mean over choices of each alternative's chance, 0 where it is not available. */
export function sharesOf({ alternatives, alternativeOf, chosenRow }: ChoiceData, chances: Float64Array): Float64Array {
  const shares = new Float64Array(alternatives.length)
  for (let row = 0; row < chances.length; row++) shares[alternativeOf[row]!]! += chances[row]! / chosenRow.length
  return shares
}

/** The same choices with each alternative at the mean of its columns: one average chooser, all alternatives available. */
function averageChoice(data: ChoiceData): ChoiceData {
  const { alternatives, alternativeOf, values } = data
  const counts = new Float64Array(alternatives.length)
  for (const at of alternativeOf) counts[at]!++
  const means = values.map((column) => {
    const sums = new Float64Array(alternatives.length)
    column.forEach((value, row) => (sums[alternativeOf[row]!]! += value))
    return sums.map((sum, at) => sum / counts[at]!)
  })
  return {
    ...data,
    starts: Int32Array.of(0, alternatives.length),
    alternativeOf: Int32Array.from(alternatives.keys()),
    chosenRow: Int32Array.of(0),
    values: means,
  }
}

/**
 * Elasticities of chances at the average of the sample, for a column: row i, column j is by how many percent the chance of j changes
 * when the column of i grows by one percent. Own effects on the diagonal (Train 2009, 3.6). `names` are the design's columns the
 * attribute went into: one, or one per alternative.
 */
export function elasticitiesAtMean(data: ChoiceData, beta: Float64Array, names: readonly string[]): Float64Array[] {
  const average = averageChoice(data)
  const chances = choiceChances(average, beta)
  const columns = names.map((name) => data.names.indexOf(name))
  return data.alternatives.map((_, changed) => {
    const slope = columns.reduce((sum, k) => sum + beta[k]! * average.values[k]![changed]!, 0)
    return chances.map((_chance, at) => slope * ((at === changed ? 1 : 0) - chances[changed]!))
  })
}

/**
 * Where the buyers of each alternative would go if it were no longer offered, in shares of those it has: row i, column j. Read from the
 * other side, where the sales of a channel come from: its cannibalisation of the others. Rows sum to 1, the diagonal is 0.
 */
export function diversionOnRemoval(data: ChoiceData, chances: Float64Array): Float64Array[] {
  return diversion(
    data,
    (from, to) => (chances[from]! * chances[to]!) / Math.max(1 - chances[from]!, 1e-300),
    (from) => chances[from]!,
  )
}

/** Where those go who leave an alternative that became slightly worse, in shares of those who leave. */
export function diversionAtMargin(data: ChoiceData, chances: Float64Array): Float64Array[] {
  const lost = (from: number): number => chances[from]! * (1 - chances[from]!)
  return diversion(data, (from, to) => chances[from]! * chances[to]!, lost)
}

/**
 * `diversionOnRemoval` at a fit, with the standard error of each share by the delta method: how the shares move with the coefficients,
 * and how uncertain those are.
 */
export function diversionWithErrors(
  data: ChoiceData,
  { coefficients, covariance, standardErrors }: Pick<LogitFit, 'coefficients' | 'covariance' | 'standardErrors'>,
): { shares: Float64Array[]; standardErrors: Float64Array[] } {
  const size = coefficients.length
  const at = (beta: Float64Array): Float64Array[] => diversionOnRemoval(data, choiceChances(data, beta))
  const slopes = Array.from(coefficients, (value, k) => {
    const step = 0.01 * standardErrors[k]!
    const [up, down] = [at(coefficients.with(k, value + step)), at(coefficients.with(k, value - step))]
    return up.map((row, from) => row.map((share, to) => (share - down[from]![to]!) / (2 * step)))
  })
  const shares = at(coefficients)
  const errorOf = (from: number, to: number): number => {
    let variance = 0
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++)
        variance += slopes[i]![from]![to]! * covariance[i * size + j]! * slopes[j]![from]![to]!
    }
    return Math.sqrt(Math.max(0, variance))
  }
  return { shares, standardErrors: shares.map((row, from) => row.map((_, to) => errorOf(from, to))) }
}

function diversion(
  { alternatives, starts, alternativeOf }: ChoiceData,
  gained: (from: number, to: number) => number,
  lost: (from: number) => number,
): Float64Array[] {
  const flows = alternatives.map(() => new Float64Array(alternatives.length))
  const losses = new Float64Array(alternatives.length)
  for (let c = 0; c + 1 < starts.length; c++) {
    for (let from = starts[c]!; from < starts[c + 1]!; from++) {
      losses[alternativeOf[from]!]! += lost(from)
      for (let to = starts[c]!; to < starts[c + 1]!; to++) {
        if (to !== from) flows[alternativeOf[from]!]![alternativeOf[to]!]! += gained(from, to)
      }
    }
  }
  return flows.map((row, from) => row.map((flow) => (losses[from]! > 0 ? flow / losses[from]! : 0)))
}

/** What each chooser expects of the best alternative, ln Σ exp(utility): the inclusive value, in units of utility. */
export function inclusiveValues(data: ChoiceData, beta: Float64Array): Float64Array {
  const utilities = utilitiesOf(data, beta)
  return Float64Array.from(data.chosenRow, (_, c) => {
    const own = utilities.subarray(data.starts[c], data.starts[c + 1])
    const top = own.reduce((most, value) => Math.max(most, value), -Infinity)
    return top + Math.log(own.reduce((sum, value) => sum + Math.exp(value - top), 0))
  })
}

/**
 * What a change is worth to each chooser in money (K. Small, H. Rosen 1981): the change of the inclusive value, divided by what a unit
 * of money is worth, minus the coefficient of the price.
 */
export function surplusChanges(
  before: ChoiceData,
  after: ChoiceData,
  beta: Float64Array,
  priceCoefficient: number,
): Float64Array {
  const [was, is] = [inclusiveValues(before, beta), inclusiveValues(after, beta)]
  return was.map((value, c) => (is[c]! - value) / -priceCoefficient)
}
