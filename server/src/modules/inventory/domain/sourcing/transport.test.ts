import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { transport } from './transport.ts'

/** Every way to hand out the units. */
function cheapest(demand: readonly number[], supply: readonly number[], costs: readonly (readonly number[])[]): number {
  const go = (line: number, place: number, asked: number, left: readonly number[]): number => {
    if (line === demand.length) return 0
    if (place === supply.length) return asked > 0 ? Infinity : go(line + 1, 0, demand[line + 1] ?? 0, left)
    let best = Infinity
    for (let units = 0; units <= Math.min(asked, left[place]!); units++) {
      const rest = left.map((has, index) => (index === place ? has - units : has))
      best = Math.min(best, units * costs[line]![place]! + go(line, place + 1, asked - units, rest))
    }
    return best
  }
  return go(0, 0, demand[0] ?? 0, supply)
}

test('hands out units as cheaply as can be, and all that is asked or nothing', () => {
  const small = fc.integer({ min: 0, max: 3 })
  const problem = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })).chain(([lines, places]) =>
    fc.record({
      demand: fc.array(small, { minLength: lines, maxLength: lines }),
      supply: fc.array(small, { minLength: places, maxLength: places }),
      costs: fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: places, maxLength: places }), {
        minLength: lines,
        maxLength: lines,
      }),
    }),
  )
  fc.assert(
    fc.property(problem, ({ demand, supply, costs }) => {
      const flow = transport(demand, supply, costs)
      const best = cheapest(demand, supply, costs)
      if (!flow) {
        expect(best).toBe(Infinity)
        return
      }
      let total = 0
      flow.forEach((row, line) => {
        expect(row.reduce((sum, units) => sum + units, 0)).toBe(demand[line])
        row.forEach((units, place) => {
          expect(units).toBeGreaterThanOrEqual(0)
          total += units * costs[line]![place]!
        })
      })
      supply.forEach((has, place) => expect(flow.reduce((sum, row) => sum + row[place]!, 0)).toBeLessThanOrEqual(has))
      expect(total).toBe(best)
    }),
    { numRuns: 300, seed: inject('seed') },
  )
})
