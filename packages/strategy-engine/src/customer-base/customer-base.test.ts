import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { slopeByDifferences } from '../numeric/derivatives.ts'
import { hypergeometric } from '../numeric/gamma-functions.ts'
import { createRandom, type Random } from '../numeric/random.ts'
import { Unanswerable } from '../unanswerable.ts'
import { bgNbdActive, bgNbdExpected, bgNbdLikelihood, fitBgNbd } from './bg-nbd.ts'
import { fitPositive, type LogLikelihood } from './fit-positive.ts'
import { expectedPurchaseValue, fitGammaGamma, gammaGammaLikelihood } from './gamma-gamma.ts'
import { fitParetoNbd, paretoNbdActive, paretoNbdExpected, paretoNbdLikelihood } from './pareto-nbd.ts'
import { summarisePurchases, type PurchaseHistory } from './purchase-history.ts'
import { fitShiftedBetaGeometric, retentionAt, survivalAfter, survivalLikelihood } from './shifted-beta-geometric.ts'

/** What one invented customer does in two stretches of time: purchases at given moments, while active. */
interface Life {
  rate: number
  end: (random: Random) => (purchases: number, time: number) => boolean
}

function live(random: Random, count: number, horizon: number, draw: (random: Random) => Life) {
  const first: PurchaseHistory & { later: Float64Array } = {
    repeats: new Float64Array(count),
    lastAt: new Float64Array(count),
    watchedFor: new Float64Array(count),
    later: new Float64Array(count),
  }
  for (let at = 0; at < count; at++) {
    const { rate, end } = draw(random)
    const gone = end(random)
    const watched = 30 + 10 * random.float()
    first.watchedFor[at] = watched
    for (let time = random.exponential() / rate; time < watched + horizon; time += random.exponential() / rate) {
      if (gone(0, time)) break
      if (time <= watched) {
        first.repeats[at]!++
        first.lastAt[at] = time
      } else {
        first.later[at]!++
      }
      if (gone(1, time)) break
    }
  }
  return first
}

const bgWorld = (seed: number, count = 900) =>
  live(createRandom(seed), count, 20, (random) => {
    const leaves = random.beta(0.8, 2.5)
    return { rate: random.gamma(0.6) / 5, end: (source) => (bought) => bought === 1 && source.float() < leaves }
  })

const paretoWorld = (seed: number, count = 400) =>
  live(createRandom(seed), count, 20, (random) => {
    const until = random.exponential() / (random.gamma(0.9) / 15)
    return { rate: random.gamma(0.8) / 6, end: () => (_bought, time) => time > until }
  })

const small: PurchaseHistory = {
  repeats: Float64Array.of(2, 0, 1, 7, 3, 0, 25),
  lastAt: Float64Array.of(30.43, 0, 1.7, 29.4, 39, 0, 38.5),
  watchedFor: Float64Array.of(38.86, 38.86, 37, 31.6, 39, 27, 38.7),
}
const positive = fc.double({ min: 0.05, max: 20, noNaN: true })

function expectSlope(likelihood: LogLikelihood, parameters: number[]) {
  const logs = Float64Array.from(parameters, Math.log)
  const slope = new Float64Array(logs.length)
  likelihood(Float64Array.from(parameters), slope)
  const byDifferences = slopeByDifferences((x) => likelihood(x.map(Math.exp), new Float64Array(x.length)), logs)
  const size = Math.max(1, ...slope.map(Math.abs))
  byDifferences.forEach((value, at) => expect(Math.abs(value - slope[at]!) / size).toBeLessThan(1e-6))
}

test('every likelihood has the slope it says it has', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, (a, b, c, d) => {
      expectSlope(bgNbdLikelihood(small), [a, b, c, d])
      expectSlope(paretoNbdLikelihood(small), [a, b, c, d])
      expectSlope(gammaGammaLikelihood(Float64Array.of(1, 3, 8), Float64Array.of(20, 12.5, 31)), [a, b, c])
      expectSlope(survivalLikelihood(Float64Array.of(100, 80, 70, 66)), [a, b])
    }),
    { numRuns: 60 },
  )
})

