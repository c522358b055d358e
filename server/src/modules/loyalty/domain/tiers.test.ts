import { expect, test } from 'vitest'
import { tierStanding } from './tiers.ts'

const rule = {
  windowMonths: 12,
  tiers: [
    { code: 'argent', name: { fr: 'Argent', en: 'Silver' }, fromMinor: 30_000, percent: 100, benefits: [] },
    { code: 'or', name: { fr: 'Or', en: 'Gold' }, fromMinor: 100_000, percent: 150, benefits: [] },
  ],
}
const bought = (at: string, euros: number) => ({ placedAt: new Date(at), keptMinor: BigInt(euros * 100) })
const on = (purchases: ReturnType<typeof bought>[], at: string) => {
  const { tier, heldUntil, missingToKeep, missingToRise } = tierStanding(rule, purchases, new Date(at))
  return { tier, until: heldUntil?.toString() ?? null, keep: missingToKeep, rise: missingToRise }
}

test('a tier rises at once and is held to the end of the month a window later', () => {
  const purchases = [bought('2026-03-10T10:00:00Z', 900), bought('2026-03-20T10:00:00Z', 100)]
  expect(on(purchases, '2026-03-09T10:00:00Z')).toEqual({ tier: -1, until: null, keep: null, rise: 30_000n })
  expect(on(purchases, '2026-03-10T10:00:00Z')).toEqual({ tier: 0, until: '2027-03-31', keep: 30_000n, rise: 10_000n })
  expect(on(purchases, '2026-03-20T10:00:00Z')).toMatchObject({ tier: 1, until: '2027-03-31', rise: null })
})

test('180 € before the 31st of March to stay Gold, and down at the end of the period, to the day in Paris', () => {
  const gold = [bought('2025-03-20T10:00:00Z', 1_000), bought('2025-09-01T10:00:00Z', 820)]
  expect(on(gold, '2026-02-01T10:00:00Z')).toMatchObject({ tier: 1, until: '2026-03-31', keep: 18_000n })
  const kept = [...gold, bought('2026-03-31T21:59:59Z', 180)]
  expect(on(kept, '2026-03-31T21:59:59Z')).toMatchObject({ tier: 1, keep: 0n })
  expect(on(kept, '2026-04-01T09:00:00Z')).toMatchObject({ tier: 1, until: '2027-03-31' })
  // Midnight in Paris: a second later is the next day, and the next period.
  const late = [...gold, bought('2026-03-31T22:00:00Z', 180)]
  expect(on(late, '2026-03-31T21:59:59Z')).toMatchObject({ tier: 1, keep: 18_000n })
  expect(on(gold, '2026-04-01T09:00:00Z')).toMatchObject({ tier: 0, until: '2027-03-31' })
  expect(on(gold, '2027-04-01T09:00:00Z')).toMatchObject({ tier: -1, until: null })
})

test('a purchase that came back never counted', () => {
  expect(on([{ ...bought('2026-03-10T10:00:00Z', 900), keptMinor: 0n }], '2026-04-01T09:00:00Z').tier).toBe(-1)
})

test('nobody is held in a tier for two windows by purchases of one', () => {
  const once = [bought('2020-01-15T10:00:00Z', 5_000)]
  expect(on(once, '2021-01-31T22:59:59Z').tier).toBe(1)
  expect(on(once, '2021-01-31T23:00:00Z').tier).toBe(-1)
})
