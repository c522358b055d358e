import { priceInForce } from '../../pricing/public.ts'
import { isPublished, type ModelChannel, type ModelProduct, type ModelVariant } from './model.ts'

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
  readonly product: ModelProduct
  /** The least of what its variants cost here, minor units. */
  readonly priceMinor: number
  readonly inStock: boolean
  /** Its place among the products looked at. */
  readonly rank: number
}

/** How many products each value would show, its own facet's choices set aside. */
export type FacetCounts = {
  readonly categories: Map<string, number>
  readonly brands: Map<string, number>
  readonly options: Map<string, Map<string, OptionCount>>
  /** By bucket of `priceBuckets`. */
  readonly prices: number[]
  inStock: number
  /** By index of the channel's shops. */
  readonly shops: number[]
}
/** `shownBy` is any product that has the value: its words are taken from there. */
export type OptionCount = { count: number; last: ModelProduct; readonly shownBy: ModelProduct }

/** Lower bounds of the price buckets, minor units; each ends where the next begins. */
export const priceBuckets = [0, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 400_000] as const

export type SelectionSource = {
  readonly products: Iterable<ModelProduct>
  readonly channel: ModelChannel
  readonly at: number
  units(variant: ModelVariant, column: number): number
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

/** Finds what passes the filters and counts the facets, in one pass over the products. */
export function selectOffers(
  source: SelectionSource,
  filters: OfferFilters,
): { selected: SelectedOffer[]; counts: FacetCounts } {
  const counts: FacetCounts = {
    categories: new Map(),
    brands: new Map(),
    options: new Map(),
    prices: priceBuckets.map(() => 0),
    inStock: 0,
    shops: source.channel.shops.map(() => 0),
  }
  const selected: SelectedOffer[] = []
  if (filters.options.size > mostOptions) return { selected, counts }
  const optionBits = new Map([...filters.options.keys()].map((code, index) => [code, firstOptionBit << index]))
  const weighed: Weighed[] = []
  let rank = -1
  for (const product of source.products) {
    rank++
    if (!isPublished(product, source.channel.id, source.at)) continue
    const count = weigh(source, filters, optionBits, product, weighed)
    if (count === 0) continue
    let priceMinor = Infinity
    let inStock = false
    let passes = false
    for (let i = 0; i < count; i++) {
      const { price, stocked, fails } = weighed[i] as Weighed
      if (price < priceMinor) priceMinor = price
      if (stocked) inStock = true
      if (fails === 0) passes = true
    }
    if (passes) selected.push({ product, priceMinor, inStock, rank })
    tally(source, counts, optionBits, product, weighed, count)
  }
  return { selected, counts }
}

/** A variant on sale, and what it fails. Reused from product to product: lists are made of thousands. */
type Weighed = { variant: ModelVariant; price: number; stocked: boolean; fails: number }

function weigh(
  { channel, at, units }: SelectionSource,
  filters: OfferFilters,
  optionBits: ReadonlyMap<string, number>,
  product: ModelProduct,
  into: Weighed[],
): number {
  let productFails = 0
  if (filters.categories && !product.categoryCodes.some((code) => filters.categories?.has(code)))
    productFails |= failsCategory
  if (filters.brands.size > 0 && !filters.brands.has(product.brand ?? '')) productFails |= failsBrand
  let count = 0
  for (const variant of product.variants) {
    const listed = priceInForce(channel.priceLists, variant.prices, at)
    if (!listed) continue
    const price = Number(listed.amountMinor)
    const stocked = channel.columns.some((column) => units(variant, column) > 0)
    let fails = productFails
    if (filters.priceMin !== null && price < filters.priceMin) fails |= failsPrice
    if (filters.priceMax !== null && price > filters.priceMax) fails |= failsPrice
    if (filters.inStock && !stocked) fails |= failsStock
    if (filters.shop !== null && !channel.shops[filters.shop]?.columns.some((column) => units(variant, column) > 0))
      fails |= failsShop
    for (const [code, bit] of optionBits) if (!filters.options.get(code)?.has(variant.options[code] ?? '')) fails |= bit
    const slot = into[count]
    if (slot) Object.assign(slot, { variant, price, stocked, fails })
    else into.push({ variant, price, stocked, fails })
    count++
  }
  return count
}

function tally(
  { channel, units, lineage }: SelectionSource,
  counts: FacetCounts,
  optionBits: ReadonlyMap<string, number>,
  product: ModelProduct,
  weighed: readonly Weighed[],
  count: number,
): void {
  let categoryCounts = false
  let brandCounts = false
  let stockCounts = false
  let buckets = 0
  for (let i = 0; i < count; i++) {
    const { variant, price, stocked, fails } = weighed[i] as Weighed
    if ((fails & ~failsCategory) === 0) categoryCounts = true
    if ((fails & ~failsBrand) === 0) brandCounts = true
    if (stocked && (fails & ~failsStock) === 0) stockCounts = true
    if ((fails & ~failsPrice) === 0) buckets |= 1 << bucketOf(price)
    for (const code in variant.options)
      if ((fails & ~(optionBits.get(code) ?? 0)) === 0) tallyOption(counts, code, variant.options[code] ?? '', product)
  }
  if (categoryCounts) for (const code of lineages(product, lineage)) bump(counts.categories, code)
  if (brandCounts && product.brand !== null) bump(counts.brands, product.brand)
  if (stockCounts) counts.inStock++
  for (let bucket = 0; buckets >> bucket > 0; bucket++)
    if (buckets & (1 << bucket)) counts.prices[bucket] = (counts.prices[bucket] ?? 0) + 1
  for (let shop = 0; shop < channel.shops.length; shop++)
    if (hasInShop(channel.shops[shop]?.columns ?? [], units, weighed, count))
      counts.shops[shop] = (counts.shops[shop] ?? 0) + 1
}

function hasInShop(
  columns: readonly number[],
  units: SelectionSource['units'],
  weighed: readonly Weighed[],
  count: number,
): boolean {
  for (let i = 0; i < count; i++) {
    const { variant, fails } = weighed[i] as Weighed
    if ((fails & ~failsShop) !== 0) continue
    for (const column of columns) if (units(variant, column) > 0) return true
  }
  return false
}

function tallyOption(counts: FacetCounts, code: string, value: string, product: ModelProduct): void {
  let values = counts.options.get(code)
  if (!values) counts.options.set(code, (values = new Map()))
  const known = values.get(value)
  if (!known) values.set(value, { count: 1, last: product, shownBy: product })
  else if (known.last !== product) {
    known.count++
    known.last = product
  }
}

/** The bucket a price falls into. */
export function bucketOf(price: number): number {
  let bucket = 0
  while (price >= (priceBuckets[bucket + 1] ?? Infinity)) bucket++
  return bucket
}

function lineages(product: ModelProduct, lineage: SelectionSource['lineage']): Iterable<string> {
  const [first] = product.categoryCodes
  if (first === undefined) return []
  return product.categoryCodes.length === 1 ? lineage(first) : new Set(product.categoryCodes.flatMap(lineage))
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
