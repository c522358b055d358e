import { internalReturn } from '../finance/rate-of-return.ts'
import { Unanswerable } from '../unanswerable.ts'
import type { Layout } from './layout.ts'
import { measures, type Chunk, type Measure } from './simulate.ts'

/** All draws of one scenario. */
export interface Outcome {
  draws: number
  months: number
  channels: readonly string[]
  presentValues: Float64Array
  /** `cash[draw · months + month]`. */
  cash: Float64Array
  /** Turnover of all channels, laid out as the cash. */
  revenue: Float64Array
  /** `means[measure][month · channels + channel]`. */
  means: Record<Measure, Float64Array>
  /** What moves cost on average, by month. */
  moveCosts: Float64Array
  drawn: Float64Array
  uncertain: readonly string[]
}

/** Puts chunks together, whatever the order they came in. */
export function joinChunks(layout: Layout, chunks: readonly Chunk[]): Outcome {
  const inOrder = [...chunks].sort((a, b) => a.from - b.from)
  const draws = inOrder.reduce((sum, { presentValues }) => sum + presentValues.length, 0)
  if (draws === 0) throw new Unanswerable('empty')
  const { months, channels, uncertain, company } = layout
  const size = months * channels
  const sums = new Float64Array(measures.length * size)
  const moveCosts = new Float64Array(months)
  const joined = {
    presentValues: new Float64Array(draws),
    cash: new Float64Array(draws * months),
    revenue: new Float64Array(draws * months),
    drawn: new Float64Array(draws * uncertain.length),
  }
  let next = 0
  for (const chunk of inOrder) {
    if (chunk.from !== next) throw new Unanswerable('mismatch', { first: chunk.from, second: next })
    joined.presentValues.set(chunk.presentValues, next)
    joined.cash.set(chunk.cash, next * months)
    joined.revenue.set(chunk.revenue, next * months)
    joined.drawn.set(chunk.drawn, next * uncertain.length)
    chunk.sums.forEach((value, at) => (sums[at]! += value))
    chunk.moveCosts.forEach((value, at) => (moveCosts[at]! += value))
    next += chunk.presentValues.length
  }
  const means = measures.map((measure, at) => [
    measure,
    sums.slice(at * size, (at + 1) * size).map((sum) => sum / draws),
  ])
  return {
    ...joined,
    draws,
    months,
    channels: company.channels.map(({ name }) => name),
    means: Object.fromEntries(means) as Record<Measure, Float64Array>,
    moveCosts: moveCosts.map((sum) => sum / draws),
    uncertain: uncertain.map(({ name }) => name),
  }
}

/** What a director looks at first. */
export interface Verdict {
  mean: number
  deviation: number
  /** One draw of twenty is below, the middle one, one of twenty above. */
  low: number
  median: number
  high: number
  probabilityOfLoss: number
  /** Mean of the worst twentieth. */
  worst: number
  /** Month, from 1, in which the cash is back to stay: middle of those draws where it is; null where it is in less than half. */
  payback: number | null
  probabilityOfPayback: number
  /** The yearly internal rate of return of the mean cash; null where there is none. */
  internalReturn: number | null
  /** The deepest the cash goes, on average: what has to be financed. */
  funding: number
}

/** The verdict on a scenario by itself. */
export const judgeOutcome = ({ presentValues, cash, months }: Outcome): Verdict => judge(presentValues, cash, months)

/** The verdict on doing one rather than the other, draw by draw: what both have in common by chance falls away. */
export function compareOutcomes(scenario: Outcome, base: Outcome): Verdict {
  for (const key of ['draws', 'months'] as const) {
    if (scenario[key] !== base[key]) throw new Unanswerable('mismatch', { first: scenario[key], second: base[key] })
  }
  const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value - b[at]!)
  return judge(
    difference(scenario.presentValues, base.presentValues),
    difference(scenario.cash, base.cash),
    scenario.months,
  )
}

function judge(presentValues: Float64Array, cash: Float64Array, months: number): Verdict {
  const draws = presentValues.length
  const sorted = presentValues.toSorted()
  const mean = presentValues.reduce((sum, value) => sum + value, 0) / draws
  const squares = presentValues.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const worst = sorted.subarray(0, Math.max(1, Math.floor(draws / 20)))
  const meanCash = new Float64Array(months)
  cash.forEach((value, at) => (meanCash[at % months]! += value / draws))
  const { paybacks, funding } = paths(cash, months)
  const monthly = months > 1 ? internalReturn(meanCash, 0.01).rate : null
  return {
    mean,
    deviation: Math.sqrt(squares / Math.max(1, draws - 1)),
    low: shareOf(sorted, 0.05),
    median: shareOf(sorted, 0.5),
    high: shareOf(sorted, 0.95),
    probabilityOfLoss: presentValues.reduce((count, value) => count + Number(value < 0), 0) / draws,
    worst: worst.reduce((sum, value) => sum + value, 0) / worst.length,
    payback: paybacks.length * 2 >= draws ? shareOf(Float64Array.from(paybacks).sort(), 0.5) : null,
    probabilityOfPayback: paybacks.length / draws,
    internalReturn: monthly === null ? null : (1 + monthly) ** 12 - 1,
    funding,
  }
}

/** By draw: the month from which the cash so far stays above nothing, and how deep it was before. */
function paths(cash: Float64Array, months: number): { paybacks: number[]; funding: number } {
  const paybacks: number[] = []
  const draws = cash.length / months
  let depths = 0
  for (let draw = 0; draw < draws; draw++) {
    let [balance, lowest, below] = [0, 0, 0]
    for (let month = 0; month < months; month++) {
      balance += cash[draw * months + month]!
      if (balance < lowest) lowest = balance
      if (balance < 0) below = month + 1
    }
    depths -= lowest
    if (below < months) paybacks.push(below + 1)
  }
  return { paybacks, funding: depths / draws }
}

/** The value below which a share of sorted values lies. */
export function shareOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

/** By month: one draw of twenty is below `low`, one above `high`. */
export interface CashCone {
  low: Float64Array
  median: Float64Array
  high: Float64Array
}

export const cashCone = ({ cash, months, draws }: Outcome): CashCone => coneOf(cash, { months, draws, soFar: true })

/**
 * Between which values a month's figure lies, draw by draw: by itself, or with all before it (`soFar`).
 * @param values `values[draw · months + month]`
 */
export function coneOf(
  values: Float64Array,
  { months, draws, soFar }: { months: number; draws: number; soFar: boolean },
): CashCone {
  const cone: CashCone = {
    low: new Float64Array(months),
    median: new Float64Array(months),
    high: new Float64Array(months),
  }
  const balances = new Float64Array(draws)
  for (let month = 0; month < months; month++) {
    if (!soFar) balances.fill(0)
    for (let draw = 0; draw < draws; draw++) balances[draw]! += values[draw * months + month]!
    const sorted = balances.toSorted()
    cone.low[month] = shareOf(sorted, 0.05)
    cone.median[month] = shareOf(sorted, 0.5)
    cone.high[month] = shareOf(sorted, 0.95)
  }
  return cone
}
