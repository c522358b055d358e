import { expect, test } from 'vitest'
import { createRandom, type Random } from '../numeric/random.ts'
import { compareCustomers, type ComparedCustomers } from './compared-customers.ts'

/** Customers of whom the keen, who buy more anyhow, take to several channels; what that adds is known. */
function inventCustomers(random: Random, count: number, effect: number): ComparedCustomers {
  const spent = Float64Array.from({ length: count }, () => random.normal())
  const years = Float64Array.from({ length: count }, () => 5 * random.float())
  const treated = spent.map((one, at) =>
    Number(random.float() < 1 / (1 + Math.exp(0.5 - 0.9 * one - 0.1 * years[at]!))),
  )
  const outcome = treated.map((one, at) => 100 + effect * one + 20 * spent[at]! + 2 * years[at]! + 10 * random.normal())
  return { treated, outcome, before: { names: ['spent', 'years'], values: [spent, years] } }
}

test('what is seen is mostly selection; what is left is the effect', () => {
  const { raw, corrected, selection, balance, leftOut } = compareCustomers(inventCustomers(createRandom(5), 4000, 6))
  expect(raw.effect).toBeGreaterThan(15)
  expect(corrected.low).toBeLessThan(6)
  expect(corrected.high).toBeGreaterThan(6)
  expect(selection).toBeCloseTo(raw.effect - corrected.effect, 12)
  expect(balance[0]!.raw).toBeGreaterThan(0.5)
  for (const { weighted } of balance) expect(Math.abs(weighted)).toBeLessThan(0.1)
  expect(leftOut).toBeLessThan(0.1)
})

test('the interval of 95 % holds the truth about as often as it says', () => {
  const random = createRandom(8)
  let held = 0
  const worlds = 300
  for (let world = 0; world < worlds; world++) {
    const effect = 10 * random.float()
    const { corrected } = compareCustomers(inventCustomers(random, 400, effect))
    held += Number(corrected.low <= effect && effect <= corrected.high)
  }
  // Four deviations around 95 of 100.
  expect(held / worlds).toBeGreaterThan(0.9)
  expect(held / worlds).toBeLessThan(0.995)
})

test('right when the outcome is bent, as long as the chances are', () => {
  const random = createRandom(13)
  const world = inventCustomers(random, 20_000, 6)
  const [spent] = world.before.values
  const bent = Float64Array.from(world.outcome, (one, at) => one + 8 * spent![at]! ** 2)
  const { corrected } = compareCustomers({ ...world, outcome: bent })
  expect(Math.abs(corrected.effect - 6)).toBeLessThan(4 * corrected.standardError)
})

const some = inventCustomers(createRandom(2), 60, 1)
test.each<[string, Partial<ComparedCustomers>, string]>([
  ['nobody', { outcome: [], treated: [] }, 'empty'],
  ['a column too short', { before: { names: ['x'], values: [Float64Array.of(1)] } }, 'mismatch'],
  ['only one kind', { treated: new Float64Array(60) }, 'too_few'],
  ['what never changes', { before: { names: ['x'], values: [new Float64Array(60).fill(3)] } }, 'constant'],
  [
    'what decides',
    { before: { names: ['x'], values: [Float64Array.from(some.treated, (one, at) => one * 100 + at)] } },
    'separation',
  ],
  [
    'the same twice',
    { before: { names: ['x', 'y'], values: [some.before.values[0]!, some.before.values[0]!] } },
    'collinear',
  ],
  ['a gap', { outcome: Float64Array.from(some.outcome, (one, at) => (at === 3 ? NaN : one)) }, 'not_a_number'],
])('%s is refused with its reason', (_, change, reason) => {
  expect(() => compareCustomers({ ...some, ...change })).toThrow(reason)
})
