import type { ExperimentComparison } from '@ecluse/contracts/experiments.ts'
import {
  alwaysValid,
  type AlwaysValidResult,
  type RunningGroup,
} from '@ecluse/strategy-engine/experiments/always-valid.ts'
import type { DaySums } from '../queries/outcomes.ts'

/** Before so many in each arm nothing is said: the variance is not known well enough. */
const fewest = 100

export type Sums = Omit<DaySums, 'arm' | 'day'>
export const noSums: Sums = { n: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 }
export const added = (a: Sums, b: Sums): Sums => ({
  n: a.n + b.n,
  y: a.y + b.y,
  yy: a.yy + b.yy,
  x: a.x + b.x,
  xx: a.xx + b.xx,
  xy: a.xy + b.xy,
})

/** Sums about the means. */
function centred({ n, y, yy, x, xx, xy }: Sums) {
  const each = Math.max(1, n)
  return {
    count: n,
    mean: y / each,
    meanBefore: x / each,
    squares: Math.max(0, yy - (y * y) / each),
    before: Math.max(0, xx - (x * x) / each),
    both: xy - (x * y) / each,
  }
}
type Centred = ReturnType<typeof centred>

/** The mean and the sample’s deviation. */
export function momentsOf(sums: Sums): { mean: number | null; deviation: number | null } {
  const { count, mean, squares } = centred(sums)
  return { mean: count > 0 ? mean : null, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null }
}

const plainOf = ({ count, mean, squares }: Centred): RunningGroup => ({ count, mean, squares })
const adjustedOf = (one: Centred, slope: number): RunningGroup => ({
  count: one.count,
  mean: one.mean - slope * one.meanBefore,
  squares: Math.max(0, one.squares - 2 * slope * one.both + slope * slope * one.before),
})

type Terms = { effect: number; level: number; adjust: boolean }

/**
 * One arm beside the control, at the end of each day on which windows ended. The smallest effect worth seeing is the mixture’s spread:
 * it was written down before, so that looking changes nothing. The slope of CUPED is that of both groups together, as of that day.
 */
export function compareCustomers(
  arm: string,
  control: string,
  days: readonly DaySums[],
  { effect, level, adjust }: Terms,
): ExperimentComparison {
  const settings = { expectedEffect: effect, level, fewest }
  const course: ExperimentComparison['course'] = []
  let [treated, other] = [noSums, noSums]
  let [plain, adjusted]: [AlwaysValidResult | null, AlwaysValidResult | null] = [null, null]
  let varianceRatio: number | null = null
  for (const day of [...new Set(days.map((one) => one.day))].sort()) {
    for (const one of days) {
      if (one.day !== day) continue
      if (one.arm === arm) treated = added(treated, one)
      if (one.arm === control) other = added(other, one)
    }
    const [a, b] = [centred(treated), centred(other)]
    const before = a.before + b.before
    const slope = before > 0 ? (a.both + b.both) / before : 0
    plain = alwaysValid(plainOf(a), plainOf(b), settings, plain?.pValue)
    adjusted = alwaysValid(adjustedOf(a, slope), adjustedOf(b, slope), settings, adjusted?.pValue)
    varianceRatio = a.squares + b.squares > 0 ? 1 - (slope * (a.both + b.both)) / (a.squares + b.squares) : null
    const read = told(adjust ? adjusted : plain)
    if (read) course.push({ day, ...read })
  }
  const read = adjust ? adjusted : plain
  return {
    arm,
    plain: plain && told(plain),
    adjusted: adjusted && told(adjusted),
    varianceRatio,
    verdict: verdictOf(read, level),
    course,
  }
}

/** Null while nothing may be said. */
function told({ effect, low, high, pValue }: AlwaysValidResult) {
  return Number.isFinite(low) && Number.isFinite(high) ? { effect, low, high, pValue } : null
}

function verdictOf(read: AlwaysValidResult | null, level: number): ExperimentComparison['verdict'] {
  if (!read || told(read) === null) return 'too_early'
  if (read.pValue > level) return 'not_yet'
  return read.effect > 0 ? 'better' : 'worse'
}
