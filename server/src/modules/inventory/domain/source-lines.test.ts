import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceLines, type SourcingLine, type SourcingPlace } from './source-lines.ts'

const places: SourcingPlace[] = [1, 2, 3, 4].map((n) => ({ id: `p${n}`, priority: n }))
const world = fc.record({
  lines: fc
    .array(fc.record({ variantId: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((lines) => [...new Map(lines.map((line) => [line.variantId, line])).values()]),
  stock: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 }),
})
const availableIn =
  (stock: readonly number[]) =>
  (variantId: string, placeId: string): number =>
    stock[(Number(placeId[1]) - 1) * 3 + 'abc'.indexOf(variantId)] ?? 0

/** Every way to give each line a place that has it: the independent judge. */
function fewestParcels(
  lines: readonly SourcingLine[],
  available: (variantId: string, placeId: string) => number,
): number | undefined {
  let best: number | undefined
  const go = (index: number, used: ReadonlySet<string>): void => {
    const line = lines[index]
    if (!line) {
      best = Math.min(best ?? Infinity, used.size)
      return
    }
    for (const place of places)
      if (available(line.variantId, place.id) >= line.quantity) go(index + 1, new Set([...used, place.id]))
  }
  go(0, new Set())
  return best
}

test('finds places whenever there are some, never gives what is not there, and one parcel when one place has everything', () => {
  fc.assert(
    fc.property(world, ({ lines, stock }) => {
      const available = availableIn(stock)
      const best = fewestParcels(lines, available)
      const sourced = sourceLines(lines, places, available)
      expect('placeIds' in sourced).toBe(best !== undefined)
      if (!('placeIds' in sourced)) return
      sourced.placeIds.forEach((placeId, index) => {
        const line = lines[index] as SourcingLine
        expect(available(line.variantId, placeId)).toBeGreaterThanOrEqual(line.quantity)
      })
      const parcels = new Set(sourced.placeIds).size
      if (best === 1) expect(parcels).toBe(1)
      // Greedy covering is within a parcel of the best for three articles.
      expect(parcels).toBeLessThanOrEqual((best ?? 0) + 1)
    }),
  )
})

test('prefers the place with the better rank', () => {
  expect(sourceLines([{ variantId: 'a', quantity: 1 }], [...places].reverse(), () => 1)).toEqual({ placeIds: ['p1'] })
})
