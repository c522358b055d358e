import { requireRange, Unanswerable } from '../unanswerable.ts'
import { requireSeries, type Forecast } from './series.ts'

/** How demand that comes now and then is smoothed. */
export type CrostonVariant =
  /** J. Croston 1972: sizes and pauses apart. */
  | 'croston'
  /** A. Syntetos, J. Boylan 2005: less α/2, which the ratio of two means is too high by. */
  | 'syntetos_boylan'
  /** R. Teunter, A. Syntetos, M. Babai 2011: the chance of a demand falls in every period without, so that what dies out goes to nothing. */
  | 'teunter_syntetos_babai'

/** What a method for slow movers expects of each period to come: one figure for all of them. */
export function croston(
  values: Float64Array,
  horizon: number,
  alpha = 0.1,
  variant: CrostonVariant = 'croston',
): Forecast & { rate: number } {
  requireSeries({ values, season: 1 }, horizon)
  requireRange('alpha', alpha, 1e-9, 1)
  for (const value of values) requireRange('demand', value, 0)
  const first = values.findIndex((value) => value > 0)
  if (first < 0) throw new Unanswerable('too_few', { what: 'periods with demand', have: 0, need: 1 })
  const rate =
    variant === 'teunter_syntetos_babai' ? smoothChance(values, first, alpha) : smoothPauses(values, first, alpha)
  const factor = variant === 'syntetos_boylan' ? 1 - alpha / 2 : 1
  const mean = rate * factor
  // Around one figure for all periods the values spread as they did.
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1))
  return {
    rate: mean,
    mean: new Float64Array(horizon).fill(mean),
    deviation: new Float64Array(horizon).fill(deviation),
  }
}

/** The first size and the first pause start both averages. */
function smoothPauses(values: Float64Array, first: number, alpha: number): number {
  let size = values[first]!
  let pause = first + 1
  let since = 0
  for (let t = first + 1; t < values.length; t++) {
    since += 1
    if (values[t]! === 0) continue
    size += alpha * (values[t]! - size)
    pause += alpha * (since - pause)
    since = 0
  }
  return size / pause
}

function smoothChance(values: Float64Array, first: number, alpha: number): number {
  let size = values[first]!
  let chance = 1 / (first + 1)
  for (let t = first + 1; t < values.length; t++) {
    const sold = values[t]! > 0
    chance += alpha * (Number(sold) - chance)
    if (sold) size += alpha * (values[t]! - size)
  }
  return chance * size
}
