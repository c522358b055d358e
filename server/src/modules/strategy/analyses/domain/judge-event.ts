import type { EffectResults, Estimate } from '@ecluse/contracts/analysis-results.ts'
import {
  changeAgainstControls,
  differenceInDifferences,
} from '@ecluse/strategy-engine/effects/difference-in-differences.ts'
import { controlsOf, meanOutcome, requirePanel, type Panel } from '@ecluse/strategy-engine/effects/panel.ts'
import { syntheticControl } from '@ecluse/strategy-engine/effects/synthetic-control.ts'
import { judgeByPlacebos, placeboEffects, syntheticDid } from '@ecluse/strategy-engine/effects/synthetic-did.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { EffectInput } from './analysis-input.ts'

/** Placebo groups drawn where several units were treated. */
const replications = 100
/** Weights below this are told as none. */
const leastWeight = 0.005

/**
 * What an event brought where it happened, against the same sales elsewhere, in three ways. Errors are the spread of the effects of events
 * that never happened: each other unit, or groups of them, taken as if it had been touched.
 * @throws Unanswerable
 */
export function judgeEvent(input: EffectInput, onProgress: (done: number) => void): EffectResults {
  const panel = panelOf(input)
  const synthetic = syntheticControl(panel)
  onProgress(0.1)
  const estimates = {
    differences: estimate(panel, changeAgainstControls, input.seed),
    synthetic: estimate(panel, (one) => syntheticControl(one).effect, input.seed),
    syntheticDifferences: estimate(panel, (one) => syntheticDid(one).effect, input.seed),
  }
  onProgress(0.9)
  const actual = meanOutcome(panel, panel.treated)
  const before = actual.subarray(0, panel.start)
  const mean = before.reduce((sum, value) => sum + value, 0) / before.length
  const controls = controlsOf(panel)
  return {
    kind: 'effect',
    treated: input.treated,
    others: controls.length,
    stepsBefore: panel.start,
    stepsAfter: panel.periods.length - panel.start,
    mean,
    estimates,
    fit: mean === 0 ? 0 : synthetic.rmspeBefore / Math.abs(mean),
    steps: input.startsOn.map((startsOn, at) => ({
      startsOn,
      actual: actual[at] ?? 0,
      without: (actual[at] ?? 0) - (synthetic.gap[at] ?? 0),
    })),
    weights: controls
      .map((unit, at) => ({ unit: panel.units[unit] ?? '', weight: synthetic.unitWeights[at] ?? 0 }))
      .filter(({ weight }) => weight >= leastWeight)
      .toSorted((a, b) => b.weight - a.weight || (a.unit < b.unit ? -1 : 1)),
    placebos: panel.treated.length === 1 ? controls.length : replications,
  }
}

function panelOf({ units, treated, startsOn, before }: EffectInput): Panel {
  if (units.length === 0) throw new Unanswerable('empty')
  const steps = startsOn.length - before
  if (steps === 0) throw new Unanswerable('too_few', { what: 'whole steps since the event', have: 0, need: 1 })
  const others = units.filter(({ name }) => !treated.includes(name)).length
  if (others < 2) throw new Unanswerable('too_few', { what: 'places to compare with', have: others, need: 2 })
  const names = units.map(({ name }) => name)
  return requirePanel({
    units: names,
    periods: startsOn.map((_, at) => at),
    outcomes: units.map(({ values }) => Float64Array.from(values)),
    treated: treated.map((name) => {
      const at = names.indexOf(name)
      if (at < 0) throw new Unanswerable('unknown_name', { name })
      return at
    }),
    start: before,
  })
}

/** An effect with the interval and the chance that placebos give it; without them where too few units are left to be one. */
function estimate(panel: Panel, of: (panel: Panel) => number, seed: number): Estimate {
  const effect = of(panel)
  try {
    const placebos = placeboEffects(panel, of, createRandom(seed), replications)
    const { standardError, low, high, pValue } = judgeByPlacebos(effect, placebos)
    return { effect, standardError, low, high, pValue }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return withoutPlacebos(panel, effect)
  }
}

function withoutPlacebos(panel: Panel, effect: number): Estimate {
  const clustered = differenceInDifferences(panel)
  const same = Math.abs(clustered.effect - effect) < 1e-9 * Math.max(1, Math.abs(effect))
  if (!same || !Number.isFinite(clustered.standardError))
    return { effect, standardError: null, low: null, high: null, pValue: null }
  const { standardError, low, high } = clustered
  return { effect, standardError, low, high, pValue: null }
}
