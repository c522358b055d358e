import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { noChanges, readMessage, writeMessages } from '../domain/change-message.ts'
import type { ModelProduct, ModelVariant } from '../domain/model.ts'
import { createProductTable } from '../domain/product-table.ts'
import { priceBuckets, selectOffers, type OfferFilters, type SelectionSource } from '../domain/select-offers.ts'
import { pageOfOffers, type OfferSort } from '../domain/sort-offers.ts'
import { columnMask, createVariantTable } from '../domain/variant-table.ts'

const seed = inject('seed')
const parents: Record<string, string | null> = {
  velos: null,
  ville: 'velos',
  vtt: 'velos',
  tentes: null,
  igloo: 'tentes',
}
const lineage = (code: string): string[] => [code, ...(parents[code] ? lineage(parents[code]) : [])]
/** 40 places: more than one word of bits; the channel sells from most of them. */
const shopColumns = [[0, 1], [5], [33, 39]]
const channelColumns = [0, 1, 5, 33, 39, 20]

type Plain = {
  shown: boolean
  brand: string | null
  categories: string[]
  createdAt: number
  variants: { options: Record<string, string>; price: number | null; stock: [number, number][] }[]
}

const plainVariant = fc.record({
  options: fc.record(
    { taille: fc.constantFrom('s', 'm', 'l'), couleur: fc.constantFrom('bleu', 'vert') },
    { requiredKeys: [] },
  ),
  price: fc.option(fc.constantFrom(0, 2_499, 2_500, 7_000, 99_999, 500_000)),
  stock: fc.array(fc.tuple(fc.constantFrom(0, 1, 5, 20, 21, 33, 39), fc.integer({ min: -2, max: 4 })), {
    maxLength: 3,
  }),
})
const plainProduct: fc.Arbitrary<Plain> = fc.record({
  shown: fc.boolean(),
  brand: fc.constantFrom('Alizé', 'Bora', null),
  categories: fc.subarray(Object.keys(parents), { maxLength: 2 }),
  createdAt: fc.constantFrom(1, 2, 3),
  variants: fc.array(plainVariant, { maxLength: 3 }),
})
const catalogue = fc.array(plainProduct, { maxLength: 12 })
const some = <T>(values: readonly T[]) => fc.subarray([...values]).map((chosen) => new Set(chosen))
const filters: fc.Arbitrary<OfferFilters> = fc.record({
  categories: fc.constantFrom(null, null, new Set(['velos', 'ville', 'vtt']), new Set(['igloo'])),
  brands: fc.oneof(fc.constant(new Set<string>()), some(['Alizé', 'Bora', 'Cers'])),
  options: fc.constantFrom<ReadonlyMap<string, ReadonlySet<string>>>(
    new Map(),
    new Map([['taille', new Set(['s', 'm'])]]),
    new Map([
      ['taille', new Set(['m'])],
      ['couleur', new Set(['bleu'])],
    ]),
  ),
  priceMin: fc.constantFrom(null, null, 2_500),
  priceMax: fc.constantFrom(null, null, 7_000),
  inStock: fc.boolean(),
  shop: fc.constantFrom(null, null, 0, 1, 2),
})

function build(products: readonly Plain[]): {
  source: SelectionSource
  productAt(slot: number): ModelProduct | undefined
} {
  const table = createProductTable()
  const variants = createVariantTable()
  for (let place = 0; place < 40; place++) variants.columnOf(`place ${place}`)
  const prices = new Float64Array(products.length * 3 + 1).fill(NaN)
  for (const [index, plain] of products.entries()) {
    const firstRow = variants.takeRows(plain.variants.length)
    for (const [nth, { options, price, stock }] of plain.variants.entries()) {
      prices[firstRow + nth] = price ?? NaN
      for (const [column, units] of stock) variants.setUnits(firstRow + nth, column, units)
      variants.arrays().options[firstRow + nth] = table.options.numberOf(options)
    }
    const product = {
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      slot: table.takeSlot(),
      createdAt: plain.createdAt,
      nameKey: { fr: `n${index % 3}`, en: '' },
      variants: plain.variants as unknown as ModelVariant[],
    } as unknown as ModelProduct
    table.put(product, {
      publications: table.publications.numberOf([
        { channelId: plain.shown ? 'web' : 'x', from: null, until: null, opensAt: null },
      ]),
      brand: table.brands.numberOf(plain.brand),
      categories: table.categories.numberOf(plain.categories),
      firstRow,
    })
  }
  const source: SelectionSource = {
    table,
    prices,
    lineage,
    ranked: null,
    variants: variants.arrays(),
    places: columnMask(channelColumns),
    shops: shopColumns.map(columnMask),
    isPublished: ([publication]) => publication?.channelId === 'web',
  }
  return { source, productAt: table.productAt }
}

