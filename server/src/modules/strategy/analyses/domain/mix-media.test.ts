import { carryOver, saturate } from '@ecluse/strategy-engine/media-mix/carry-over.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, test } from 'vitest'
import type { MediaMixInput } from './analysis-input.ts'
import { mixMedia } from './mix-media.ts'

const quiet = () => undefined
const truths = [
  { medium: 'télévision', isChannel: false, retention: 0.6, shape: 2, effect: 300_000, often: 0.7, most: 200_000 },
  { medium: 'email', isChannel: true, retention: 0.2, shape: 4, effect: 150_000, often: 0.8, most: 20_000 },
]

/** Weeks of sales with a season, made by a base and two media whose shares are known; in minor units. */
function world(seed: number, weeks = 156): MediaMixInput & { shares: number[] } {
  const random = createRandom(seed)
  const spent = truths.map(({ often, most }) =>
    Array.from({ length: weeks }, () => (random.float() < often ? Math.round((most * random.gamma(2)) / 3) : 0)),
  )
  const made = truths.map(({ retention, shape, effect, most }, at) =>
    saturate(carryOver(Float64Array.from(spent[at] ?? []), retention), 'logistic', [shape / most]).map(
      (x) => x * effect,
    ),
  )
  const sales = Array.from({ length: weeks }, (_, t) => {
    const media = made.reduce((total, one) => total + (one[t] ?? 0), 0)
    return Math.round(
      900_000 + media + 80_000 * Math.sin((2 * Math.PI * t) / 52.18) + 500 * t + 20_000 * random.normal(),
    )
  })
  const total = sales.reduce((sum, one) => sum + one, 0)
  return {
    kind: 'media_mix',
    weeks: Array.from({ length: weeks }, (_, at) =>
      new Date(Date.parse('2023-01-02T00:00:00Z') + at * 7 * 86_400_000).toISOString().slice(0, 10),
    ),
    sales,
    reduced: sales.map(() => 0),
    media: truths.map(({ medium, isChannel }, at) => ({ medium, isChannel, spent: spent[at] ?? [] })),
    lasting: 8,
    marginRate: 0.4,
    shares: made.map((one) => one.reduce((sum, value) => sum + value, 0) / total),
  }
}

test('shares of media whose part is known are found within 0.05 and their error, and all adds up to what was sold', () => {
  for (const seed of [1, 2]) {
    const input = world(seed)
    const { media, base, sales, harmonics, r2, baseShare } = mixMedia(input, quiet)
    for (const [at, { medium, retention }] of truths.entries()) {
      const found = media.find((one) => one.medium === medium)
      const gap = Math.abs((found?.share ?? 0) - (input.shares[at] ?? 0))
      expect(gap, medium).toBeLessThan(0.05)
      expect(gap, medium).toBeLessThan(3 * (found?.standardError ?? 0))
      expect(Math.abs((found?.retention ?? 0) - retention), medium).toBeLessThan(0.25)
      // What it brought week by week is what it brought.
      const brought = (found?.brought ?? []).reduce((sum, one) => sum + one, 0)
      expect(brought / (found?.broughtMinor ?? 1)).toBeCloseTo(1, 6)
      expect(found?.returnOnSpend).toBeCloseTo(brought / (found?.spentMinor ?? 1), 9)
      // Saturation: the next euro brings less than the average of the curve so far.
      const { curve = [], meanMinor = 0, nextReturn = 0 } = found ?? {}
      expect(curve[0]).toEqual({ spentMinor: 0, broughtMinor: 0 })
      const near = curve.find(({ spentMinor }) => spentMinor >= meanMinor)
      expect(nextReturn).toBeGreaterThan(0)
      expect(nextReturn).toBeLessThan(1.05 * ((near?.broughtMinor ?? 0) / (near?.spentMinor ?? 1)))
    }
    expect(harmonics).toBeGreaterThanOrEqual(1)
    expect(r2).toBeGreaterThan(0.8)
    const fitted = sales.map((_, t) => (base[t] ?? 0) + media.reduce((sum, { brought }) => sum + (brought[t] ?? 0), 0))
    const total = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0)
    expect(total(fitted) / total(sales)).toBeCloseTo(1, 6)
    expect(baseShare + media.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
  }
})

test('media that cannot be told are left out with the reason, twins too, and the others are as without them', () => {
  const input = world(1)
  const [television] = input.media
  const medium = (name: string, spent: (t: number) => number) => ({
    medium: name,
    isChannel: false,
    spent: input.weeks.map((_, t) => spent(t)),
  })
  const { media, leftOut } = mixMedia(
    {
      ...input,
      media: [
        ...input.media,
        medium('radio', (t) => 2 * (television?.spent[t] ?? 0)),
        medium('abonnement', () => 500),
        medium('salon', (t) => (t === 40 ? 1_000 : 0)),
      ],
    },
    quiet,
  )
  expect(media).toHaveLength(2)
  expect(leftOut.map(({ medium: name, reason }) => [name, reason])).toEqual(
    expect.arrayContaining([
      ['abonnement', 'constant'],
      ['salon', 'few_weeks'],
      [expect.stringMatching(/radio|télévision/), 'alike'],
    ]),
  )
  expect(JSON.stringify(media)).not.toMatch(/NaN|Infinity|null/)
})

test('reductions that move with spending are set apart', () => {
  const input = world(2)
  const off = input.sales.map((_, t) => (t % 7 === 0 ? 0.3 : 0.02))
  const sales = input.sales.map((value, t) => value + 400_000 * (off[t] ?? 0))
  const reduced = sales.map((value, t) => (value * (off[t] ?? 0)) / (1 - (off[t] ?? 0)))
  const { reductions, media } = mixMedia({ ...input, sales, reduced }, quiet)
  expect(reductions).toBe(true)
  expect(Math.abs((media[0]?.share ?? 0) - (input.shares[0] ?? 0))).toBeLessThan(0.05)
})

test('too few weeks, nothing spent and always the same are said', () => {
  const reason = (input: MediaMixInput, expected: object) =>
    expect(() => mixMedia(input, quiet)).toThrow(expect.objectContaining(expected) as Error)
  const input = world(1)
  const [one] = input.media
  reason({ ...input, weeks: [], sales: [] }, { reason: 'empty' })
  reason(world(1, 20), { reason: 'too_few', details: { what: 'weeks of sales', have: 20, need: 26 } })
  reason({ ...input, media: [] }, { reason: 'too_few', details: { what: 'weeks with spending', have: 0, need: 8 } })
  const always = { medium: 'web', isChannel: true, spent: (one?.spent ?? []).map(() => 300) }
  reason({ ...input, media: [always] }, { reason: 'constant', details: { column: 'spend' } })
})