test('the Pareto/NBD likelihood is the closed form of the literature', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, fc.integer({ min: 0, max: 6 }), (r, alpha, s, beta, who) => {
      const { repeats: x, lastAt, watchedFor } = customerAt(small, who)
      // Fader, Hardie 2005, A note on deriving the Pareto/NBD model, equations 20 and 21.
      const [base, second] = alpha >= beta ? [alpha, s + 1] : [beta, r + x]
      const power = r + s + x
      const term = (time: number) =>
        hypergeometric(power, second, power + 1, Math.abs(alpha - beta) / (base + time)) *
        ((base + lastAt) / (base + time)) ** power
      const gone = Math.log((s / power) * (term(lastAt) - term(watchedFor))) - power * Math.log(base + lastAt)
      const alive = -(r + x) * Math.log(alpha + watchedFor) - s * Math.log(beta + watchedFor)
      const both = Math.max(gone, alive) + Math.log1p(Math.exp(-Math.abs(gone - alive)))
      const rates = Array.from({ length: x }, (_, k) => Math.log(r + k)).reduce((total, one) => total + one, 0)
      const wanted = rates + r * Math.log(alpha) + s * Math.log(beta) + both
      const one = {
        repeats: Float64Array.of(x),
        lastAt: Float64Array.of(lastAt),
        watchedFor: Float64Array.of(watchedFor),
      }
      expect(paretoNbdLikelihood(one)(Float64Array.of(r, alpha, s, beta), new Float64Array(4))).toBeCloseTo(wanted, 7)
    }),
  )
})

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

describe('invented customers are found again, and what they buy next is foreseen', () => {
  test('BG/NBD', () => {
    const world = bgWorld(3)
    const { model, parameters, standardErrors } = fitBgNbd(world)
    ;[0.6, 5, 0.8, 2.5].forEach((value, at) =>
      expect(Math.abs(parameters[at]! - value)).toBeLessThan(4 * standardErrors[at]!),
    )
    const foreseen = world.later.map((_, at) => bgNbdExpected(model, customerAt(world, at), 20))
    expect(Math.abs(sum(foreseen) / sum(world.later) - 1)).toBeLessThan(0.25)
  })

  test('Pareto/NBD', () => {
    const world = paretoWorld(4)
    const { model, parameters, standardErrors } = fitParetoNbd(world)
    ;[0.8, 6, 0.9, 15].forEach((value, at) =>
      expect(Math.abs(parameters[at]! - value)).toBeLessThan(4 * standardErrors[at]!),
    )
    const foreseen = world.later.map((_, at) => paretoNbdExpected(model, customerAt(world, at), 20))
    expect(Math.abs(sum(foreseen) / sum(world.later) - 1)).toBeLessThan(0.25)
  })

  test('gamma-gamma', () => {
    const random = createRandom(5)
    const x = Float64Array.from({ length: 2_000 }, () => 1 + random.poisson(2))
    const z = x.map((times) => random.gamma(6 * times) / times / (random.gamma(4) / 15))
    const { parameters, standardErrors, model } = fitGammaGamma(x, z)
    ;[6, 4, 15].forEach((value, at) => expect(Math.abs(parameters[at]! - value)).toBeLessThan(4 * standardErrors[at]!))
    const [few, many] = [expectedPurchaseValue(model, 1, 100), expectedPurchaseValue(model, 50, 100)]
    expect(few).toBeLessThan(many)
    expect(many).toBeLessThan(100)
  })
})

const customerAt = ({ repeats, lastAt, watchedFor }: PurchaseHistory, at: number) => ({
  repeats: repeats[at]!,
  lastAt: lastAt[at]!,
  watchedFor: watchedFor[at]!,
})

test('chances are chances, and nothing is expected of no time', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, fc.integer({ min: 0, max: 6 }), (a, b, c, d, who) => {
      const customer = customerAt(small, who)
      const bg = { r: a, alpha: b, a: c, b: d }
      const pareto = { r: a, alpha: b, s: c, beta: d }
      for (const chance of [bgNbdActive(bg, customer), paretoNbdActive(pareto, customer)]) {
        expect(chance).toBeGreaterThanOrEqual(0)
        expect(chance).toBeLessThanOrEqual(1 + 1e-12)
      }
      expect(bgNbdExpected(bg, customer, 0)).toBeCloseTo(0, 9)
      expect(paretoNbdExpected(pareto, customer, 0)).toBe(0)
      expect(bgNbdExpected({ ...bg, a: 1 }, customer, 5)).toBeCloseTo(
        bgNbdExpected({ ...bg, a: 1.0001 }, customer, 5),
        2,
      )
      expect(paretoNbdExpected({ ...pareto, s: 1 }, customer, 5)).toBeCloseTo(
        paretoNbdExpected({ ...pareto, s: 1.000001 }, customer, 5),
        4,
      )
    }),
    { numRuns: 60 },
  )
})

