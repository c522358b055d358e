import type { ProductTable } from './product-table.ts'
import type { Publication } from './model.ts'
import type { VariantArrays } from './variant-table.ts'

/** What a list is narrowed to. A product is shown when one variant of it passes all that concerns variants. */
export type OfferFilters = {
  /** The category asked for and all below it. */
  readonly categories: ReadonlySet<string> | null
  readonly brands: ReadonlySet<string>
  /** Option code → value codes, of which a variant has one. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>>
  /** Minor units, both included. */
  readonly priceMin: number | null
  readonly priceMax: number | null
  readonly inStock: boolean
  /** Index of a shop among the channel's: only what it has in stock. */
  readonly shop: number | null
}

/** A product of the list. */
export type SelectedOffer = {
  readonly slot: number
  /** The least of what its variants cost here, minor units. */
  readonly priceMinor: number
  readonly inStock: boolean
  readonly createdAt: number
  /** Its place among the products looked at. */
  readonly rank: number
}

/** How many products each value would show, its own facet's choices set aside. */
export type FacetCounts = {
  readonly categories: Map<string, number>
  readonly brands: Map<string, number>
  /** Option code → value code → count. */
  readonly options: Map<string, Map<string, OptionCount>>
  /** By bucket of `priceBuckets`. */
  readonly prices: number[]
  inStock: number
  /** By index of the channel's shops. */
  readonly shops: number[]
}
/** `last` is the slot of a product that has the value: its words are taken from there. */
export type OptionCount = { count: number; last: number }

/** Lower bounds of the price buckets, minor units; each ends where the next begins. */
export const priceBuckets = [0, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 400_000] as const

/** What of the read model a list is made from. */
export type SelectionSource = {
  readonly table: ProductTable
  readonly variants: VariantArrays
  /** By row, minor units; NaN when the variant is not sold here now. */
  readonly prices: Float64Array
  /** Slots of the products to look at, best first; all when null. */
  readonly ranked: readonly number[] | null
  /** Places the channel sells from, and those of each of its shops, as masks over the bits. */
  readonly places: readonly number[]
  readonly shops: readonly (readonly number[])[]
  isPublished(publications: readonly Publication[]): boolean
  /** A category and all above it. */
  lineage(code: string): readonly string[]
}

/** Each filter that a product or a variant fails sets its bit: a facet counts what fails nothing but its own. */
const failsPrice = 1
const failsStock = 2
const failsShop = 4
const failsCategory = 8
const failsBrand = 16
const firstOptionBit = 32
/** A product has three options at most; whoever asks for more than fit the bits finds nothing. */
const mostOptions = 20

/** Finds what passes the filters and counts the facets, in one pass over the columns. */
export function selectOffers(
  source: SelectionSource,
  filters: OfferFilters,
): { selected: SelectedOffer[]; counts: FacetCounts } {
  const pass = beginPass(source, filters)
  const selected: SelectedOffer[] = []
  const { ranked, table } = source
  const length = filters.options.size > mostOptions ? 0 : (ranked?.length ?? table.size())
  for (let rank = 0; rank < length; rank++) {
    const slot = ranked ? (ranked[rank] ?? 0) : rank
    const offer = look(pass, slot, rank)
    if (offer) selected.push(offer)
  }
  return { selected, counts: countsOf(pass) }
}

/** What is worked out once per distinct value, and then read for thousands of products. */
type Pass = {
  readonly source: SelectionSource
  readonly filters: OfferFilters
  readonly products: ReturnType<ProductTable['arrays']>
  /** By number in the pool: 1 when shown. */
  readonly published: Uint8Array
  /** By number in the pool: what those of that brand, category or option values fail. */
  readonly brandFails: Int32Array
  readonly categoryFails: Int32Array
  readonly optionFails: Int32Array
  readonly brandCounts: Int32Array
  readonly categoryCounts: Int32Array
  /** By number in the pool: the counters of its option values. */
  readonly counters: (readonly Counter[] | undefined)[]
  readonly options: Map<string, Map<string, OptionCount>>
  readonly optionBits: ReadonlyMap<string, number>
  readonly prices: number[]
  readonly shops: number[]
  /** Where variants of the product looked at lie, as bits: those that fail nothing but the choice of a shop. */
  readonly places: Int32Array
  inStock: number
}
type Counter = { readonly counter: OptionCount; readonly bit: number }

function beginPass(source: SelectionSource, filters: OfferFilters): Pass {
  const { table } = source
  const optionBits = new Map([...filters.options.keys()].map((code, index) => [code, firstOptionBit << index]))
  const numbered = (size: number, valueOf: (number: number) => number): Int32Array =>
    Int32Array.from({ length: size }, (_unused, number) => valueOf(number))
  return {
    source,
    filters,
    products: table.arrays(),
    published: Uint8Array.from({ length: table.publications.size() }, (_unused, number) =>
      source.isPublished(table.publications.valueOf(number)) ? 1 : 0,
    ),
    brandFails: numbered(table.brands.size(), (number) =>
      filters.brands.size === 0 || filters.brands.has(table.brands.valueOf(number) ?? '') ? 0 : failsBrand,
    ),
    categoryFails: numbered(table.categories.size(), (number) =>
      !filters.categories || table.categories.valueOf(number).some((code) => filters.categories?.has(code))
        ? 0
        : failsCategory,
    ),
    optionFails: numbered(table.options.size(), (number) => {
      const options = table.options.valueOf(number)
      let fails = 0
      for (const [code, bit] of optionBits) if (!filters.options.get(code)?.has(options[code] ?? '')) fails |= bit
      return fails
    }),
    brandCounts: new Int32Array(table.brands.size()),
    categoryCounts: new Int32Array(table.categories.size()),
    counters: [],
    options: new Map(),
    optionBits,
    prices: priceBuckets.map(() => 0),
    shops: source.shops.map(() => 0),
    places: new Int32Array(source.variants.words),
    inStock: 0,
  }
}

