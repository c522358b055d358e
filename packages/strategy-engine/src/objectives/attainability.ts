import { samplePaths } from '../forecast/sample-paths.ts'
import type { Series } from '../forecast/series.ts'
import { shareOf } from '../scenario/outcome.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** With fewer periods nothing shows how far one lies from the next, and every forecast would seem sure. */
const fewest = 4

/** What an objective asks of a KPI. */
export interface Objective {
  target: number
  /** Whether the target is to be reached from below (turnover) or from above (reply time). */
  wanted: 'at_least' | 'at_most'
  /** What is compared with the target: the value of the last period, the sum over the objective’s periods, or their mean. */
  measure: 'last' | 'sum' | 'mean'
  /** Periods of the objective that have passed: they are the last ones of the series. */
  elapsed: number
  /** Periods that are still to come. */
  left: number
  /** Periods to come before the objective begins; none unless said, and none once it has begun. */
  ahead?: number
}

export interface Attainability {
  /** Between 0 and 1: 0.35 is “35 % likely at the present pace”. */
  probability: number
  /** What the measure will be: the middle of all ways the series may go on, and the 5 and 95 of 100. */
  expected: { low: number; middle: number; high: number }
  /** What each period still to come must bring, all the same, for the target to be met just; null for `last`, where only one period counts. */
  pace: number | null
  /** The mean of the periods of the objective that have passed; null when none has. */
  presentPace: number | null
  /** The forecast cone: for each period to come, those ahead of the objective too, the 5, 25, 50, 75 and 95 of 100. */
  cone: { low: number; lower: number; middle: number; upper: number; high: number }[]
}

/**
 * Whether an objective will be met if all goes on as it has: the share of the ways the KPI’s series may go on that meet it, by exponential
 * smoothing (`samplePaths`). The same seed gives the same figure. Throws `Unanswerable`: `too_few`, `not_a_number`, `out_of_range`.
 */
export function attainability(
  history: Series,
  objective: Objective,
  { draws = 4000, seed = 1 }: { draws?: number; seed?: number } = {},
): Attainability {
  const { target, wanted, measure, elapsed, left, ahead = 0 } = objective
  requireRange('target', target, -Number.MAX_VALUE, Number.MAX_VALUE)
  requireRange('elapsed', elapsed, 0, history.values.length)
  requireRange('left', left, 1, 1000)
  requireRange('ahead', ahead, 0, elapsed > 0 ? 0 : 1000)
  const have = history.values.length
  if (have < fewest) throw new Unanswerable('too_few', { what: 'periods', have, need: fewest })
  const periodsToCome = ahead + left
  const paths = samplePaths(history, periodsToCome, { draws, seed })
  const past = history.values.slice(history.values.length - elapsed).reduce((sum, value) => sum + value, 0)
  const periods = elapsed + left
  const measured = Float64Array.from(paths, (path) => {
    if (measure === 'last') return path[periodsToCome - 1]!
    const sum = path.subarray(ahead).reduce((total, value) => total + value, past)
    return measure === 'sum' ? sum : sum / periods
  })
  const met = measured.reduce(
    (count, value) => count + Number(wanted === 'at_least' ? value >= target : value <= target),
    0,
  )
  const sorted = measured.sort()
  const asked = measure === 'mean' ? target * periods : target
  return {
    probability: met / draws,
    expected: { low: shareOf(sorted, 0.05), middle: shareOf(sorted, 0.5), high: shareOf(sorted, 0.95) },
    pace: measure === 'last' ? null : (asked - past) / left,
    presentPace: elapsed === 0 ? null : past / elapsed,
    cone: Array.from({ length: periodsToCome }, (_, step) =>
      coneAt(Float64Array.from(paths, (path) => path[step]!).sort()),
    ),
  }
}

const coneAt = (sorted: Float64Array) => ({
  low: shareOf(sorted, 0.05),
  lower: shareOf(sorted, 0.25),
  middle: shareOf(sorted, 0.5),
  upper: shareOf(sorted, 0.75),
  high: shareOf(sorted, 0.95),
})
