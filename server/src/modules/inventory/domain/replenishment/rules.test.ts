import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresOf, shareSource, usualRule, type Known } from './rules.ts'

const shop = usualRule({ id: 'shop', siteKind: 'shop' }, 'warehouse')
const known = (changes: Partial<Known> = {}): Known => ({
  onHand: 4,
  promised: 1,
  inbound: 0,
  soldUnits: 56,
  soldSquares: 112,
  daysLookedAt: 28,
  minUnits: null,
  maxUnits: null,
  packUnits: 1,
  ...changes,
})

test('two a day, three days to cover: the figures by hand', () => {
  const figures = figuresOf(known(), shop)
  // 2 a day over lead time and review of 3 days, and 1.645·√(3·2 + 2²·0.5²) of safety.
  expect(figures).toMatchObject({ position: 3, demandPerDay: 2, expectedUnits: 6 })
  expect(figures.safetyUnits).toBeCloseTo(1.6449 * Math.sqrt(7), 2)
  expect(figures.reorderPoint).toBe(11)
  expect(figures.wantedUnits).toBe(11 + 14 - 3)
})

test('nothing sold, nothing ordered, unless a least is set; never above the most', () => {
  const idle = { soldUnits: 0, soldSquares: 0 }
  expect(figuresOf(known(idle), shop).wantedUnits).toBe(0)
  expect(figuresOf(known({ ...idle, minUnits: 6 }), shop)).toMatchObject({ wantedUnits: 3, limitedBy: 'min' })
  expect(figuresOf(known({ maxUnits: 10, packUnits: 4 }), shop)).toMatchObject({ wantedUnits: 4, limitedBy: 'max' })
})

test('warehouses and lonely shops are supplied, other shops are sent to', () => {
  expect(usualRule({ id: 'warehouse', siteKind: 'warehouse' }, 'warehouse').source).toBe('supplier')
  expect(usualRule({ id: 'shop', siteKind: 'shop' }, null).source).toBe('supplier')
  expect(shop).toMatchObject({ source: 'transfer', fromPlaceId: 'warehouse' })
})

test('no more is given than there is, in whole packs, and never more than was wanted', () => {
  const wish = fc.record({ onHand: fc.nat(20), soldUnits: fc.nat(200), packUnits: fc.integer({ min: 1, max: 7 }) })
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 8 }), fc.nat(60), (wishes, stock) => {
      const asked = wishes.map(({ onHand, soldUnits, packUnits }) => ({
        variantId: 'v',
        figures: figuresOf(known({ onHand, promised: 0, soldUnits, soldSquares: soldUnits * 3, packUnits }), shop),
      }))
      const given = shareSource(asked, new Map([['v', stock]]))
      expect(given.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(stock)
      for (const { units, figures } of given) {
        expect(units % figures.packUnits).toBe(0)
        expect(units).toBeLessThanOrEqual(figures.wantedUnits)
      }
    }),
  )
})
