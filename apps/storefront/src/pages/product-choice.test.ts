import { expect, test } from 'vitest'
import type { ProductPage } from '@ecluse/contracts/offers.ts'
import { chosenVariant, obtainable, orderable, valueChoices, wishesOf } from './product-choice.ts'

const values = (...codes: string[]) => codes.map((code) => ({ code, name: code }))

function variant(colour: string, size: string, deliverable: number, inShop = 0): ProductPage['variants'][number] {
  const shop = { siteId: 's', siteName: 'S', locality: 'S', available: inShop, readyAt: null }
  const price = { amountMinor: 1_000, currency: 'EUR' as const }
  const reason = { kept: 'list', tried: [] }
  const [sku, options] = [`${colour}-${size}`, { colour, size }]
  return {
    variantId: sku,
    sku,
    gtin: null,
    options,
    label: sku,
    price,
    compareAtPrice: null,
    priceReason: reason,
    imageUrl: null,
    weightGrams: null,
    deliverable,
    shops: [shop],
    ahead: null,
  }
}

const product = {
  handle: 'jacket',
  options: [
    { code: 'colour', name: 'Colour', values: values('blue', 'red', 'green') },
    { code: 'size', name: 'Size', values: values('s', 'm') },
  ],
  variants: [variant('blue', 's', 0), variant('blue', 'm', 2), variant('red', 's', 0, 1)],
} as unknown as ProductPage
const [first] = product.variants

test('a page opens on something that can be had', () => {
  expect(chosenVariant(product, {}).sku).toBe('blue-m')
  expect(product.variants.map(obtainable)).toEqual([0, 2, 1])
})

test('what is sold before it is there can be ordered, though not had', () => {
  const ahead = { kind: 'back_order' as const, shipsOn: '2026-03-12', orderable: 5 }
  const gone = { ...variant('blue', 's', 0), ahead }
  expect([obtainable(gone), orderable(gone)]).toEqual([0, 5])
  expect(orderable(variant('blue', 'm', 2))).toBe(2)
})

test('what the address asks for counts more than stock', () => {
  expect(chosenVariant(product, { colour: 'blue', size: 's' }).sku).toBe('blue-s')
  expect(wishesOf(product, new URLSearchParams('colour=red&size=xxl&other=1'))).toEqual({ colour: 'red' })
})

test('each value leads to the nearest variant, and says when that is another one', () => {
  if (!first) throw new Error('no variant')
  const colours = valueChoices(product, first, 'colour')
  expect(colours.map(({ code, selected, exact }) => [code, selected, exact])).toEqual([
    ['blue', true, true],
    ['red', false, true],
    ['green', false, false],
  ])
  expect(colours[2]?.variant).toBeNull()
})
