import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseLots, inOrderOfExpiry, isSellable, lastSaleDay, unitsOf } from './choose-lots.ts'

const lot = (number: string | null, expiresOn: string | null, units: number, aside = 0) => ({
  lotId: number ?? 'before',
  number,
  expiresOn,
  blocked: false,
  units,
  aside,
})

test('what expires first leaves first, after what lay there before', () => {
  const shelf = [lot('C', null, 5), lot('B', '2027-03-01', 2), lot('A', '2027-02-01', 3), lot(null, null, 1)]
  expect(inOrderOfExpiry(shelf).map(({ number }) => number)).toEqual([null, 'A', 'B', 'C'])
  expect(chooseLots(shelf, 5)).toEqual([
    { lotId: 'before', units: 1 },
    { lotId: 'A', units: 3 },
    { lotId: 'B', units: 1 },
  ])
})

test('what is put aside for others is taken last', () => {
  expect(chooseLots([lot('A', '2027-02-01', 2, 2), lot('B', '2027-03-01', 1)], 2)).toEqual([
    { lotId: 'B', units: 1 },
    { lotId: 'A', units: 1 },
  ])
})

test('a lot is sold while it stays good for as long as its buyers need', () => {
  expect(lastSaleDay('2027-03-01', 30)).toBe('2027-01-30')
  const until = (today: string) => isSellable({ expiresOn: '2027-03-01', blocked: false }, { today, minDaysLeft: 30 })
  expect(until('2027-01-30')).toBe(true)
  expect(until('2027-01-31')).toBe(false)
  expect(isSellable({ expiresOn: null, blocked: true }, { today: '2027-01-01', minDaysLeft: 0 })).toBe(false)
})

test('no more is chosen than lies there, and all of it when it is wanted', () => {
  const units = fc.integer({ min: 0, max: 9 })
  const lots = fc.array(fc.record({ units, aside: units, day: fc.integer({ min: 1, max: 28 }), dated: fc.boolean() }), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(lots, fc.integer({ min: 0, max: 40 }), (drawn, wanted) => {
      const shelf = drawn.map(({ units: there, aside, day, dated }, index) =>
        lot(`L${index}`, dated ? `2027-02-${String(day).padStart(2, '0')}` : null, there, Math.min(aside, there)),
      )
      const chosen = chooseLots(shelf, wanted)
      expect(unitsOf(chosen)).toBe(Math.min(wanted, unitsOf(shelf)))
      for (const { lotId, units: taken } of chosen)
        expect(taken).toBeLessThanOrEqual(shelf.find((one) => one.lotId === lotId)?.units ?? 0)
    }),
  )
})