/** Looks at one product: counts it, and answers it when it passes. */
function look(pass: Pass, slot: number, rank: number): SelectedOffer | null {
  const { source, products } = pass
  if (!pass.published[products.publications[slot] ?? 0]) return null
  const first = products.firstRow[slot] ?? 0
  const end = first + (products.rowCount[slot] ?? 0)
  const brand = products.brand[slot] ?? 0
  const category = products.categories[slot] ?? 0
  const productFails = (pass.brandFails[brand] ?? 0) | (pass.categoryFails[category] ?? 0)
  let priceMinor = Infinity
  let inStock = false
  let passes = false
  let countsCategory = false
  let countsBrand = false
  let countsStock = false
  let buckets = 0
  for (let row = first; row < end; row++) {
    const price = source.prices[row] ?? NaN
    if (Number.isNaN(price)) continue
    const stocked = lies(source.variants, row, source.places)
    const fails = productFails | variantFails(pass, row, price, stocked)
    if (price < priceMinor) priceMinor = price
    if (stocked) inStock = true
    if (fails === 0) passes = true
    if ((fails & ~failsCategory) === 0) countsCategory = true
    if ((fails & ~failsBrand) === 0) countsBrand = true
    if (stocked && (fails & ~failsStock) === 0) countsStock = true
    if ((fails & ~failsPrice) === 0) buckets |= 1 << bucketOf(price)
    if ((fails & ~failsShop) === 0) addPlaces(pass, row)
    countOptions(pass, row, slot, fails)
  }
  if (countsCategory) pass.categoryCounts[category] = (pass.categoryCounts[category] ?? 0) + 1
  if (countsBrand) pass.brandCounts[brand] = (pass.brandCounts[brand] ?? 0) + 1
  if (countsStock) pass.inStock++
  for (let bucket = 0; buckets >> bucket > 0; bucket++)
    if (buckets & (1 << bucket)) pass.prices[bucket] = (pass.prices[bucket] ?? 0) + 1
  countShops(pass)
  return passes ? { slot, priceMinor, inStock, rank, createdAt: products.createdAt[slot] ?? 0 } : null
}

function variantFails({ source, filters, optionFails }: Pass, row: number, price: number, stocked: boolean): number {
  let fails = optionFails[source.variants.options[row] ?? 0] ?? 0
  if (filters.priceMin !== null && price < filters.priceMin) fails |= failsPrice
  if (filters.priceMax !== null && price > filters.priceMax) fails |= failsPrice
  if (filters.inStock && !stocked) fails |= failsStock
  if (filters.shop !== null && !lies(source.variants, row, source.shops[filters.shop] ?? [])) fails |= failsShop
  return fails
}

/** Whether a variant lies at one of the places. */
function lies({ positive, words }: VariantArrays, row: number, places: readonly number[]): boolean {
  for (let word = 0; word < places.length; word++)
    if (((positive[row * words + word] ?? 0) & (places[word] ?? 0)) !== 0) return true
  return false
}

function countOptions(pass: Pass, row: number, slot: number, fails: number): void {
  const number = pass.source.variants.options[row] ?? 0
  const counters = pass.counters[number] ?? (pass.counters[number] = countersOf(pass, number))
  for (const { counter, bit } of counters)
    if ((fails & ~bit) === 0 && counter.last !== slot) {
      counter.count++
      counter.last = slot
    }
}

function countersOf({ source, options, optionBits }: Pass, number: number): Counter[] {
  return Object.entries(source.table.options.valueOf(number)).map(([code, value]) => {
    let values = options.get(code)
    if (!values) options.set(code, (values = new Map()))
    let counter = values.get(value)
    if (!counter) values.set(value, (counter = { count: 0, last: -1 }))
    return { counter, bit: optionBits.get(code) ?? 0 }
  })
}

function addPlaces({ source: { variants }, places }: Pass, row: number): void {
  const { positive, words } = variants
  for (let word = 0; word < words; word++) places[word] = (places[word] ?? 0) | (positive[row * words + word] ?? 0)
}

/** Counts the product in each shop where it lies, and forgets where that was. */
function countShops({ source, shops, places }: Pass): void {
  for (let shop = 0; shop < shops.length; shop++) {
    const mask = source.shops[shop] ?? []
    for (let word = 0; word < mask.length; word++)
      if (((places[word] ?? 0) & (mask[word] ?? 0)) !== 0) {
        shops[shop] = (shops[shop] ?? 0) + 1
        break
      }
  }
  places.fill(0)
}

/** The bucket a price falls into. */
function bucketOf(price: number): number {
  let bucket = 0
  while (price >= (priceBuckets[bucket + 1] ?? Infinity)) bucket++
  return bucket
}

function countsOf({ source, options, prices, shops, inStock, brandCounts, categoryCounts }: Pass): FacetCounts {
  const brands = new Map<string, number>()
  brandCounts.forEach((count, number) => {
    const brand = source.table.brands.valueOf(number)
    if (count > 0 && brand !== null) brands.set(brand, count)
  })
  const categories = new Map<string, number>()
  categoryCounts.forEach((count, number) => {
    if (count === 0) return
    for (const code of new Set(source.table.categories.valueOf(number).flatMap(source.lineage)))
      categories.set(code, (categories.get(code) ?? 0) + count)
  })
  return { categories, brands, options, prices, inStock, shops }
}
