import type { Services } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { vatBasisPoints } from '../../kernel/money.ts'
import { fold, loadCatalogProducts, type CatalogProduct } from '../catalog/public.ts'
import { listPriceLists, loadPrices, priceInForce, resolvePrice, type ListedPrice } from '../pricing/public.ts'
import { isPublished, labelOf, nextBoundary, type ModelChannel } from './domain/model.ts'
import type { ModelProduct, ModelTerms, ModelVariant } from './domain/model.ts'
import { createProductTable, type ProductTable } from './domain/product-table.ts'
import type { ReadModel, Sellable, StockPlace } from './domain/sellable.ts'
import { fewUnits } from './domain/offer-card.ts'
import type { SelectionSource } from './domain/select-offers.ts'
import { createVariantTable } from './domain/variant-table.ts'
import { loadTerms } from './load-terms.ts'

/** What the inventory knows, injected so that this module need not know how. */
export type StockSource = {
  loadAvailability(
    db: Queryable,
    variantIds?: readonly string[],
  ): Promise<readonly { variantId: string; placeId: string; available: number }[]>
  listPlaces(db: Queryable): Promise<readonly StockPlace[]>
}

/** The read model as this module's own lists and pages see it. */
export type OfferModel = ReadModel & {
  terms(): ModelTerms
  modelChannel(code: string): ModelChannel | undefined
  products(): Iterable<ModelProduct>
  productCount(): number
  productById(id: string): ModelProduct | undefined
  productByHandle(handle: string): ModelProduct | undefined
  productsIn(categoryCode: string): Iterable<ModelProduct>
  variantById(id: string): ModelVariant | undefined
  /** A category and all above it; just the code when there is no such category. */
  lineage(categoryCode: string): readonly string[]
  /** A category and all below it. */
  descendants(categoryCode: string): ReadonlySet<string>
  /** Units that could be promised from the place of a column. */
  units(variant: ModelVariant, column: number): number
  productAt(slot: number): ModelProduct | undefined
  /** The columns that lists are made from; prices are those in force at the last `listStamp`. */
  columns(channel: ModelChannel): Pick<SelectionSource, 'table' | 'variants' | 'prices'>
  /**
   * Grows when a list may have changed: at once with the clock (a publication begins or ends), at most twice a second with
   * what is learnt, so that lists under load are made anew twice a second and not at each order.
   */
  listStamp(now: Date): number
  /** Reads channels, sites, places, price lists, fees and categories again. */
  refreshTerms(): Promise<void>
}

const listPauseMs = 500

