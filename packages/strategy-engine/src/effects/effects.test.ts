import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastSquares } from '../numeric/matrix.ts'
import { createRandom } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { changeAgainstControls, differenceInDifferences } from './difference-in-differences.ts'
import { inventPanel } from './effect-worlds.ts'
import { layOutPanel, type Panel } from './panel.ts'
import { simplexWeights } from './simplex-weights.ts'
import { placeboRatios, syntheticControl } from './synthetic-control.ts'
import { judgeByPlacebos, placeboEffects, syntheticDid } from './synthetic-did.ts'

const world = (seed: number, changed = {}): Panel =>
  inventPanel(createRandom(seed), {
    units: 12,
    treated: 3,
    periods: 14,
    start: 9,
    lift: 2,
    noise: 0.5,
    persistence: 0.4,
    ...changed,
  })

test('weights are never negative, sum to 1, and no shift of weight would come nearer', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 12 }), (seed, size, rows) => {
      const random = createRandom(seed)
      const columns = Array.from({ length: size }, () => Float64Array.from({ length: rows }, random.normal))
      const target = Float64Array.from({ length: rows }, random.normal)
      const ridge = 0.1 * random.float()
      const weights = simplexWeights(columns, target, ridge)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10)
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
      const missed = target.map((value, row) =>
        columns.reduce((sum, column, k) => sum + weights[k]! * column[row]!, -value),
      )
      const slopes = columns.map((column, k) =>
        column.reduce((sum, value, row) => sum + value * missed[row]!, ridge * weights[k]!),
      )
      const least = Math.min(...slopes)
      weights.forEach((weight, k) => expect(weight * (slopes[k]! - least)).toBeLessThan(1e-8))
    }),
  )
})

/** The regression written out with a dummy of each unit and period, and clustered errors by hand. */
function withDummies({ units, periods, outcomes, treated, start }: Panel, weightOf = (_unit: number, _t: number) => 1) {
  const cells = units.flatMap((_, unit) =>
    periods.map((_period, t) => ({ unit, t, root: Math.sqrt(weightOf(unit, t)) })),
  )
  const kept = cells.filter(({ root }) => root > 0)
  const columns = [
    { name: 'treated', of: (unit: number, t: number) => (treated.includes(unit) && t >= start ? 1 : 0) },
    ...units.map((name, at) => ({ name, of: (unit: number) => (unit === at ? 1 : 0) })),
    ...periods
      .slice(1)
      .map((period, at) => ({ name: `${period}`, of: (_: number, t: number) => (t === at + 1 ? 1 : 0) })),
  ].map(({ name, of }) => ({ name, values: Float64Array.from(kept, ({ unit, t, root }) => root * of(unit, t)) }))
  const used = columns.filter(({ values }) => values.some((value) => value !== 0))
  const design = { names: used.map(({ name }) => name), values: used.map(({ values }) => values) }
  const fit = leastSquares(
    design,
    Float64Array.from(kept, ({ unit, t, root }) => root * outcomes[unit]![t]!),
  )
  const size = used.length
  let middle = 0
  units.forEach((_, unit) => {
    const scores = used.map(({ values }) =>
      kept.reduce((sum, cell, row) => sum + (cell.unit === unit ? values[row]! * fit.residuals[row]! : 0), 0),
    )
    const score = scores.reduce((sum, one, k) => sum + one * fit.inverseGram[k]!, 0)
    middle += score * score
  })
  const correction = (units.length / (units.length - 1)) * ((kept.length - 1) / (kept.length - size))
  return { effect: fit.coefficients[0]!, standardError: Math.sqrt(middle * correction) }
}

describe('difference-in-differences', () => {
  test('is the regression with all its dummies, errors included, and the two-by-two table', () => {
    for (const seed of [1, 2, 3]) {
      const panel = world(seed)
      const found = differenceInDifferences(panel)
      const wanted = withDummies(panel)
      expect(found.effect).toBeCloseTo(wanted.effect, 10)
      expect(found.standardError).toBeCloseTo(wanted.standardError, 10)
      expect(found.effect).toBeCloseTo(changeAgainstControls(panel), 10)
      expect([found.low < found.effect, found.effect < found.high]).toEqual([true, true])
    }
  })

  test('levels of units and shocks of periods do not move it', () => {
    const panel = world(4)
    const moved = panel.outcomes.map((own, unit) => own.map((value, t) => value + 100 * unit + 7 * t * t))
    const found = differenceInDifferences({ ...panel, outcomes: moved })
    expect(found.effect).toBeCloseTo(differenceInDifferences(panel).effect, 8)
  })
})

