import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, test } from 'vitest'
import type { PriceResponseInput } from './analysis-input.ts'
import { respondToPrices } from './respond-to-prices.ts'

const quiet = () => undefined
const weeks = Array.from({ length: 130 }, (_, at) =>
  new Date(Date.parse('2023-01-02T00:00:00Z') + at * 7 * 86_400_000).toISOString().slice(0, 10),
)
const channels = [
  { code: 'web', level: 4 },
  { code: 'shop', level: 3 },
]

type World = { seed: number; elasticity: number; products?: number; moves?: number; of?: number }

/** Goods that sell in two channels with a season and a trend, dearer where demand is high, and an elasticity that is known. */
function goods({ seed, elasticity, products = 1, moves = 0.15, of = weeks.length }: World) {
  const random = createRandom(seed)
  const rows = Array.from({ length: products }, (_, product) =>
    channels.flatMap(({ code, level }) =>
      weeks.slice(0, of).map((week, at) => {
        const ratio = Math.exp(moves * random.normal() + (moves === 0 ? 0 : 0.1 * (level - 3.5)))
        const season = 0.4 * Math.sin((2 * Math.PI * at) / 52.18) + 0.003 * at
        const units = Math.exp(level + season + elasticity * Math.log(ratio) + 0.2 * random.normal())
        return { productId: `p${product}`, channel: code, week, units, ratio }
      }),
    ),
  ).flat()
  return {
    unit: 'bike',
    name: { fr: 'Vélo', en: 'Bicycle' },
    articles: 2,
    weeks: rows,
    sold: 5_000,
    priceMinor: 10_000,
    costMinor: 4_500,
  }
}

const asked = (...all: ReturnType<typeof goods>[]): PriceResponseInput => ({
  kind: 'price_response',
  per: 'product',
  weeks,
  byChannel: true,
  servingShare: 0.1,
  goods: all,
})

test('the elasticity of a world is found within its error, by channel too, season and levels apart', () => {
  const [unit] = respondToPrices(asked(goods({ seed: 3, elasticity: -2.2 })), quiet).units
  const all = [unit?.elasticity, ...(unit?.channels ?? [])]
  expect(all).toHaveLength(3)
  for (const found of all) {
    expect(Math.abs((found?.value ?? 0) + 2.2)).toBeLessThan(3 * (found?.standardError ?? 0))
    expect(found?.standardError).toBeLessThan(0.2)
  }
  expect(unit).toMatchObject({ weeks: 130, soldShare: 1, level: 'apart', harmonics: 1, problem: null })
  expect(unit?.elasticity?.observations).toBe(260)
  // What is drawn lies around the curve.
  const { scale, points } = unit?.curve ?? { scale: 0, points: [] }
  const gaps = points.map(
    ({ price, units }) => Math.log(units / scale) - (unit?.elasticity?.value ?? 0) * Math.log(price),
  )
  expect(points.length).toBeLessThanOrEqual(150)
  expect(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length)).toBeLessThan(0.03)
  expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1)
})

test('intervals of a hundred worlds hold the truth in about 95', () => {
  const held = Array.from({ length: 100 }, (_, at) => {
    const [unit] = respondToPrices(asked(goods({ seed: 100 + at, elasticity: -1.4, of: 40 })), quiet).units
    return unit?.elasticity && unit.elasticity.low <= -1.4 && unit.elasticity.high >= -1.4
  }).filter(Boolean)
  expect(held.length).toBeGreaterThanOrEqual(89)
})