test('survival is the product of retentions', () => {
  const model = { alpha: 0.7, beta: 3.8 }
  let left = 1
  for (let renewal = 1; renewal < 20; renewal++) {
    left *= retentionAt(model, renewal)
    expect(survivalAfter(model, renewal)).toBeCloseTo(left, 12)
  }
})

test('purchases become histories', () => {
  const history = summarisePurchases(
    { customers: ['a', 'b', 'a', 'a', 'a', 'c'], days: [0, 7, 7, 7, 21, 40], amounts: [9, 5, 2, 4, 8, 1] },
    { lastDay: 28 },
  )
  expect(history.repeats).toEqual(Float64Array.of(2, 0))
  expect(history.lastAt).toEqual(Float64Array.of(3, 0))
  expect(history.watchedFor).toEqual(Float64Array.of(4, 3))
  expect(history.meanValue).toEqual(Float64Array.of(7, 0))
})

describe('data that hold no answer', () => {
  const of = (repeats: number[], lastAt: number[], watchedFor: number[]): PurchaseHistory => ({
    repeats: Float64Array.from(repeats),
    lastAt: Float64Array.from(lastAt),
    watchedFor: Float64Array.from(watchedFor),
  })
  const loyal = of(
    Array<number>(60)
      .fill(0)
      .map((_, at) => 3 + (at % 9)),
    Array<number>(60).fill(38),
    Array<number>(60).fill(38),
  )

  test.each([
    ['nobody', () => fitBgNbd(of([], [], [])), 'empty'],
    ['nobody came back', () => fitParetoNbd(of([0, 0], [0, 0], [9, 9])), 'constant'],
    ['last after the end', () => fitBgNbd(of([1], [9], [8])), 'out_of_range'],
    ['negative repeats', () => fitBgNbd(of([-1], [2], [8])), 'out_of_range'],
    ['a repeat without a time', () => fitBgNbd(of([1], [0], [8])), 'mismatch'],
    ['no number', () => fitBgNbd(of([NaN], [0], [8])), 'not_a_number'],
    ['nobody ever leaves', () => fitBgNbd(loyal), 'no_finite_optimum'],
    ['nobody ever leaves', () => fitParetoNbd(loyal), 'no_finite_optimum'],
    ['all the same value', () => fitGammaGamma(Float64Array.of(1, 2, 3), Float64Array.of(5, 5, 5)), 'constant'],
    ['no repeat purchases', () => fitGammaGamma(Float64Array.of(0, 0), Float64Array.of(0, 0)), 'empty'],
    ['two customers', () => fitGammaGamma(Float64Array.of(1, 2), Float64Array.of(5, 6)), 'too_few'],
    ['nobody lost', () => fitShiftedBetaGeometric([100, 100, 100]), 'constant'],
    ['customers come back from the dead', () => fitShiftedBetaGeometric([100, 80, 90]), 'out_of_range'],
    ['one renewal', () => fitShiftedBetaGeometric([100, 80]), 'too_few'],
    ['everybody alike', () => fitShiftedBetaGeometric([1024, 512, 256, 128, 64]), 'no_finite_optimum'],
    ['a mean that does not exist', () => expectedPurchaseValue({ p: 1, q: 0.5, gamma: 2 }, 0, 0), 'no_finite_optimum'],
  ])('%s', (_what, work, reason) => {
    let found = 'answered'
    try {
      work()
    } catch (error) {
      found = error instanceof Unanswerable ? error.reason : String(error)
    }
    expect(found).toBe(reason)
  })

  test('a search that has run away is given up early', () => {
    const likelihood = paretoNbdLikelihood(loyal)
    let far = 0
    const watched: LogLikelihood = (parameters, slope) => {
      if (parameters.some((one, at) => Math.abs(Math.log(one / [1, 38, 1, 38][at]!)) > 8)) far++
      return likelihood(parameters, slope)
    }
    const starts = [
      [0.5, 0.3, 0.6, 0.3],
      [1, 0.5, 1, 2],
    ]
    expect(() => fitPositive(['r', 'alpha', 's', 'beta'], watched, starts, [1, 38, 1, 38])).toThrow(Unanswerable)
    // 25 looks of each search, and a few to tell what ran away.
    expect(far).toBeLessThan(40 * starts.length)
    expect(far).toBeGreaterThan(0)
  })
})
