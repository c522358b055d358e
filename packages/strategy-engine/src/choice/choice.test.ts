import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curvature, slopeByDifferences } from '../numeric/derivatives.ts'
import { createRandom } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { layOutChoices, type ChoiceData, type ChoiceRows } from './choice-data.ts'
import {
  diversionAtMargin,
  diversionOnRemoval,
  elasticitiesAtMean,
  inclusiveValues,
  sharesOf,
} from './choice-shares.ts'
import { inventChoices } from './choice-worlds.ts'
import { choiceChances, evaluate, fitLogit } from './multinomial-logit.ts'
import { fitNestedLogit, nestedChances, nestedDiversion } from './nested-logit.ts'

const truth = Float64Array.of(1, -0.5, 0.25)
const world = (seed: number, cases = 60): ChoiceData => inventChoices(createRandom(seed), cases, 4, truth)
const nests = [
  { name: 'a', alternatives: ['channel1', 'channel2'] },
  { name: 'b', alternatives: ['channel3', 'channel4'] },
]

/** Straight from the definition, choice by choice, sharing nothing with the code it judges. */
function logLikelihoodByHand(
  { starts, chosenRow, alternativeOf, values }: ChoiceData,
  x: Float64Array,
  lambda = [1, 1],
) {
  let sum = 0
  chosenRow.forEach((chosen, c) => {
    const rows = Array.from({ length: starts[c + 1]! - starts[c]! }, (_, at) => starts[c]! + at)
    const nestOf = (row: number) => (alternativeOf[row]! < 2 ? 0 : 1)
    const e = (row: number) =>
      Math.exp(values.reduce((total, column, k) => total + x[k]! * column[row]!, 0) / lambda[nestOf(row)]!)
    const nestSum = (nest: number) =>
      rows.filter((row) => nestOf(row) === nest).reduce((total, row) => total + e(row), 0)
    const weight = (nest: number) => nestSum(nest) ** lambda[nest]!
    const home = nestOf(chosen)
    sum += Math.log(((e(chosen) / nestSum(home)) * weight(home)) / (weight(0) + weight(1)))
  })
  return sum
}

describe('the multinomial logit', () => {
  test('value, slope and curvature are those of the definition', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (seed, point) => {
          const data = world(seed, 20)
          const x = Float64Array.from(point)
          const { logLikelihood, gradient, information } = evaluate(data, x)
          expect(logLikelihood).toBeCloseTo(logLikelihoodByHand(data, x), 9)
          const slope = slopeByDifferences((at) => logLikelihoodByHand(data, at), x)
          slope.forEach((value, k) => expect(gradient[k]).toBeCloseTo(value, 6))
          const bent = curvature((at, into) => {
            const there = evaluate(data, at)
            into.set(there.gradient)
            return there.logLikelihood
          }, x)
          bent.forEach((value, k) => expect(-information[k]!).toBeCloseTo(value, 5))
        },
      ),
      { numRuns: 20 },
    )
  })

  test('the scale of a column changes its coefficient, not what is predicted', () => {
    const data = world(1, 300)
    const fit = fitLogit(data)
    const large = fitLogit({ ...data, values: data.values.map((column) => column.map((value) => value * 1e6)) })
    expect(large.logLikelihood).toBeCloseTo(fit.logLikelihood, 8)
    large.coefficients.forEach((value, k) => expect(value * 1e6).toBeCloseTo(fit.coefficients[k]!, 8))
    large.standardErrors.forEach((value, k) => expect(value * 1e6).toBeCloseTo(fit.standardErrors[k]!, 8))
  })

  test('10,000 choices among 6 with 8 coefficients: found again, in under a second', () => {
    const tastes = Float64Array.from({ length: 8 }, (_, k) => (k - 3.5) / 4)
    const data = inventChoices(createRandom(2), 10_000, 6, tastes)
    const started = performance.now()
    const fit = fitLogit(data)
    expect(performance.now() - started).toBeLessThan(3_000)
    fit.coefficients.forEach((value, k) =>
      expect(Math.abs(value - tastes[k]!)).toBeLessThan(5 * fit.standardErrors[k]!),
    )
  })

  test('shares, elasticities and diversion are consistent', () => {
    const data = world(3, 200)
    const { coefficients } = fitLogit(data)
    const chances = choiceChances(data, coefficients)
    expect(sharesOf(data, chances).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    for (const rows of [diversionOnRemoval(data, chances), diversionAtMargin(data, chances)]) {
      rows.forEach((row, at) => {
        expect(row[at]).toBe(0)
        expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
      })
    }
    expect(elasticitiesAtMean(data, coefficients, ['x1'])).toHaveLength(4)
    expect(inclusiveValues(data, coefficients).every(Number.isFinite)).toBe(true)
  })
})

