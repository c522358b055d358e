import { fitMediaMix, trendAndSeason, type MediaMix, type MediaMixData, type MediaMixOptions } from './media-mix.ts'
import type { Columns } from '../numeric/matrix.ts'

export interface SeasonalMix {
  mix: MediaMix
  harmonics: number
  /** All that stands beside the channels: what was given, trend and season. */
  controls: Columns
}

/**
 * A media mix beside a trend and as many waves of the season as are asked for, or as G. Schwarz's criterion (1978) finds worth their
 * coefficients, up to three, where two seasons are known.
 */
export function fitSeasonalMix(
  data: MediaMixData,
  { period, harmonics, ...options }: MediaMixOptions & { period: number; harmonics?: number },
): SeasonalMix {
  const rows = data.sales.length
  const worth = rows >= 2 * period ? [0, 1, 2, 3].filter((count) => count <= period / 2) : [0]
  const [first = 0, ...others] = harmonics === undefined ? worth : [harmonics]
  const fitWith = (waves: number) => {
    const season = trendAndSeason(rows, period, waves)
    const own = data.controls ?? { names: [], values: [] }
    const controls = { names: [...own.names, ...season.names], values: [...own.values, ...season.values] }
    const mix = fitMediaMix({ ...data, controls }, options)
    const criterion = 2 * rows * Math.log(mix.residualError) + mix.baseline.names.length * Math.log(rows)
    return { mix, harmonics: waves, controls, criterion }
  }
  const { criterion: _, ...best } = others.reduce((found, waves) => {
    const one = fitWith(waves)
    return one.criterion < found.criterion ? one : found
  }, fitWith(first))
  return best
}
