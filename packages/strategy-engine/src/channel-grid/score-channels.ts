import { createRandom } from '../numeric/random.ts'
import { requireFinite, requireOnce, requireRange, Unanswerable } from '../unanswerable.ts'

/** What channels are judged by: the reach of a target, cost, control, image, speed, service. */
export interface Criterion {
  name: string
  /** What it counts for; only the ratios of weights matter. */
  weight: number
  /** Whether a high figure speaks for a channel or, as a cost does, against it. */
  better: 'more' | 'less'
  /** The figures that score 0 and 1; the worst and the best there are, unless said. */
  worst?: number
  best?: number
}

/** A channel with one figure for each criterion, in the unit of that criterion. */
export interface JudgedChannel {
  name: string
  figures: ArrayLike<number>
}

/** Additive values: one row of scores for each channel, each between 0 and 1. */
export interface Grid {
  channels: readonly string[]
  criteria: readonly string[]
  /** Normalised: their sum is 1. */
  weights: Float64Array
  /** Score of a channel by a criterion, row by row. */
  scores: Float64Array
  /** Weighted sum of a channel's scores, between 0 and 1. */
  totals: Float64Array
  /** Channels from the best to the worst; of two that are level, the one named first. */
  ranking: number[]
}

/**
 * Scores channels by an additive value function with linear values between the anchors of each criterion (R. Keeney, H. Raiffa,
 * Decisions with Multiple Objectives, 1976). Figures beyond an anchor score 0 or 1. Throws `Unanswerable`: `empty`, `repeated`,
 * `not_a_number`, `out_of_range` (a negative weight, none above 0), `constant` (a criterion by which all are alike, without anchors).
 */
export function scoreChannels(criteria: readonly Criterion[], channels: readonly JudgedChannel[]): Grid {
  if (criteria.length === 0 || channels.length === 0) throw new Unanswerable('empty')
  requireOnce(criteria)
  requireOnce(channels)
  const scores = new Float64Array(channels.length * criteria.length)
  for (const [at, criterion] of criteria.entries()) {
    requireRange(criterion.name, criterion.weight, 0)
    const figures = Float64Array.from(channels, (channel) => channel.figures[at] ?? NaN)
    requireFinite(criterion.name, figures)
    const { worst, best } = anchorsOf(criterion, figures)
    for (const [row, figure] of figures.entries()) {
      scores[row * criteria.length + at] = Math.min(1, Math.max(0, (figure - worst) / (best - worst)))
    }
  }
  const sum = criteria.reduce((total, { weight }) => total + weight, 0)
  if (!(sum > 0 && Number.isFinite(sum)))
    throw new Unanswerable('out_of_range', { name: 'weights', value: sum, least: 0, most: Infinity })
  const weights = Float64Array.from(criteria, ({ weight }) => weight / sum)
  const totals = totalsOf(scores, weights)
  return {
    channels: channels.map(({ name }) => name),
    criteria: criteria.map(({ name }) => name),
    weights,
    scores,
    totals,
    ranking: rankingOf(totals),
  }
}

function anchorsOf(criterion: Criterion, figures: Float64Array): { worst: number; best: number } {
  const [low, high] = [Math.min(...figures), Math.max(...figures)]
  const less = criterion.better === 'less'
  const worst = criterion.worst ?? (less ? high : low)
  const best = criterion.best ?? (less ? low : high)
  if (worst === best) throw new Unanswerable('constant', { column: criterion.name })
  requireFinite(criterion.name, [worst, best])
  if (less !== best < worst) throw new Unanswerable('mismatch', { first: worst, second: best })
  return { worst, best }
}

function totalsOf(scores: Float64Array, weights: Float64Array): Float64Array {
  const totals = new Float64Array(scores.length / weights.length)
  for (let row = 0; row < totals.length; row++) {
    let total = 0
    for (let at = 0; at < weights.length; at++) total += scores[row * weights.length + at]! * weights[at]!
    totals[row] = total
  }
  return totals
}

const rankingOf = (totals: Float64Array): number[] =>
  Array.from(totals.keys()).sort((a, b) => totals[b]! - totals[a]! || a - b)

/** The nearest weights of one criterion at which another channel comes first, the others keeping their proportions; null: none does. */
export interface TurningPoint {
  criterion: string
  weight: number
  lower: { weight: number; first: string } | null
  higher: { weight: number; first: string } | null
}

/**
 * How far the weight of each criterion can move before the first place changes hands: with the other weights in proportion, totals are
 * straight lines in it, so the turning points are where lines cross.
 */
export function turningPoints(grid: Grid): TurningPoint[] {
  const [first = 0, ...others] = grid.ranking
  return grid.criteria.map((criterion, at) => {
    const weight = grid.weights[at]!
    const point: TurningPoint = { criterion, weight, lower: null, higher: null }
    if (weight === 1) return point
    // A total is w·score + (1 − w)·rest, where `rest` is the mean of the other scores by their weights.
    const line = (row: number) => {
      const score = grid.scores[row * grid.criteria.length + at]!
      return { score, rest: (grid.totals[row]! - weight * score) / (1 - weight) }
    }
    const leader = line(first)
    for (const row of others) {
      const other = line(row)
      const lead = leader.rest - other.rest
      const gains = other.score - leader.score + lead
      const cross = lead / gains
      if (!(cross >= 0 && cross <= 1)) continue
      const there = { weight: cross, first: grid.channels[row]! }
      // Who gains by a higher weight comes first above the crossing, which may be where we stand: two that are level.
      if (gains > 0 && (point.higher === null || cross < point.higher.weight)) point.higher = there
      if (gains < 0 && (point.lower === null || cross > point.lower.weight)) point.lower = there
    }
    return point
  })
}

/** How a channel stands when the weights are not known. */
export interface Acceptability {
  channel: string
  /** Share of weights that put it on each rank, the first rank first. */
  ranks: Float64Array
}

/**
 * Stochastic multicriteria acceptability (R. Lahdelma, J. Hokkanen, P. Salminen, European Journal of Operational Research 106, 1998): in
 * which share of all possible weights each channel has each rank. Weights are drawn evenly from the simplex; with `keepOrder` only
 * those that leave the criteria in the order of importance that was stated.
 */
export function rankAcceptability(
  grid: Grid,
  { draws = 10_000, seed = 1, keepOrder = false }: { draws?: number; seed?: number; keepOrder?: boolean } = {},
): Acceptability[] {
  requireRange('draws', draws, 1, 1e7)
  const random = createRandom(seed)
  const counts = grid.channels.map(() => new Float64Array(grid.channels.length))
  const importance = Array.from(grid.weights.keys()).sort((a, b) => grid.weights[b]! - grid.weights[a]!)
  const weights = new Float64Array(grid.weights.length)
  for (let draw = 0; draw < draws; draw++) {
    // Exponentials over their sum are even on the simplex; ranking needs no division by it.
    const drawn = Float64Array.from(weights, () => random.exponential())
    if (keepOrder) {
      drawn.sort().reverse()
      for (const [rank, at] of importance.entries()) weights[at] = drawn[rank]!
    } else weights.set(drawn)
    for (const [rank, row] of rankingOf(totalsOf(grid.scores, weights)).entries()) counts[row]![rank]! += 1
  }
  return grid.channels.map((channel, row) => ({ channel, ranks: counts[row]!.map((count) => count / draws) }))
}