/** Which products pass, worked out one by one from the plain data. */
function passing(products: readonly Plain[], filters: OfferFilters): number[] {
  const unitsAt = (variant: Plain['variants'][number], columns: readonly number[]) =>
    columns.some((column) => (new Map(variant.stock).get(column) ?? 0) > 0)
  return products.flatMap((product, index) => {
    if (!product.shown) return []
    if (filters.categories && !product.categories.some((code) => filters.categories?.has(code))) return []
    if (filters.brands.size > 0 && !filters.brands.has(product.brand ?? '')) return []
    const fits = product.variants.some(
      (variant) =>
        variant.price !== null &&
        [...filters.options].every(([code, values]) => values.has(variant.options[code] ?? '')) &&
        (filters.priceMin === null || variant.price >= filters.priceMin) &&
        (filters.priceMax === null || variant.price <= filters.priceMax) &&
        (!filters.inStock || unitsAt(variant, channelColumns)) &&
        (filters.shop === null || unitsAt(variant, shopColumns[filters.shop] ?? [])),
    )
    return fits ? [index] : []
  })
}

/** A facet's count is the length of the list that choosing this value alone in this facet would give. */
function expectedCounts(products: readonly Plain[], filters: OfferFilters) {
  const count = (change: Partial<OfferFilters>) => passing(products, { ...filters, ...change }).length
  const below = (code: string) => new Set(Object.keys(parents).filter((other) => lineage(other).includes(code)))
  return {
    categories: Object.keys(parents).map((code) => [code, count({ categories: below(code) })]),
    brands: ['Alizé', 'Bora'].map((brand) => [brand, count({ brands: new Set([brand]) })]),
    options: [
      ...['s', 'm', 'l'].map((value) => ['taille', value]),
      ...['bleu', 'vert'].map((value) => ['couleur', value]),
    ].map(([code = '', value = '']) => [
      `${code}:${value}`,
      count({ options: new Map([...filters.options, [code, new Set([value])]]) }),
    ]),
    prices: priceBuckets.map((from, index) =>
      count({ priceMin: from, priceMax: (priceBuckets[index + 1] ?? Infinity) - 1 }),
    ),
    inStock: count({ inStock: true }),
    shops: shopColumns.map((_columns, shop) => count({ shop })),
  }
}