describe('the nested logit', () => {
  test('is the plain logit where every dissimilarity is 1', () => {
    const data = world(4)
    const plain = choiceChances(data, truth)
    const nested = nestedChances(data, nests, { coefficients: truth, dissimilarity: Float64Array.of(1, 1) })
    nested.forEach((chance, row) => expect(chance).toBeCloseTo(plain[row]!, 12))
    nestedDiversion(data, nests, { coefficients: truth, dissimilarity: Float64Array.of(1, 1) }).forEach((row, from) =>
      row.forEach((share, to) => expect(share).toBeCloseTo(diversionOnRemoval(data, plain)[from]![to]!, 10)),
    )
  })

  test('reaches a likelihood that the definition confirms, flat in every direction', () => {
    const data = drawNested(5, 600, [0.5, 0.7])
    const fit = fitNestedLogit(data, nests)
    const byHand = (x: Float64Array) => logLikelihoodByHand(data, x, [x[3]!, x[4]!])
    expect(fit.logLikelihood).toBeCloseTo(byHand(fit.coefficients), 7)
    slopeByDifferences(byHand, fit.coefficients).forEach((slope) => expect(Math.abs(slope)).toBeLessThan(1e-3))
    expect(fit.logLikelihood).toBeGreaterThan(fit.logit.logLikelihood)
    expect(fit.names.slice(3)).toEqual(['lambda_a', 'lambda_b'])
    fit.coefficients.forEach((value, k) => {
      const target = [...truth, 0.5, 0.7][k]!
      expect(Math.abs(value - target)).toBeLessThan(4 * fit.standardErrors[k]!)
    })
    expect(fit.consistent).toBe(true)
  })

  test('one dissimilarity for all, and a nest of one alternative that has none', () => {
    const data = drawNested(6, 400, [0.6, 0.6])
    expect(fitNestedLogit(data, nests, { shared: true }).names.at(-1)).toBe('lambda')
    const alone = [...['channel3', 'channel4'].map((name) => ({ name, alternatives: [name] })), nests[0]!]
    expect(fitNestedLogit(data, alone).names.slice(3)).toEqual(['lambda_a'])
  })

  test('who loses an alternative turns to its nest first', () => {
    const fit = { coefficients: Float64Array.of(0, 0, 0), dissimilarity: Float64Array.of(0.3, 0.3) }
    const [first] = nestedDiversion(world(7), nests, fit)
    expect(first!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
    expect(first![1]).toBeGreaterThan(2 * first![2]!)
  })

  test('nests that do not part the alternatives are refused', () => {
    const data = world(8)
    const why = (wrong: typeof nests) => reasonOf(() => fitNestedLogit(data, wrong))
    expect(why([nests[0]!])).toBe('mismatch')
    expect(why([...nests, { name: 'c', alternatives: ['channel1'] }])).toBe('repeated')
    expect(why([{ name: 'c', alternatives: ['pigeon'] }])).toBe('unknown_name')
  })
})

/** Choices drawn with the chances of a nested logit. */
function drawNested(seed: number, cases: number, lambda: [number, number]): ChoiceData {
  const data = world(seed, cases)
  const chances = nestedChances(data, nests, { coefficients: truth, dissimilarity: Float64Array.from(lambda) })
  const random = createRandom(seed + 1_000)
  const chosenRow = data.chosenRow.map((_, c) => 4 * c + random.weighted(chances.subarray(4 * c, 4 * c + 4)))
  return { ...data, chosenRow }
}

function reasonOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Unanswerable) return error.reason
    throw error
  }
  return 'answered'
}

describe('rows that hold no answer', () => {
  const random = createRandom(9)
  const rows: ChoiceRows = {
    caseOf: Array.from({ length: 60 }, (_, row) => `c${Math.floor(row / 2)}`),
    alternativeOf: Array.from({ length: 60 }, (_, row) => (row % 2 === 0 ? 'web' : 'shop')),
    chosen: Array.from({ length: 60 }, (_, row) => ((Math.floor(row / 2) % 3 === 0 ? 0 : 1) === row % 2 ? 1 : 0)),
    columns: {
      price: Float64Array.from({ length: 60 }, random.normal),
      flat: new Float64Array(60).fill(2),
      age: Float64Array.from({ length: 60 }, (_, row) => Math.floor(row / 2)),
      gap: Float64Array.from({ length: 60 }, (_, row) => (row === 3 ? NaN : row)),
    },
  }
  const why = (changed: Partial<ChoiceRows>, generic: string[] = ['price'], constants = true) =>
    reasonOf(() => fitLogit(layOutChoices({ ...rows, ...changed }, { generic, constants })))
  const chosen = Array.from(rows.chosen, Number)

  test.each([
    ['answered', {}, ['price']],
    ['empty', { caseOf: [], alternativeOf: [], chosen: [] }, []],
    ['constant', {}, ['flat']],
    ['constant', {}, ['age']],
    ['not_a_number', {}, ['gap']],
    ['unknown_name', {}, ['colour']],
    ['one_alternative', { caseOf: Array.from({ length: 60 }, (_, row) => `c${row}`), chosen: chosen.map(() => 1) }, []],
    ['one_alternative', { chosen: chosen.map((_, row) => row % 2) }, ['price']],
    ['not_one_choice', { chosen: chosen.map(() => 0) }, ['price']],
    ['repeated', { alternativeOf: rows.alternativeOf.map(() => 'web') }, ['price']],
    ['separation', { columns: { price: Float64Array.from(chosen) } }, ['price']],
    [
      'collinear',
      { columns: { a: rows.columns['price']!, b: rows.columns['price']!.map((value) => 2 * value) } },
      ['a', 'b'],
    ],
  ] as const)('%s', (reason, changed, generic) => {
    expect(why(changed, [...generic])).toBe(reason)
  })

  test('an alternative that is offered and never taken', () => {
    const three = {
      caseOf: Array.from({ length: 90 }, (_, row) => `c${Math.floor(row / 3)}`),
      alternativeOf: Array.from({ length: 90 }, (_, row) => ['web', 'shop', 'phone'][row % 3]!),
      chosen: Array.from({ length: 90 }, (_, row) => (row % 3 === Math.floor(row / 3) % 2 ? 1 : 0)),
      columns: {},
    }
    expect(why(three, [])).toBe('never_chosen')
  })
})
