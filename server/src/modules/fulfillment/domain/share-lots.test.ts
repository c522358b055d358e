import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareLots, type LotShare, type ParcelShare } from './share-lots.ts'

const unitsIn = (lots: readonly LotShare[]): number => lots.reduce((sum, { units }) => sum + units, 0)

test('each parcel keeps what was named for it, and the rest fills them in turn', () => {
  const parcels: ParcelShare[] = [
    { parcelId: 'one', quantity: 2, lots: [] },
    { parcelId: 'two', quantity: 2, lots: [{ lotId: 'a', units: 1 }] },
  ]
  const aside = [{ lotId: 'a', units: 1 }, { lotId: 'b', units: 3 }] // prettier-ignore
  expect([...shareLots(parcels, aside)]).toEqual([
    ['one', [{ lotId: 'b', units: 2 }]],
    ['two', [{ lotId: 'a', units: 1 }, { lotId: 'b', units: 1 }]], // prettier-ignore
  ])
})

test('a lot that is aside no longer leaves the parcel it was named for', () => {
  const parcels = [{ parcelId: 'one', quantity: 2, lots: [{ lotId: 'gone', units: 2 }] }]
  expect(shareLots(parcels, [{ lotId: 'new', units: 1 }]).get('one')).toEqual([{ lotId: 'new', units: 1 }])
})

test('no unit is in two parcels, no parcel has too many, and as many as possible have a lot', () => {
  const lots = fc.array(fc.record({ lotId: fc.constantFrom('a', 'b', 'c'), units: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: 4,
  })
  const parcels = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 5 }), lots }), { maxLength: 4 })
  fc.assert(
    fc.property(parcels, lots, (some, aside) => {
      const named = some.map((parcel, index) => ({ ...parcel, parcelId: String(index) }))
      const shared = shareLots(named, aside)
      for (const { parcelId, quantity } of named)
        expect(unitsIn(shared.get(parcelId) ?? [])).toBeLessThanOrEqual(quantity)
      const all = [...shared.values()].flat()
      for (const lotId of ['a', 'b', 'c'])
        expect(unitsIn(all.filter((one) => one.lotId === lotId))).toBeLessThanOrEqual(
          unitsIn(aside.filter((one) => one.lotId === lotId)),
        )
      const wanted = named.reduce((sum, { quantity }) => sum + quantity, 0)
      expect(unitsIn(all)).toBe(Math.min(wanted, unitsIn(aside)))
    }),
  )
})