describe('synthetic difference-in-differences', () => {
  test('is the regression with its weights', () => {
    const panel = world(5)
    const { effect, unitWeights, periodWeights } = syntheticDid(panel)
    const unitWeight = (unit: number) => (unit < 3 ? 1 / 3 : unitWeights[unit - 3]!)
    const periodWeight = (t: number) => (t >= 9 ? 1 / 5 : periodWeights[t]!)
    expect(effect).toBeCloseTo(withDummies(panel, (unit, t) => unitWeight(unit) * periodWeight(t)).effect, 7)
  })

  test('sees through trends that mislead difference-in-differences', () => {
    const misses = { plain: 0, synthetic: 0 }
    for (let seed = 0; seed < 40; seed++) {
      const panel = world(100 + seed, { units: 30, periods: 30, start: 22, factors: 4, noise: 0.3 })
      misses.plain += (differenceInDifferences(panel).effect - 2) ** 2
      misses.synthetic += (syntheticDid(panel).effect - 2) ** 2
    }
    expect(misses.synthetic).toBeLessThan(0.5 * misses.plain)
  })

  test('placebos say how far chance goes', () => {
    const estimate = (panel: Panel) => syntheticDid(panel).effect
    const panel = world(6)
    const judged = judgeByPlacebos(estimate(panel), placeboEffects(panel, estimate, createRandom(1), 60))
    expect(judged.pValue).toBeLessThan(0.05)
    expect(Math.abs(judged.effect - 2)).toBeLessThan(4 * judged.standardError)
    const nothing = world(7, { lift: 0, treated: 1 })
    const placebos = placeboEffects(nothing, estimate, createRandom(1))
    expect(placebos).toHaveLength(11)
    expect(judgeByPlacebos(estimate(nothing), placebos).pValue).toBeGreaterThan(0.05)
  })
})

describe('synthetic control', () => {
  test('finds a mixture that is in the data, and the gap that was put there', () => {
    const panel = world(8, { treated: 1, noise: 1 })
    const mixture = panel.outcomes[1]!.map((value, t) => 0.7 * value + 0.3 * panel.outcomes[4]![t]! + (t >= 9 ? 3 : 0))
    const found = syntheticControl({ ...panel, outcomes: [mixture, ...panel.outcomes.slice(1)] })
    expect(found.unitWeights[0]).toBeCloseTo(0.7, 6)
    expect(found.unitWeights[3]).toBeCloseTo(0.3, 6)
    expect(found.effect).toBeCloseTo(3, 6)
    expect(found.rmspeBefore).toBeLessThan(1e-6)
  })

  test('with predictors, those that foretell the outcome count', () => {
    const panel = world(9, { treated: 1 })
    const random = createRandom(2)
    const mixed = (own: (at: number) => number) => 0.5 * own(2) + 0.5 * own(5)
    const telling = panel.outcomes.map((own) => own.slice(0, 9).reduce((sum, value) => sum + value, 0) / 9)
    const outcomes = panel.outcomes.with(
      0,
      panel.outcomes[0]!.map((_, t) => mixed((at) => panel.outcomes[at]![t]!)),
    )
    const predictors = [
      {
        name: 'sales',
        values: Float64Array.from(
          telling.with(
            0,
            mixed((at) => telling[at]!),
          ),
        ),
      },
      { name: 'chance', values: Float64Array.from(telling, random.normal) },
    ]
    const found = syntheticControl({ ...panel, outcomes }, { predictors })
    expect(found.predictorWeights[0]! + found.predictorWeights[1]!).toBeCloseTo(1, 10)
    expect(found.rmspeBefore).toBeLessThan(0.6)
  })

  test('a treated unit stands out among placebos, an untreated one does not', () => {
    expect(placeboRatios(world(10, { treated: 1, lift: 8 })).pValue).toBeCloseTo(1 / 12, 10)
    expect(placeboRatios(world(11, { treated: 1, lift: 0 })).pValue).toBeGreaterThan(1 / 12)
  })
})

describe('data that hold no answer', () => {
  const rows = {
    unitOf: ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c'],
    periodOf: [1, 2, 3, 1, 2, 3, 1, 2, 3],
    outcomes: [1, 2, 3, 2, 2, 4, 5, 6, 9],
  }
  const did = (changed: object, treated: string[], from: number) => () =>
    differenceInDifferences(layOutPanel({ ...rows, ...changed }, treated, from))
  const constant = { name: 'flat', values: Float64Array.of(1, 1, 1) }

  test.each([
    ['nothing at all', did({ unitOf: [], periodOf: [], outcomes: [] }, ['a'], 3), 'empty'],
    ['nobody is treated', did({}, [], 3), 'too_few'],
    ['everybody is', did({}, ['a', 'b', 'c'], 3), 'too_few'],
    ['no time before', did({}, ['a'], 1), 'too_few'],
    ['no time after', did({}, ['a'], 9), 'too_few'],
    ['a stranger', did({}, ['z'], 3), 'unknown_name'],
    [
      'a hole',
      did(
        { unitOf: rows.unitOf.slice(1), periodOf: rows.periodOf.slice(1), outcomes: rows.outcomes.slice(1) },
        ['a'],
        3,
      ),
      'unknown_name',
    ],
    ['a period twice', did({ periodOf: [1, 1, 3, 1, 2, 3, 1, 2, 3] }, ['a'], 3), 'repeated'],
    ['no number', did({ outcomes: rows.outcomes.with(4, NaN) }, ['a'], 3), 'not_a_number'],
    ['an outcome that never moves', did({ outcomes: rows.outcomes.map(() => 7) }, ['a'], 3), 'constant'],
    [
      'a predictor that is the same everywhere',
      () => syntheticControl(layOutPanel(rows, ['a'], 3), { predictors: [constant] }),
      'constant',
    ],
    [
      'a predictor of other units',
      () => syntheticControl(layOutPanel(rows, ['a'], 3), { predictors: [{ name: 'x', values: Float64Array.of(1) }] }),
      'mismatch',
    ],
    ['too few for a placebo', () => placeboEffects(layOutPanel(rows, ['a'], 3), () => 0, createRandom(1)), 'too_few'],
  ])('%s', (_what, work, reason) => {
    let found = 'answered'
    try {
      work()
    } catch (error) {
      found = error instanceof Unanswerable ? error.reason : String(error)
    }
    expect(found).toBe(reason)
  })
})
