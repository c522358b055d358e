import { fitBgNbd } from '@ecluse/strategy-engine/customer-base/bg-nbd.ts'
import { fitGammaGamma } from '@ecluse/strategy-engine/customer-base/gamma-gamma.ts'
import { summarisePurchases } from '@ecluse/strategy-engine/customer-base/purchase-history.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIds } from '../../../../kernel/ids.ts'
import { createSeededRng } from '../../../../kernel/rng.ts'
import { daysOf, inventBuyers } from '../test/invented-buyers.ts'
import { summaryUntil, type PurchaseDays, type Summary } from './purchase-days.ts'
import { scoresOf, thresholdsOf } from './rfm.ts'
import { fitValues, valueOf } from './value-model.ts'

const now = new Date('2026-03-02T12:00:00Z')
const asOf = Math.floor(now.getTime() / 86_400_000)
const ids = createIds({ now: () => now }, createSeededRng(1))
const buyers = inventBuyers({ ids, clock: { now: () => now } }, 600, 11).map(daysOf)

describe('what is fitted', () => {
  const fit = fitValues(buyers, asOf)

  test('is what the models say of the same purchases', () => {
    const customers = buyers.flatMap(([id, days]) => days.map(() => id))
    const history = summarisePurchases(
      { customers, days: buyers.flatMap(([, days]) => days), amounts: buyers.flatMap(([, , worth]) => worth) },
      { lastDay: asOf },
    )
    const { model, logLikelihood } = fitBgNbd(history)
    const worth = fitGammaGamma(history.repeats, history.meanValue ?? new Float64Array())
    expect(fit.activity).toMatchObject({ state: 'fitted', customers: history.repeats.length })
    expect(fit.worth).toMatchObject({ state: 'fitted', customers: worth.customers })
    if (fit.activity.state !== 'fitted' || fit.worth.state !== 'fitted') throw new Error('not fitted')
    expect(fit.activity.logLikelihood).toBeCloseTo(logLikelihood, 5)
    expect(fit.activity.r).toBeCloseTo(model.r, 4)
    expect(fit.worth.logLikelihood).toBeCloseTo(worth.logLikelihood, 5)
    expect(Math.abs(fit.worth.correlation ?? 1)).toBeLessThan(0.2)
  })

  test('says what was seen, and what was held back', () => {
    const total = (key: 'seen' | 'fitted') => fit.counts.reduce((sum, column) => sum + column[key], 0)
    expect(total('seen')).toBe(600)
    expect(total('fitted')).toBeCloseTo(600, 6)
    for (const { seen, fitted } of fit.counts) expect(Math.abs(seen - fitted)).toBeLessThan(35)
    const held = fit.holdOut
    expect(held).not.toBeNull()
    const came = buyers.reduce((sum, one) => {
      const before = summaryUntil(one, asOf - 243)
      return before ? sum + one[1].length - before.purchases : sum
    }, 0)
    expect(held?.came).toBe(came)
    expect(Math.abs((held?.forecast ?? 0) / came - 1)).toBeLessThan(0.2)
  })

  test('gives finite values for everybody, more to who bought more lately', () => {
    for (const one of buyers) {
      const value = valueOf(fit, summaryUntil(one) as Summary, asOf)
      for (const figure of [value.active, value.expected_purchases, value.expected_value_minor])
        expect(Number.isFinite(figure)).toBe(true)
    }
    const of = (days: number[]) =>
      valueOf(fit, summaryUntil(['x', days.map((ago) => asOf - ago), days.map(() => 5_000)]) as Summary, asOf)
    const [often, gone] = [of([300, 200, 100, 5]), of([700, 690, 680, 670])]
    expect(often.active ?? 0).toBeGreaterThan(gone.active ?? 1)
    expect(often.expected_value_minor ?? 0).toBeGreaterThan(gone.expected_value_minor ?? 0)
  })
})

describe('what cannot be fitted says why', () => {
  const many = (count: number, days: (n: number) => number[]): PurchaseDays[] =>
    Array.from({ length: count }, (_, n) => [`c${n}`, days(n), days(n).map(() => 1_000)] as const)

  test.each([
    ['nobody', many(0, () => []), 'too_few_customers', 'too_few_repeats'],
    ['one customer', many(1, () => [asOf - 30, asOf - 3]), 'too_few_customers', 'too_few_repeats'],
    ['everything on one day', many(200, () => [asOf - 3]), 'one_day', 'too_few_repeats'],
    ['everything today', many(200, () => [asOf]), 'one_day', 'too_few_repeats'],
    ['nobody came back', many(200, (n) => [asOf - 1 - (n % 90)]), 'too_few_repeats', 'too_few_repeats'],
    ['nobody ever leaves', many(60, (n) => [asOf - 300, asOf - 200 + (n % 7), asOf]), 'no_finite_optimum', 'all_equal'],
  ] as const)('%s', (_name, customers, activity, worth) => {
    const fit = fitValues(customers, asOf)
    expect(fit.activity).toMatchObject({ state: 'refused', reason: activity })
    expect(fit.worth).toMatchObject({ state: 'refused', reason: worth })
    expect(JSON.stringify(fit)).not.toContain('NaN')
    for (const one of customers) {
      const value = valueOf(fit, summaryUntil(one) as Summary, asOf)
      expect([value.active, value.expected_purchases, value.expected_value_minor]).toEqual([null, null, null])
    }
  })
})

test('a score is one more than the whole fifths of customers below, and equals score equally', () => {
  const purchases = fc.integer({ min: 1, max: 12 })
  const customer = fc.record({
    purchases,
    lastDay: fc.integer({ min: 0, max: 20 }),
    spentMinor: fc.integer({ min: 1, max: 40 }),
  })
  fc.assert(
    fc.property(fc.array(customer, { minLength: 5, maxLength: 60 }), (drawn) => {
      const all = drawn.map((one, n): Summary => ({ ...one, partyId: `c${n}`, firstDay: 0, repeatMeanMinor: 0 }))
      const thresholds = thresholdsOf(all)
      if (!thresholds) throw new Error('five are enough')
      const byHand = (value: number, others: number[]) =>
        1 + Math.floor((5 * others.filter((other) => other < value).length) / others.length)
      for (const one of all)
        expect(scoresOf(one, thresholds)).toEqual({
          recency: byHand(
            one.lastDay,
            all.map((other) => other.lastDay),
          ),
          frequency: byHand(
            one.purchases,
            all.map((other) => other.purchases),
          ),
          monetary: byHand(
            one.spentMinor,
            all.map((other) => other.spentMinor),
          ),
        })
    }),
  )
  expect(thresholdsOf([])).toBeNull()
})