test('the best price leaves a margin of −1/e after serving; costs that nobody knows, and categories, leave the rate alone', () => {
  const [unit] = respondToPrices(asked(goods({ seed: 3, elasticity: -3 })), quiet).units
  const { value = 0, high = 0 } = unit?.elasticity ?? {}
  const { best } = unit ?? {}
  expect(high).toBeLessThan(-1)
  expect(best?.marginRate).toBeCloseTo(-1 / value, 9)
  const price = best?.priceMinor ?? 0
  expect((price * 0.9 - 4_500) / (price * 0.9)).toBeCloseTo(-1 / value, 9)
  // No other price leaves more.
  const left = (one: number) => (one * 0.9 - 4_500) * one ** value
  expect(left(price)).toBeGreaterThan(Math.max(left(price * 1.01), left(price * 0.99)))
  expect(best?.lowMinor).toBeLessThan(price)
  expect(best?.highMinor).toBeGreaterThan(price)
  expect(unit?.marginRate).toBeCloseTo(0.45, 9)
  const unknown = respondToPrices(asked({ ...goods({ seed: 3, elasticity: -3 }), costMinor: 0 }), quiet).units[0]?.best
  expect(unknown).toMatchObject({ priceMinor: null, outside: false })
  const category = { ...asked(goods({ seed: 3, elasticity: -3, products: 12 })), per: 'category' as const }
  const told = respondToPrices(category, quiet).units[0]
  expect(told?.best).toMatchObject({ priceMinor: null })
  expect(Math.abs((told?.elasticity?.value ?? 0) + 3)).toBeLessThan(3 * (told?.elasticity?.standardError ?? 0))
  const stiff = respondToPrices(asked(goods({ seed: 3, elasticity: -0.5 })), quiet).units[0]
  expect(stiff?.best).toBeNull()
})

test('what sells so seldom that most weeks have no sale is looked at together, and its elasticity is not lost', () => {
  const random = createRandom(9)
  // Fifty articles of which one in three is sold in a week, and a sale of all of them now and then.
  const rows = weeks.flatMap((week, at) =>
    Array.from({ length: 50 }, (_, product) => {
      const ratio = at % 9 < 2 ? 0.75 : 1 + 0.02 * random.normal()
      const units = random.poisson(0.3 * ratio ** -2)
      return { productId: `p${product}`, channel: 'web', week, units, ratio }
    }),
  )
  const sparse = { ...goods({ seed: 1, elasticity: -2 }), weeks: rows.filter(({ units }) => units > 0) }
  const [unit] = respondToPrices({ ...asked(sparse), per: 'category' }, quiet).units
  expect(unit).toMatchObject({ level: 'channels', soldShare: 1 })
  const { value = 0, standardError = 0 } = unit?.elasticity ?? {}
  expect(Math.abs(value + 2)).toBeLessThan(3 * standardError)
  expect(value).toBeLessThan(-1.5)
  const [full] = respondToPrices(asked(goods({ seed: 3, elasticity: -2 })), quiet).units
  expect(full?.level).toBe('apart')
})

test('what cannot be told is said, beside what can; where nothing can, why', () => {
  const told = goods({ seed: 3, elasticity: -2 })
  const still = goods({ seed: 4, elasticity: -2, moves: 0 })
  const short = goods({ seed: 5, elasticity: -2, of: 12 })
  const constant = { ...told, weeks: told.weeks.map((week) => ({ ...week, units: 1 })) }
  // Dearer by a little every week: nobody can tell the price from the time.
  const creeping = {
    ...told,
    weeks: told.weeks.map((week, at) => ({ ...week, ratio: 1 + 0.0005 * (at % weeks.length) })),
  }
  const { units } = respondToPrices(asked(still, short, constant, creeping, told), quiet)
  expect(units.map(({ problem }) => problem)).toEqual([null, 'same_price', 'few_weeks', 'same_quantity', 'untold'])
  expect(JSON.stringify(units)).not.toMatch(/NaN|Infinity/)
  const reason = (input: PriceResponseInput, expected: object) =>
    expect(() => respondToPrices(input, quiet)).toThrow(expect.objectContaining(expected) as Error)
  reason(asked(), { reason: 'empty' })
  reason(asked(short), { reason: 'too_few', details: { what: 'weeks of sales', have: 12, need: 16 } })
  reason(asked(still, short), { reason: 'constant', details: { column: 'price' } })
  reason(asked(creeping, constant), {
    reason: 'too_few',
    details: { what: 'changes of price apart from time', have: 0, need: 1 },
  })
  reason(asked(constant), { reason: 'constant', details: { column: 'quantities' } })
})
