import { expect, test } from 'vitest'
import { addLine, emptyBasket, isPayable, purchaseOf } from './basket.ts'
import type { BasketLine } from './basket-line.ts'
import { lacksLots, setLots, withFollowed } from './basket-lots.ts'

const line: BasketLine = {
  variantId: '0192f0c1-7b5e-7cc0-8000-000000000001',
  handle: 'batterie',
  name: 'Batterie',
  label: '',
  sku: 'BATTERIE',
  imageUrl: null,
  quantity: 2,
  unitPriceMinor: 39_900,
  vatBasisPoints: 2_000,
  available: 5,
}
const tracking = { mode: 'serial' as const, withExpiry: false, minDaysLeft: 0 }
const followed = (withoutNumber: number) => new Map([[line.variantId, { tracking, withoutNumber }]])
const where = { channelCode: 'shop', siteId: 'site', locale: 'fr' as const }

test('a followed article is paid once its serial numbers are named, or when those here have none', () => {
  const basket = withFollowed(addLine(emptyBasket(), line), followed(0))
  expect(isPayable(basket)).toBe(false)
  expect(isPayable(withFollowed(basket, followed(2)))).toBe(true)
  const one = setLots(basket, line.variantId, [{ number: 'B-1', units: 1 }])
  expect(isPayable(one)).toBe(false)
  const two = setLots(one, line.variantId, [
    { number: 'B-1', units: 1 },
    { number: 'B-2', units: 1 },
  ])
  expect(isPayable(two)).toBe(true)
  expect(purchaseOf(two, where, []).lots).toEqual([
    { variantId: line.variantId, lots: [{ number: 'B-1', units: 1 }, { number: 'B-2', units: 1 }] }, // prettier-ignore
  ])
  expect(purchaseOf(basket, where, []).lots).toBeUndefined()
})

test('lots are named for all units, or for none; scanning one more sells one more', () => {
  const lot = new Map([[line.variantId, { tracking: { ...tracking, mode: 'lot' as const }, withoutNumber: 0 }]])
  const basket = withFollowed(addLine(emptyBasket(), line), lot)
  expect(basket.lines.map(lacksLots)).toEqual([false])
  expect(setLots(basket, line.variantId, [{ number: 'L1', units: 1 }]).lines.map(lacksLots)).toEqual([true])
  expect(setLots(basket, line.variantId, [{ number: 'L1', units: 3 }]).lines).toMatchObject([{ quantity: 3 }])
})