describe('for any catalogue and filters', () => {
  test('a list holds what passes, and each facet counts as the brute force does', () => {
    fc.assert(
      fc.property(catalogue, filters, (products, wanted) => {
        const { source } = build(products)
        const { selected, counts } = selectOffers(source, wanted)
        expect(selected.map(({ slot }) => slot)).toEqual(passing(products, wanted))
        const expected = expectedCounts(products, wanted)
        expect({
          categories: Object.keys(parents).map((code) => [code, counts.categories.get(code) ?? 0]),
          brands: ['Alizé', 'Bora'].map((brand) => [brand, counts.brands.get(brand) ?? 0]),
          options: expected.options.map(([key]) => {
            const [code = '', value = ''] = String(key).split(':')
            return [key, counts.options.get(code)?.get(value)?.count ?? 0]
          }),
          prices: counts.prices,
          inStock: counts.inStock,
          shops: counts.shops,
        }).toEqual(expected)
      }),
      { seed, numRuns: 400 },
    )
  })

  test('pages put together are the whole list, sorted, each product once', () => {
    const sorts = fc.constantFrom<OfferSort>('relevance', 'price_asc', 'price_desc', 'name', 'newest')
    fc.assert(
      fc.property(catalogue, sorts, fc.integer({ min: 1, max: 5 }), fc.boolean(), (products, sort, limit, searched) => {
        const { source, productAt } = build(products)
        const { selected } = selectOffers(source, {
          categories: null,
          brands: new Set(),
          options: new Map(),
          priceMin: null,
          priceMax: null,
          inStock: false,
          shop: null,
        })
        const page = (size: number, cursor?: string) =>
          pageOfOffers(selected, { sort, locale: 'fr', searched, limit: size, cursor, productAt })
        const whole = page(1_000).page.map(({ id }) => id)
        const pages: string[] = []
        let cursor: string | undefined
        do {
          const next = page(limit, cursor)
          pages.push(...next.page.map(({ id }) => id))
          cursor = next.nextCursor ?? undefined
        } while (cursor)
        expect(pages).toEqual(whole)
        expect(new Set(whole)).toEqual(new Set(selected.map(({ slot }) => productAt(slot)?.id)))
        expect(whole).toHaveLength(selected.length)
        const prices = whole.map((id) => selected.find(({ slot }) => productAt(slot)?.id === id)?.priceMinor ?? 0)
        if (sort === 'price_asc') expect(prices).toEqual([...prices].sort((a, b) => a - b))
        if (sort === 'price_desc') expect(prices).toEqual([...prices].sort((a, b) => b - a))
      }),
      { seed },
    )
  })

  test('a cursor of another order is refused', () => {
    const { source, productAt } = build(
      Array.from({ length: 3 }, (): Plain => ({
        shown: true,
        brand: null,
        categories: [],
        createdAt: 1,
        variants: [{ options: {}, price: 100, stock: [] }],
      })),
    )
    const none = { categories: null, brands: new Set<string>(), options: new Map(), priceMin: null, priceMax: null }
    const { selected } = selectOffers(source, { ...none, inStock: false, shop: null })
    const ask = { locale: 'fr', searched: false, limit: 1, productAt } as const
    const { nextCursor } = pageOfOffers(selected, { ...ask, sort: 'price_asc', cursor: undefined })
    expect(() => pageOfOffers(selected, { ...ask, sort: 'name', cursor: nextCursor ?? '' })).toThrow(
      'kernel.invalid_cursor',
    )
  })
})

test('the variant table keeps every cell while it grows, and gives rows back empty', () => {
  const cell = fc.record({ row: fc.nat(700), column: fc.nat(70), units: fc.integer({ min: -5, max: 1_000_000 }) })
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      const table = createVariantTable()
      const first = table.takeRows(701)
      const known = new Map<string, number>()
      for (const { row, column, units } of cells) {
        const at = table.columnOf(`place ${column}`)
        table.setUnits(first + row, at, units)
        known.set(`${row} ${at}`, units)
      }
      const { positive, words } = table.arrays()
      for (const [key, units] of known) {
        const [row = 0, column = 0] = key.split(' ').map(Number)
        expect(table.units(first + row, column)).toBe(units)
        const bit = ((positive[(first + row) * words + (column >> 5)] ?? 0) >>> (column & 31)) & 1
        expect(bit === 1).toBe(units > 0)
      }
      table.freeRows(first, 701)
      expect(table.takeRows(701)).toBe(first)
      for (const key of known.keys()) {
        const [row = 0, column = 0] = key.split(' ').map(Number)
        expect(table.units(first + row, column)).toBe(0)
      }
    }),
    { seed, numRuns: 40 },
  )
})

test('changes told in messages of at most 8,000 bytes are all heard', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uuid(), { maxLength: 700 }),
      fc.array(fc.uuid()),
      fc.boolean(),
      (products, stock, terms) => {
        const told = { productIds: new Set(products), variantIds: new Set(stock), terms }
        const heard = noChanges()
        for (const message of writeMessages(told)) {
          expect(Buffer.byteLength(message)).toBeLessThan(8_000)
          readMessage(message, heard)
        }
        readMessage('something else', heard)
        expect(heard).toEqual(told)
      },
    ),
    { seed, numRuns: 30 },
  )
})