/** Makes the read model of this process, empty: `refresh()` fills it. */
export function createReadModel(services: Services, source: StockSource): OfferModel {
  const table = createProductTable()
  const rows = createVariantTable()
  const byId = new Map<string, ModelProduct>()
  const byHandle = new Map<string, ModelProduct>()
  const byCategory = new Map<string, Set<ModelProduct>>()
  const variants = new Map<string, ModelVariant>()
  /** What every variant costs now, by the order in which price lists are consulted. */
  const priceColumns = new Map<string, { lists: readonly string[]; amounts: Float64Array }>()
  const lists = { stamp: 1, dirty: false, tickedAt: -Infinity, boundary: Infinity }
  let terms: ModelTerms | undefined
  let stamp = 0
  let queue: Promise<unknown> = Promise.resolve()

  const now = (): number => services.clock.now().getTime()

  /** Takes a product out of the indexes; its slot, and the rows of its variants, are left to the caller. */
  const unlist = (product: ModelProduct): void => {
    byId.delete(product.id)
    if (byHandle.get(product.handle) === product) byHandle.delete(product.handle)
    for (const code of product.categoryCodes) byCategory.get(code)?.delete(product)
    for (const variant of product.variants) if (variants.get(variant.id) === variant) variants.delete(variant.id)
    lists.dirty = true
  }

  const freeRows = ({ variants: [first], variants: { length } }: ModelProduct): void => {
    if (first) rows.freeRows(first.row, length)
  }

  const learn = (row: CatalogProduct, prices: ReadonlyMap<string, readonly ListedPrice[]>): void => {
    const before = byId.get(row.id)
    if (before) unlist(before)
    const firstRow = rows.takeRows(row.variants.length)
    const product = modelProduct(row, before?.slot ?? table.takeSlot(), ++stamp, table, {
      firstRow,
      prices,
    })
    for (const old of before?.variants ?? []) {
      const same = product.variants.find(({ id }) => id === old.id)
      if (same) rows.copyUnits(old.row, same.row)
    }
    if (before) freeRows(before)
    byId.set(product.id, product)
    byHandle.set(product.handle, product)
    for (const code of product.categoryCodes) {
      const members = byCategory.get(code)
      if (members) members.add(product)
      else byCategory.set(code, new Set([product]))
    }
    const { options } = rows.arrays()
    for (const variant of product.variants) {
      variants.set(variant.id, variant)
      options[variant.row] = table.options.numberOf(variant.options)
      for (const column of priceColumns.values()) setPrice(column, variant, now())
    }
    lists.boundary = Math.min(lists.boundary, nextBoundary(product, now()))
  }

  const setUnits = (variant: ModelVariant, column: number, units: number): void => {
    const before = rows.units(variant.row, column)
    if (before === units) return
    rows.setUnits(variant.row, column, units)
    variant.product.stamp = ++stamp
    // What a list shows of stock (none, few, plenty) can only change when one of its terms was or is few.
    if (Math.min(before, units) <= fewUnits) lists.dirty = true
  }

  const pricesFor = (lists: readonly string[]): Float64Array => {
    const key = lists.join(' ')
    const known = priceColumns.get(key)
    if (known) return known.amounts
    const column = { lists, amounts: new Float64Array(0) }
    priceColumns.set(key, column)
    for (const variant of variants.values()) setPrice(column, variant, now())
    return column.amounts
  }

  const passBoundary = (at: number): void => {
    lists.boundary = Infinity
    for (const product of byId.values()) {
      lists.boundary = Math.min(lists.boundary, nextBoundary(product, at))
      for (const column of priceColumns.values()) for (const variant of product.variants) setPrice(column, variant, at)
    }
  }

  const readStock = async (variantIds: readonly string[]): Promise<void> => {
    const found = new Map<ModelVariant, Map<number, number>>()
    for (const { variantId, placeId, available } of await source.loadAvailability(services.db, variantIds)) {
      const variant = variants.get(variantId)
      if (!variant) continue
      const units = found.get(variant) ?? new Map<number, number>()
      units.set(rows.columnOf(placeId), available)
      found.set(variant, units)
    }
    const columns = (terms?.places ?? []).map((place) => rows.columnOf(place.id))
    for (const id of variantIds) {
      const variant = variants.get(id)
      if (!variant) continue
      const units = found.get(variant)
      for (const column of columns) setUnits(variant, column, units?.get(column) ?? 0)
    }
  }

  const readProducts = async (ids?: readonly string[]): Promise<void> => {
    const lists = new Map((await listPriceLists(services.db)).map((list) => [list.id, list.code]))
    const seen = new Set<string>()
    for await (const page of loadCatalogProducts(services.db, ids)) {
      const variantIds = page.flatMap((product) => product.variants.map((variant) => variant.id))
      const prices = await pricesOf(services.db, variantIds, lists)
      for (const row of page) {
        seen.add(row.id)
        learn(row, prices)
      }
      await readStock(variantIds)
    }
    for (const id of ids ?? [...byId.keys()]) {
      const gone = seen.has(id) ? undefined : byId.get(id)
      if (!gone) continue
      unlist(gone)
      freeRows(gone)
      table.freeSlot(gone.slot)
    }
  }

  const refreshTerms = async (): Promise<void> => {
    terms = await loadTerms(services.db, source, (terms?.epoch ?? 0) + 1, rows.columnOf)
    lists.dirty = true
  }

  /** One refresh at a time: an earlier one never overwrites what a later one has read. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  const modelChannel = (code: string): ModelChannel | undefined => terms?.channels.get(code)

  return {
    channel: modelChannel,
    modelChannel,
    sellable: (channelCode, variantId, at) => {
      const channel = modelChannel(channelCode)
      const variant = variants.get(variantId)
      return channel && variant && sellableOf(channel, variant, at.getTime())
    },
    site: (id) => terms?.sites.get(id),
    places: () => terms?.places ?? [],
    place: (id) => terms?.placesById.get(id),
    available: (variantId, placeId) => {
      const variant = variants.get(variantId)
      return variant ? rows.units(variant.row, rows.columnOf(placeId)) : 0
    },
    setAvailable(changes) {
      for (const { variantId, placeId, available } of changes) {
        const variant = variants.get(variantId)
        if (variant) setUnits(variant, rows.columnOf(placeId), available)
      }
    },
    refresh: (changed) =>
      inTurn(async () => {
        if (!changed || !terms) await refreshTerms()
        if (!changed) return readProducts()
        const productIds = [...new Set(changed.productIds ?? [])]
        if (productIds.length > 0) await readProducts(productIds)
        const variantIds = [...new Set(changed.variantIds ?? [])].filter((id) => variants.has(id))
        if (variantIds.length > 0) await readStock(variantIds)
      }),
    refreshTerms: () => inTurn(refreshTerms),
    terms: () => {
      if (!terms) throw new Error('the read model was not filled yet')
      return terms
    },
    products: () => byId.values(),
    productCount: () => byId.size,
    productById: (id) => byId.get(id),
    productByHandle: (handle) => byHandle.get(handle),
    productsIn: (code) => byCategory.get(code) ?? [],
    variantById: (id) => variants.get(id),
    lineage: (code) => terms?.lineages.get(code) ?? [code],
    descendants: (code) => descendantsOf(code, terms),
    units: (variant, column) => rows.units(variant.row, column),
    productAt: table.productAt,
    columns: (channel) => ({ table, variants: rows.arrays(), prices: pricesFor(channel.priceLists) }),
    listStamp(at) {
      const time = at.getTime()
      const passed = time >= lists.boundary
      if (passed) passBoundary(time)
      if (passed || (lists.dirty && time - lists.tickedAt >= listPauseMs)) {
        lists.stamp++
        lists.dirty = false
        lists.tickedAt = time
      }
      return lists.stamp
    },
  }
}

function setPrice(
  column: { lists: readonly string[]; amounts: Float64Array },
  { row, prices }: ModelVariant,
  at: number,
): void {
  if (row >= column.amounts.length) {
    const longer = new Float64Array(Math.max(1_024, 2 * row)).fill(NaN)
    longer.set(column.amounts)
    column.amounts = longer
  }
  const price = priceInForce(column.lists, prices, at)
  column.amounts[row] = price ? Number(price.amountMinor) : NaN
}

function descendantsOf(code: string, terms: ModelTerms | undefined): Set<string> {
  const below = new Set([code])
  for (const known of below) for (const child of terms?.childrenOf.get(known) ?? []) below.add(child)
  return below
}

async function pricesOf(
  db: Queryable,
  variantIds: readonly string[],
  lists: ReadonlyMap<string, string>,
): Promise<Map<string, ListedPrice[]>> {
  const prices = new Map<string, ListedPrice[]>()
  for (const row of await loadPrices(db, variantIds)) {
    const price: ListedPrice = {
      listCode: lists.get(row.listId) ?? '',
      amountMinor: row.amountMinor,
      compareAtMinor: row.compareAtMinor,
      validFrom: row.validFrom?.getTime() ?? null,
      validUntil: row.validUntil?.getTime() ?? null,
    }
    const known = prices.get(row.variantId)
    if (known) known.push(price)
    else prices.set(row.variantId, [price])
  }
  return prices
}

/** Makes the product and fills its slot. */
function modelProduct(
  row: CatalogProduct,
  slot: number,
  stamp: number,
  table: ProductTable,
  { firstRow, prices }: { firstRow: number; prices: ReadonlyMap<string, readonly ListedPrice[]> },
): ModelProduct {
  const { publications, brands, categories, options } = table
  const numbers = {
    publications: publications.numberOf(row.publications),
    brand: brands.numberOf(row.brand),
    categories: categories.numberOf(row.categoryCodes),
    firstRow,
  }
  const sameName = row.name.en === row.name.fr
  const fr = fold(row.name.fr)
  const variants: ModelVariant[] = []
  const product: ModelProduct = {
    ...row,
    slot,
    name: sameName ? { fr: row.name.fr, en: row.name.fr } : row.name,
    nameKey: { fr, en: sameName ? fr : fold(row.name.en) },
    brand: brands.valueOf(numbers.brand),
    categoryCodes: categories.valueOf(numbers.categories),
    publications: publications.valueOf(numbers.publications),
    options: table.optionSets.valueOf(table.optionSets.numberOf(row.options)),
    variants,
    loadStamp: stamp,
    stamp,
  }
  for (const [index, variant] of row.variants.entries())
    variants.push({
      ...variant,
      product,
      options: options.valueOf(options.numberOf(variant.options)),
      prices: prices.get(variant.id) ?? [],
      row: firstRow + index,
    })
  table.put(product, numbers)
  return product
}

function sellableOf(channel: ModelChannel, variant: ModelVariant, at: number): Sellable | undefined {
  const { product } = variant
  if (!isPublished(product, channel.id, at)) return undefined
  const { price, reason } = resolvePrice(channel.priceLists, variant.prices, at)
  if (!price || reason.kept === null) return undefined
  return {
    variantId: variant.id,
    productId: product.id,
    handle: product.handle,
    sku: variant.sku,
    gtin: variant.gtin,
    name: product.name,
    label: { fr: labelOf(product, variant.options, 'fr'), en: labelOf(product, variant.options, 'en') },
    imageUrl: variant.imageUrl ?? product.imageUrl,
    unitPriceMinor: price.amountMinor,
    compareAtMinor: price.compareAtMinor,
    priceRule: reason.kept,
    vatBasisPoints: vatBasisPoints[product.vatClass],
    weightGrams: variant.weightGrams,
  }
}
