import { bisect } from '../numeric/distributions.ts'
import { requireDated, requireFlows, type DatedFlow } from './present-value.ts'

/** A rate that makes the present value zero, or why there is none. */
export type RateOfReturn =
  | {
      rate: number
      /** Every such rate above −100 %, ascending. More than one: the rate alone does not decide, look at the present value. */
      all: number[]
    }
  | { rate: null; all: []; why: 'never_paid_out' | 'never_paid_in' | 'always_above_zero' | 'always_below_zero' }

/**
 * Internal rate of return per period, first flow now. All roots are found, by isolation, not by a guess; with several, the one nearest
 * `near` is answered, as a spreadsheet started there would.
 */
export function internalReturn(flows: ArrayLike<number>, near = 0.1): RateOfReturn {
  requireFlows(flows)
  return solve(
    Array.from(flows),
    Array.from(flows, (_, period) => period),
    near,
  )
}

/** XIRR: the yearly rate of dated flows, 365 days to the year. */
export function datedReturn(flows: readonly DatedFlow[], near = 0.1): RateOfReturn {
  requireDated(flows)
  const inOrder = [...flows].sort((a, b) => a.day - b.day)
  const start = inOrder[0]!.day
  return solve(
    inOrder.map(({ amount }) => amount),
    inOrder.map(({ day }) => (day - start) / 365),
    near,
  )
}

function solve(amounts: number[], times: number[], near: number): RateOfReturn {
  const [first = 0] = amounts.filter((amount) => amount !== 0)
  if (!amounts.some((amount) => amount < 0)) return { rate: null, all: [], why: 'never_paid_out' }
  if (!amounts.some((amount) => amount > 0)) return { rate: null, all: [], why: 'never_paid_in' }
  const all = roots(mergeTerms(amounts, times)).map((logRate) => Math.expm1(logRate))
  const nearest = all.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))[0]
  if (nearest !== undefined) return { rate: nearest, all }
  return { rate: null, all: [], why: first > 0 ? 'always_above_zero' : 'always_below_zero' }
}

/** One term c·e^(−tδ) of a present value, δ = ln(1 + rate). */
interface Term {
  factor: number
  time: number
}

function mergeTerms(amounts: readonly number[], times: readonly number[]): Term[] {
  const byTime = new Map<number, number>()
  amounts.forEach((amount, at) => byTime.set(times[at]!, (byTime.get(times[at]!) ?? 0) + amount))
  return [...byTime].map(([time, factor]) => ({ factor, time })).filter(({ factor }) => factor !== 0)
}

/** Rates from −99.999 999 99 % to 10,000,000,000 %. */
const lowest = Math.log(1e-10)
const highest = Math.log(1e8)

/**
 * The roots of a sum of exponentials, ascending. It has at most as many as its factors change sign (Laguerre 1883, the rule of
 * Descartes). Divided by its first term and differentiated it has one term less, whose roots part the line where the sum is monotone.
 */
function roots(terms: readonly Term[]): number[] {
  const changes = terms.filter(({ factor }, at) => at > 0 && factor > 0 !== terms[at - 1]!.factor > 0).length
  if (changes === 0) return []
  const turning = changes === 1 ? [] : roots(slope(terms))
  const bounds = [lowest, ...turning, highest]
  const found: number[] = []
  for (let at = 1; at < bounds.length; at++) {
    const [low, high] = [bounds[at - 1]!, bounds[at]!]
    const [from, to] = [signAt(terms, low), signAt(terms, high)]
    if (from === 0 && at > 1) found.push(low)
    if (from * to < 0) found.push(bisect((x) => to * scaledSum(terms, x).sum, low, high))
  }
  return found
}

function slope(terms: readonly Term[]): Term[] {
  const { time: start } = terms[0]!
  const rest = terms.slice(1).map(({ factor, time }) => ({ factor: -factor * (time - start), time: time - start }))
  const largest = Math.max(...rest.map(({ factor }) => Math.abs(factor)))
  return rest.map(({ factor, time }) => ({ factor: factor / largest, time }))
}

/** The sign, 0 where nothing but rounding is left: there the curve touches zero. */
function signAt(terms: readonly Term[], x: number): number {
  const { sum, size } = scaledSum(terms, x)
  return Math.abs(sum) <= 1e-13 * size ? 0 : Math.sign(sum)
}

/** The sum divided by its largest power, so that nothing overflows, and the sum of the terms' sizes. */
function scaledSum(terms: readonly Term[], x: number): { sum: number; size: number } {
  const top = Math.max(-terms[0]!.time * x, -terms.at(-1)!.time * x)
  let sum = 0
  let size = 0
  for (const { factor, time } of terms) {
    const term = factor * Math.exp(-time * x - top)
    sum += term
    size += Math.abs(term)
  }
  return { sum, size }
}
