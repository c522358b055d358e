import { factorise, invertFactored, solveFactored } from '../numeric/matrix.ts'
import { Unanswerable } from '../unanswerable.ts'
import type { ChoiceData } from './choice-data.ts'

export interface LogitFit {
  names: readonly string[]
  coefficients: Float64Array
  standardErrors: Float64Array
  /** Of the coefficients, row after row. */
  covariance: Float64Array
  logLikelihood: number
  /** Of a model that knows nothing but how often each alternative is chosen; the base of McFadden's R². */
  logLikelihoodOfShares: number
  /** 1 − logLikelihood / logLikelihoodOfShares. */
  mcFaddenR2: number
  iterations: number
}

/**
 * The multinomial logit of D. McFadden (1974, Conditional logit analysis of qualitative choice behavior): the chance of an alternative
 * is proportional to the exponential of its utility, a weighted sum of its columns. By maximum likelihood, Newton's method from
 * zero; the likelihood is concave, so where it ends is the only best. Throws `collinear`, `constant`, `separation`, `never_chosen`,
 * `one_alternative` where there is no finite best.
 */
export function fitLogit(data: ChoiceData): LogitFit {
  requireChoices(data)
  const scales = scalesOf(data)
  const scaled = { ...data, values: data.values.map((column, k) => column.map((value) => value / scales[k]!)) }
  const { beta, information, logLikelihood, iterations } = climb(scaled)
  const size = beta.length
  const covariance = information.map((value, at) => value / (scales[Math.floor(at / size)]! * scales[at % size]!))
  const coefficients = beta.map((value, k) => value / scales[k]!)
  const logLikelihoodOfShares = likelihoodOfConstants(data)
  return {
    names: data.names,
    coefficients,
    standardErrors: coefficients.map((_, k) => Math.sqrt(covariance[k * size + k]!)),
    covariance,
    logLikelihood,
    logLikelihoodOfShares,
    mcFaddenR2: 1 - logLikelihood / logLikelihoodOfShares,
    iterations,
  }
}

/** Refuses what no logit can be fitted to: one alternative, or a constant for one that nobody ever takes. */
export function requireChoices({ alternatives, alternativeOf, chosenRow, names }: ChoiceData): void {
  if (chosenRow.length === 0) throw new Unanswerable('empty')
  const chosen = new Set(Array.from(chosenRow, (row) => alternativeOf[row]!))
  const [only] = chosen
  if (chosen.size === 1) throw new Unanswerable('one_alternative', { name: alternatives[only!]! })
  const never = alternatives.findIndex((name, at) => !chosen.has(at) && names.includes(`asc_${name}`))
  if (never >= 0) throw new Unanswerable('never_chosen', { name: alternatives[never]! })
}

/** The spread of each column between the alternatives of a choice; a column without any tells nothing. */
export function scalesOf({ starts, names, values }: ChoiceData): Float64Array {
  return Float64Array.from(values, (column, k) => {
    let squares = 0
    let largest = 0
    for (let c = 0; c + 1 < starts.length; c++) {
      let mean = 0
      for (let row = starts[c]!; row < starts[c + 1]!; row++) mean += column[row]!
      mean /= starts[c + 1]! - starts[c]!
      for (let row = starts[c]!; row < starts[c + 1]!; row++) {
        squares += (column[row]! - mean) ** 2
        largest = Math.max(largest, Math.abs(column[row]!))
      }
    }
    const spread = Math.sqrt(squares / column.length)
    if (!(spread > 1e-10 * largest)) throw new Unanswerable('constant', { column: names[k]! })
    return spread
  })
}

function climb(data: ChoiceData) {
  const size = data.names.length
  let here = evaluate(data, new Float64Array(size))
  const atZero = here.information
  const start = factorise(atZero, size, 1e-10)
  if ('dependent' in start) throw new Unanswerable('collinear', { column: data.names[start.dependent]! })
  for (let iterations = 1; iterations <= 100; iterations++) {
    const factor = factorise(here.information, size, 1e-13)
    if ('dependent' in factor) throw separationOf(data, here, atZero)
    const step = solveFactored(factor, here.gradient)
    const rise = step.reduce((sum, value, k) => sum + value * here.gradient[k]!, 0)
    if (rise < 1e-16 * (1 + Math.abs(here.logLikelihood))) {
      if (isRunaway(here, atZero)) throw separationOf(data, here, atZero)
      return { ...here, information: invertFactored(factor), iterations }
    }
    here = stepUp(data, here, step)
  }
  throw separationOf(data, here, atZero)
}

interface Place {
  beta: Float64Array
  logLikelihood: number
  gradient: Float64Array
  information: Float64Array
}

/** The whole step, or the first half of a half that does not lead down. */
function stepUp(data: ChoiceData, from: Place, step: Float64Array): Place {
  let length = 1
  for (let halving = 0; halving < 40; halving++) {
    const there = evaluate(
      data,
      from.beta.map((value, k) => value + length * step[k]!),
    )
    if (there.logLikelihood >= from.logLikelihood - 1e-12 * Math.abs(from.logLikelihood)) return there
    length /= 2
  }
  return from
}

