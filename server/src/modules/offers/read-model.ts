import type { Services } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { vatBasisPoints } from '../../kernel/money.ts'
import { fold, loadCatalogProducts, type CatalogProduct } from '../catalog/public.ts'
import { listPriceLists, loadPrices, resolvePrice, type ListedPrice } from '../pricing/public.ts'
import { createInterner } from './domain/intern.ts'
import { isPublished, labelOf, nextBoundary, type ModelChannel } from './domain/model.ts'
import type { ModelProduct, ModelTerms, ModelVariant } from './domain/model.ts'
import type { ReadModel, Sellable, StockPlace } from './domain/sellable.ts'
import { fewUnits } from './domain/offer-card.ts'
import { createStockTable } from './domain/stock-table.ts'
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
  const stock = createStockTable()
  const intern = createInterner()
  const byId = new Map<string, ModelProduct>()
  const byHandle = new Map<string, ModelProduct>()
  const byCategory = new Map<string, Set<ModelProduct>>()
  const variants = new Map<string, ModelVariant>()
  const lists = { stamp: 1, dirty: false, tickedAt: -Infinity, boundary: Infinity }
  let terms: ModelTerms | undefined
  let stamp = 0
  let queue: Promise<unknown> = Promise.resolve()

  const now = (): number => services.clock.now().getTime()

  const forget = (product: ModelProduct): void => {
    byId.delete(product.id)
    if (byHandle.get(product.handle) === product) byHandle.delete(product.handle)
    for (const code of product.categoryCodes) byCategory.get(code)?.delete(product)
    for (const variant of product.variants)
      if (variants.get(variant.id) === variant) {
        variants.delete(variant.id)
        stock.freeRow(variant.row)
      }
  }

  const learn = (row: CatalogProduct, prices: ReadonlyMap<string, readonly ListedPrice[]>): void => {
    const before = byId.get(row.id)
    if (before) forgetButStock(before)
    const product = modelProduct(row, ++stamp, intern)
    product.variants.push(
      ...row.variants.map((variant) => ({
        ...variant,
        product,
        options: intern.record(variant.options),
        prices: prices.get(variant.id) ?? [],
        row: variants.get(variant.id)?.row ?? stock.takeRow(),
      })),
    )
    byId.set(product.id, product)
    byHandle.set(product.handle, product)
    for (const code of product.categoryCodes) {
      const members = byCategory.get(code)
      if (members) members.add(product)
      else byCategory.set(code, new Set([product]))
    }
    const kept = new Set(product.variants.map(({ id }) => id))
    for (const variant of before?.variants ?? [])
      if (!kept.has(variant.id) && variants.get(variant.id) === variant) {
        variants.delete(variant.id)
        stock.freeRow(variant.row)
      }
    for (const variant of product.variants) variants.set(variant.id, variant)
    lists.boundary = Math.min(lists.boundary, nextBoundary(product, now()))
    lists.dirty = true
  }

  /** Takes a product out of the indexes; the rows of its variants pass to those that take its place. */
  const forgetButStock = (product: ModelProduct): void => {
    if (byHandle.get(product.handle) === product) byHandle.delete(product.handle)
    for (const code of product.categoryCodes) byCategory.get(code)?.delete(product)
  }

  const setUnits = (variant: ModelVariant, column: number, units: number): void => {
    const before = stock.get(variant.row, column)
    if (before === units) return
    stock.set(variant.row, column, units)
    variant.product.stamp = ++stamp
    // What a list shows of stock (none, few, plenty) can only change when one of its terms was or is few.
    if (Math.min(before, units) <= fewUnits) lists.dirty = true
  }

  const readStock = async (variantIds: readonly string[]): Promise<void> => {
    const rows = await source.loadAvailability(services.db, variantIds)
    const found = new Map<ModelVariant, Map<number, number>>()
    for (const { variantId, placeId, available } of rows) {
      const variant = variants.get(variantId)
      if (!variant) continue
      const units = found.get(variant) ?? new Map<number, number>()
      units.set(stock.columnOf(placeId), available)
      found.set(variant, units)
    }
    const columns = (terms?.places ?? []).map((place) => stock.columnOf(place.id))
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
      if (gone) forget(gone)
    }
  }

  const refreshTerms = async (): Promise<void> => {
    terms = await loadTerms(services.db, source, (terms?.epoch ?? 0) + 1, stock.columnOf)
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
      return variant ? stock.get(variant.row, stock.columnOf(placeId)) : 0
    },
    setAvailable(changes) {
      for (const { variantId, placeId, available } of changes) {
        const variant = variants.get(variantId)
        if (variant) setUnits(variant, stock.columnOf(placeId), available)
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
    units: (variant, column) => stock.get(variant.row, column),
    listStamp(at) {
      const time = at.getTime()
      const passed = time >= lists.boundary
      if (passed) {
        lists.boundary = Infinity
        for (const product of byId.values()) lists.boundary = Math.min(lists.boundary, nextBoundary(product, time))
      }
      if (passed || (lists.dirty && time - lists.tickedAt >= listPauseMs)) {
        lists.stamp++
        lists.dirty = false
        lists.tickedAt = time
      }
      return lists.stamp
    },
  }
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

function modelProduct(
  row: CatalogProduct,
  stamp: number,
  intern: ReturnType<typeof createInterner>,
): ModelProduct & { variants: ModelVariant[] } {
  const fr = fold(row.name.fr)
  const en = row.name.en === row.name.fr ? fr : fold(row.name.en)
  return {
    ...row,
    name: row.name.en === row.name.fr ? { fr: row.name.fr, en: row.name.fr } : row.name,
    nameKey: { fr, en },
    brand: row.brand && intern.text(row.brand),
    categoryCodes: intern.list(row.categoryCodes),
    options: intern.data(row.options),
    publications: intern.data(row.publications),
    variants: [],
    loadStamp: stamp,
    stamp,
  }
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
