import type { Random } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { withInterval, type Effect } from './difference-in-differences.ts'
import { controlsOf, meanOutcome, placeboPanel, requirePanel, type Panel } from './panel.ts'
import { simplexWeights } from './simplex-weights.ts'

export interface SyntheticDid {
  effect: number
  /** Weights of the control units, in their order; they sum to 1. */
  unitWeights: Float64Array
  /** Weights of the periods before; they sum to 1. */
  periodWeights: Float64Array
}

/**
 * Synthetic difference-in-differences (D. Arkhangelsky, S. Athey, D. Hirshberg, G. Imbens, S. Wager 2021, American Economic Review
 * 111:4088–4118): controls weighted so that their trend before is parallel to that of the treated, periods before weighted so that
 * they foretell the periods after, then the two-by-two table of the weighted panel.
 */
export function syntheticDid(panel: Panel): SyntheticDid {
  requirePanel(panel)
  const { outcomes, treated, start, periods } = panel
  const controls = controlsOf(panel).map((at) => outcomes[at]!)
  const treatedMean = meanOutcome(panel, treated)
  const after = periods.length - start
  const noise = noiseLevel(controls, start)
  const unitRidge = start * Math.sqrt(treated.length * after) * noise ** 2
  const unitWeights = simplexWeights(
    controls.map((own) => centred(own.subarray(0, start))),
    centred(treatedMean.subarray(0, start)),
    unitRidge,
  )
  const periodColumns = Array.from({ length: start }, (_, t) => centred(Float64Array.from(controls, (own) => own[t]!)))
  const later = Float64Array.from(controls, (own) => meanOf(own.subarray(start)))
  // A breath of ridge makes the weights of periods unique, as in the authors' program.
  const periodWeights = simplexWeights(periodColumns, centred(later), controls.length * (1e-6 * noise) ** 2)
  const change = (own: Float64Array): number =>
    meanOf(own.subarray(start)) - periodWeights.reduce((sum, weight, t) => sum + weight * own[t]!, 0)
  const foretold = controls.reduce((sum, own, at) => sum + unitWeights[at]! * change(own), 0)
  return { effect: change(treatedMean) - foretold, unitWeights, periodWeights }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

function centred(values: Float64Array): Float64Array {
  const mean = meanOf(values)
  return values.map((value) => value - mean)
}

/** Standard deviation of the controls' changes from period to period, before. */
function noiseLevel(controls: readonly Float64Array[], start: number): number {
  const changes = controls.flatMap((own) => Array.from({ length: start - 1 }, (_, t) => own[t + 1]! - own[t]!))
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length
  const squares = changes.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / Math.max(1, changes.length - 1))
}

/** An effect of every control, or of random groups of controls as large as the treated one, as if they had been treated. */
export function placeboEffects(
  panel: Panel,
  estimate: (panel: Panel) => number,
  random: Random,
  replications = 200,
): Float64Array {
  const controls = controlsOf(panel)
  const size = panel.treated.length
  if (controls.length - size < 2) {
    throw new Unanswerable('too_few', { what: 'controls', have: controls.length, need: size + 2 })
  }
  const groups =
    size === 1 ? controls.map((at) => [at]) : Array.from({ length: replications }, () => draw(controls, size, random))
  return Float64Array.from(groups, (group) => estimate(placeboPanel(panel, group)))
}

function draw(from: readonly number[], size: number, random: Random): number[] {
  const left = [...from]
  return Array.from({ length: size }, () => left.splice(random.below(left.length), 1)[0]!)
}

export interface PlaceboTest extends Effect {
  /** Share of placebo effects at least as large as the effect, itself counted: what chance alone would do. */
  pValue: number
  placebos: Float64Array
}

/** The spread of placebo effects as standard error of an effect (Arkhangelsky and others 2021, algorithm 4), and its rank among them. */
export function judgeByPlacebos(effect: number, placebos: Float64Array): PlaceboTest {
  const mean = meanOf(placebos)
  const variance = placebos.reduce((sum, value) => sum + (value - mean) ** 2, 0) / placebos.length
  const asLarge = placebos.filter((value) => Math.abs(value) >= Math.abs(effect)).length
  return { ...withInterval(effect, Math.sqrt(variance)), pValue: (asLarge + 1) / (placebos.length + 1), placebos }
}
