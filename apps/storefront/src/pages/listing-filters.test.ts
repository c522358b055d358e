import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf } from '../paths.ts'
import { apiQueryOf, filtersOf, isNarrowed } from './listing-filters.ts'

const read = (search: string) => filtersOf(new URLSearchParams(search))

test('an address says what a list is narrowed to', () => {
  const filters = read('brand=Aliz%C3%A9&brand=Estran&option=size:m&min=10&max=99,9&stock=1&shop=nantes&sort=price_asc')
  expect(apiQueryOf(filters)).toMatchObject({
    brand: ['Alizé', 'Estran'],
    option: ['size:m'],
    priceMin: 1_000,
    priceMax: 10_000,
    inStock: 'true',
    shop: 'nantes',
    sort: 'price_asc',
  })
  expect(isNarrowed(filters)).toBe(true)
})

test('what makes no sense is left out', () => {
  const filters = read('min=-4&max=abc&option=nocolon&sort=magic&stock=yes')
  expect(filters).toEqual(read(''))
  expect(isNarrowed(filters)).toBe(false)
})

test('no address is refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('q', 'brand', 'min', 'shop', 'cursor'), fc.string())), (pairs) => {
      const filters = filtersOf(new URLSearchParams(pairs))
      expect(filters.q.length).toBeLessThanOrEqual(200)
      expect(filters.brands.length).toBeLessThanOrEqual(30)
      expect(filters.min === null || Number.isSafeInteger(filters.min)).toBe(true)
    }),
  )
})

test('addresses are written in both languages, empty values left out', () => {
  expect(addressOf('category', 'fr', { code: 'velos' }, { brand: ['A', 'B'], q: '', min: null })).toBe(
    '/rayons/velos?brand=A&brand=B',
  )
  expect(addressOf('order', 'en', { orderId: '1 2' }, { token: 'a&b' })).toBe('/en/orders/1%202?token=a%26b')
})
