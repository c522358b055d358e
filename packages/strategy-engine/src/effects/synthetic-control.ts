import { minimiseWithoutSlope } from '../numeric/minimise.ts'
import { Unanswerable } from '../unanswerable.ts'
import { controlsOf, meanOutcome, placeboPanel, requirePanel, type Panel } from './panel.ts'
import { simplexWeights } from './simplex-weights.ts'

/** Something known of each unit before the treatment, which the mixture of controls should share: an income, a density. */
export interface Predictor {
  name: string
  /** By unit, in the order of the panel. */
  values: Float64Array
}

export interface SyntheticControl {
  /** Weights of the control units, in their order; they sum to 1. */
  unitWeights: Float64Array
  /** How much each predictor counts; they sum to 1. Empty where the outcomes before were matched themselves. */
  predictorWeights: Float64Array
  /** Outcome of the treated less that of the mixture, by period. */
  gap: Float64Array
  /** Mean gap over the treated periods. */
  effect: number
  /** Roots of the mean squared gap, before and after. */
  rmspeBefore: number
  rmspeAfter: number
}

export interface SyntheticControlOptions {
  predictors?: readonly Predictor[]
  /** Positions of the periods whose outcomes the mixture is judged by; all before the treatment unless said. */
  judgedOver?: { from: number; to: number }
}

/**
 * The synthetic control of A. Abadie, A. Diamond, J. Hainmueller (2010, Journal of the American Statistical Association 105:493–505): a
 * mixture of controls that is like the treated before. With predictors, the mixture matches them weighted by V, and V is chosen so that
 * the outcomes before are met best; without, the outcomes before are matched themselves.
 */
export function syntheticControl(panel: Panel, options: SyntheticControlOptions = {}): SyntheticControl {
  requirePanel(panel)
  const { outcomes, treated, start } = panel
  const controls = controlsOf(panel).map((at) => outcomes[at]!)
  const treatedMean = meanOutcome(panel, treated)
  const { from, to } = options.judgedOver ?? { from: 0, to: start - 1 }
  if (!(from >= 0 && from < to && to < start)) throw new Unanswerable('out_of_range', { name: 'judgedOver', value: to })
  const judged = controls.map((own) => own.subarray(from, to + 1))
  const judgedTarget = treatedMean.subarray(from, to + 1)
  const predictors = options.predictors ?? []
  const found =
    predictors.length === 0
      ? { unitWeights: simplexWeights(judged, judgedTarget), predictorWeights: new Float64Array(0) }
      : matchPredictors(panel, predictors, judged, judgedTarget)
  const gap = treatedMean.map((value, t) => value - mixed(controls, found.unitWeights, t))
  return {
    ...found,
    gap,
    effect: meanOf(gap.subarray(start)),
    rmspeBefore: Math.sqrt(meanOf(gap.subarray(from, to + 1).map((value) => value * value))),
    rmspeAfter: Math.sqrt(meanOf(gap.subarray(start).map((value) => value * value))),
  }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

const mixed = (columns: readonly Float64Array[], weights: Float64Array, at: number): number =>
  columns.reduce((sum, column, k) => sum + weights[k]! * column[at]!, 0)

function matchPredictors(
  panel: Panel,
  predictors: readonly Predictor[],
  judged: readonly Float64Array[],
  judgedTarget: Float64Array,
) {
  const rows = predictors.map((predictor) => standardised(panel, predictor))
  const controls = controlsOf(panel)
  const columnOf = (unit: number): Float64Array => Float64Array.from(rows, (row) => row[unit]!)
  const columns = controls.map(columnOf)
  const target = Float64Array.from(rows, (row) => meanOf(Float64Array.from(panel.treated, (unit) => row[unit]!)))
  const weightsFor = (predictorWeights: Float64Array): Float64Array => {
    const roots = predictorWeights.map(Math.sqrt)
    const scaled = (column: Float64Array) => column.map((value, k) => value * roots[k]!)
    return simplexWeights(columns.map(scaled), scaled(target))
  }
  const missOf = (x: Float64Array): number => {
    const weights = weightsFor(shares(x))
    return meanOf(judgedTarget.map((value, t) => (value - mixed(judged, weights, t)) ** 2))
  }
  const starts = [
    new Float64Array(rows.length),
    ...rows.map((_, at) => Float64Array.from(rows, (_row, k) => (k === at ? 3 : 0))),
  ]
  const promising = starts.map((x) => ({ x, miss: missOf(x) })).sort((a, b) => a.miss - b.miss)
  const best = promising
    .slice(0, 4)
    .map(({ x }) => minimiseWithoutSlope(missOf, x, { spread: 1, tolerance: 1e-8, evaluations: 3_000 }))
    .reduce((least, one) => (one.value < least.value ? one : least))
  const predictorWeights = shares(best.x)
  return { unitWeights: weightsFor(predictorWeights), predictorWeights }
}

/** In units of its standard deviation over all units, so that no predictor counts more for being written in small coin. */
function standardised({ units }: Panel, { name, values }: Predictor): Float64Array {
  if (values.length !== units.length) throw new Unanswerable('mismatch', { first: values.length, second: units.length })
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new Unanswerable('not_a_number', { column: name, row: bad + 1 })
  const mean = meanOf(values)
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  if (!(deviation > 1e-12 * Math.abs(mean))) throw new Unanswerable('constant', { column: name })
  return values.map((value) => value / deviation)
}

/** Positive shares that sum to 1, of any numbers. */
function shares(x: Float64Array): Float64Array {
  const top = x.reduce((most, value) => Math.max(most, value), -Infinity)
  const powers = x.map((value) => Math.exp(Math.max(-40, value - top)))
  const total = powers.reduce((sum, value) => sum + value, 0)
  return powers.map((value) => value / total)
}

/**
 * How exceptional the treated are: the ratio of their miss after to that over all periods before, and the share of units, each taken as if treated, whose ratio is
 * at least as large (Abadie and others 2010, section 3.4). The treated count themselves, so that with n controls the least is 1/(n+1).
 */
export function placeboRatios(panel: Panel, options: SyntheticControlOptions = {}) {
  const squared = (gap: Float64Array): number => meanOf(gap.map((value) => value * value))
  const ratioOf = ({ gap, rmspeAfter }: SyntheticControl): number =>
    rmspeAfter / Math.max(Math.sqrt(squared(gap.subarray(0, panel.start))), 1e-12)
  const ratio = ratioOf(syntheticControl(panel, options))
  const controls = controlsOf(panel)
  const predictors = options.predictors?.map(({ name, values }) => ({
    name,
    values: Float64Array.from(controls, (at) => values[at]!),
  }))
  const placebos = Float64Array.from(controls, (at) =>
    ratioOf(syntheticControl(placeboPanel(panel, [at]), { ...options, ...(predictors && { predictors }) })),
  )
  const asLarge = placebos.filter((one) => one >= ratio).length
  return { ratio, placebos, pValue: (asLarge + 1) / (placebos.length + 1) }
}
