import type { ExperimentComparison } from '@ecluse/contracts/experiments.ts'
import { differenceOfArms, outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { adjustedEffect } from '@ecluse/strategy-engine/experiments/cuped.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { SiteMeans } from '../queries/outcomes.ts'

/** Below so many shops one odd one may make the result (A. Cameron, D. Miller 2015 count 20 to 50 as few). */
export const fewSites = 40

type Terms = { level: number; adjust: boolean }
type Measured = { x: number; y: number }
type Difference = NonNullable<ExperimentComparison['plain']>

/** One arm beside the control: the means of shops, by Welch’s t, once their common window is over. */
export function compareSites(
  arm: string,
  control: string,
  sites: readonly SiteMeans[],
  { level, adjust }: Terms,
): ExperimentComparison {
  const of = (key: string): Measured[] => sites.filter((site) => site.arm === key)
  const [treated, other] = [of(arm), of(control)]
  const plain = differenceOf(treated, other, 0, level)
  const { slope, varianceRatio } = slopeOf(treated, other)
  const adjusted = slope === null ? null : differenceOf(treated, other, slope, level)
  const read = adjust ? (adjusted ?? plain) : plain
  return { arm, plain, adjusted, varianceRatio, verdict: verdictOf(read, level), course: [] }
}

function differenceOf(
  treated: readonly Measured[],
  control: readonly Measured[],
  slope: number,
  level: number,
): Difference | null {
  if (treated.length < 2 || control.length < 2) return null
  const values = (sites: readonly Measured[]) => outcomeOf(sites.map(({ x, y }) => y - slope * x))
  const { difference, low, high, pValue } = differenceOfArms(values(treated), values(control), 1 - level)
  return { effect: difference, low, high, pValue }
}

function slopeOf(
  treated: readonly Measured[],
  control: readonly Measured[],
): { slope: number | null; varianceRatio: number | null } {
  const group = (sites: readonly Measured[]) => ({ outcome: sites.map(({ y }) => y), before: sites.map(({ x }) => x) })
  try {
    const { slope, varianceRatio } = adjustedEffect(group(treated), group(control))
    return { slope, varianceRatio }
  } catch (error) {
    if (error instanceof Unanswerable) return { slope: null, varianceRatio: null }
    throw error
  }
}

function verdictOf(read: Difference | null, level: number): ExperimentComparison['verdict'] {
  if (read === null) return 'too_early'
  if (read.pValue > level) return 'no_difference'
  return read.effect > 0 ? 'better' : 'worse'
}