const remaining = ({ information }: Place, atZero: Float64Array, k: number, size: number): number =>
  information[k * size + k]! / atZero[k * size + k]!

/** Where choices are certain they carry no information any more: the estimate is on its way to infinity. */
function isRunaway(place: Place, atZero: Float64Array): boolean {
  const size = place.beta.length
  return place.beta.some((_, k) => remaining(place, atZero, k, size) < 1e-7)
}

function separationOf(data: ChoiceData, place: Place, atZero: Float64Array): Unanswerable {
  const size = place.beta.length
  let worst = 0
  for (let k = 1; k < size; k++) {
    const score = Math.abs(place.beta[k]!) / (remaining(place, atZero, k, size) + 1e-12)
    if (score > Math.abs(place.beta[worst]!) / (remaining(place, atZero, worst, size) + 1e-12)) worst = k
  }
  return new Unanswerable('separation', { column: data.names[worst]! })
}

/** Log-likelihood, its gradient and the information (minus the matrix of second derivatives) at given coefficients. */
export function evaluate(data: ChoiceData, beta: Float64Array): Place {
  const { starts, chosenRow, values } = data
  const size = beta.length
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const chances = choiceChances(data, beta)
  const mean = new Float64Array(size)
  let logLikelihood = 0
  for (let c = 0; c < chosenRow.length; c++) {
    const [first, end] = [starts[c]!, starts[c + 1]!]
    logLikelihood += Math.log(chances[chosenRow[c]!]!)
    for (let k = 0; k < size; k++) {
      const column = values[k]!
      let sum = 0
      for (let row = first; row < end; row++) sum += chances[row]! * column[row]!
      mean[k] = sum
      gradient[k]! += column[chosenRow[c]!]! - sum
    }
    for (let k = 0; k < size; k++) {
      const column = values[k]!
      for (let row = first; row < end; row++) {
        const weighted = chances[row]! * (column[row]! - mean[k]!)
        if (weighted === 0) continue
        for (let other = 0; other <= k; other++) information[k * size + other]! += weighted * values[other]![row]!
      }
    }
  }
  for (let k = 0; k < size; k++) {
    for (let other = 0; other < k; other++) information[other * size + k] = information[k * size + other]!
  }
  return { beta, logLikelihood, gradient, information }
}

/** The utility of each row. */
export function utilitiesOf({ values, alternativeOf }: ChoiceData, beta: Float64Array): Float64Array {
  const utilities = new Float64Array(alternativeOf.length)
  values.forEach((column, k) => {
    const weight = beta[k]!
    for (let row = 0; row < utilities.length; row++) utilities[row]! += weight * column[row]!
  })
  return utilities
}

/** The chance of each row to be the one chosen; those of one choice sum to 1. Never 0, so that its logarithm is a number. */
export function choiceChances(data: ChoiceData, beta: Float64Array): Float64Array {
  const chances = utilitiesOf(data, beta)
  const { starts } = data
  for (let c = 0; c + 1 < starts.length; c++) {
    const [first, end] = [starts[c]!, starts[c + 1]!]
    let top = -Infinity
    for (let row = first; row < end; row++) top = Math.max(top, chances[row]!)
    let total = 0
    for (let row = first; row < end; row++) {
      chances[row] = Math.max(Number.MIN_VALUE, Math.exp(chances[row]! - top))
      total += chances[row]!
    }
    for (let row = first; row < end; row++) chances[row]! /= total
  }
  return chances
}

/** The best log-likelihood with constants alone. Where all have the same alternatives it is Σ n ln(n/N); else it is fitted. */
function likelihoodOfConstants(data: ChoiceData): number {
  const { alternatives, starts, alternativeOf, chosenRow } = data
  const counts = new Float64Array(alternatives.length)
  for (const row of chosenRow) counts[alternativeOf[row]!]!++
  const cases = chosenRow.length
  const everywhere = alternativeOf.length === cases * alternatives.length && starts.length === cases + 1
  if (everywhere) return counts.reduce((sum, count) => sum + (count > 0 ? count * Math.log(count / cases) : 0), 0)
  return fitShares(data, counts)
}

/** Constants by the iteration that makes predicted shares those observed; each round raises the likelihood. */
function fitShares(data: ChoiceData, counts: Float64Array): number {
  const { starts, alternativeOf, chosenRow } = data
  const weights = counts.map((count) => (count > 0 ? 1 : 0))
  const predicted = new Float64Array(weights.length)
  let logLikelihood = -Infinity
  for (let round = 0; round < 2_000; round++) {
    predicted.fill(0)
    let value = 0
    for (let c = 0; c < chosenRow.length; c++) {
      let total = 0
      for (let row = starts[c]!; row < starts[c + 1]!; row++) total += weights[alternativeOf[row]!]!
      for (let row = starts[c]!; row < starts[c + 1]!; row++) predicted[alternativeOf[row]!]! += 1 / total
      value += Math.log(weights[alternativeOf[chosenRow[c]!]!]! / total)
    }
    if (value - logLikelihood < 1e-12 * Math.abs(value)) return value
    logLikelihood = value
    weights.forEach((weight, at) => (weights[at] = weight > 0 ? counts[at]! / predicted[at]! : 0))
  }
  return logLikelihood
}
