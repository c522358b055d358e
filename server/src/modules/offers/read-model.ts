import type { Services } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { vatBasisPoints } from '../../kernel/money.ts'
import { loadCatalogProducts } from '../catalog/public.ts'
import { bufferFor, unitsKept, type BufferRule } from '../inventory/public.ts'
import { listPriceLists, loadPrices, resolvePrice } from '../pricing/public.ts'
import { isPublished, labelOf, opensAt, type ModelChannel, type ModelPrice } from './domain/model.ts'
import type { ModelProduct, ModelTerms, ModelVariant } from './domain/model.ts'
import type { SelectionSource } from './domain/select-offers.ts'
import type { ReadModel, Sellable, SellingChannel } from './domain/sellable.ts'
import type { VariantArrays } from './domain/variant-table.ts'
import { loadTerms, type StockSource } from './load-terms.ts'
import { fewUnits } from './offer-card.ts'
import {
  createProductIndex,
  forgetProduct,
  learnProduct,
  listStampAt,
  pricesFor,
  setUnits,
  type ProductIndex,
} from './product-index.ts'

/** The read model as this module's own lists and pages see it. */
export type OfferModel = ReadModel & {
  terms(): ModelTerms
  modelChannel(code: string): ModelChannel | undefined
  products(): Iterable<ModelProduct>
  productCount(): number
  productById(id: string): ModelProduct | undefined
  slotOf(productId: string): number | undefined
  productByHandle(handle: string): ModelProduct | undefined
  productsIn(categoryCode: string): Iterable<ModelProduct>
  variantById(id: string): ModelVariant | undefined
  /** A category and all above it; just the code when there is no such category. */
  lineage(categoryCode: string): readonly string[]
  /** A category and all below it. */
  descendants(categoryCode: string): ReadonlySet<string>
  /** Units that could be promised from the place of a column. */
  units(variant: ModelVariant, column: number): number
  /** The same as a channel may promise them. */
  unitsFor(channel: ModelChannel): (variant: ModelVariant, column: number) => number
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

type State = {
  readonly services: Services
  readonly source: StockSource
  readonly index: ProductIndex
  /** What lies in the places of columns, by variant; known only while some channel leaves a share of it to others. */
  readonly onHand: Map<string, Map<number, number>>
  terms: ModelTerms | undefined
}

/** Makes the read model of this process, empty: `refresh()` fills it. */
export function createReadModel(services: Services, source: StockSource): OfferModel {
  const index = createProductIndex()
  const state: State = { services, source, index, onHand: new Map(), terms: undefined }
  const now = (): number => services.clock.now().getTime()
  let queue: Promise<unknown> = Promise.resolve()
  /** One refresh at a time: an earlier one never overwrites what a later one has read. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }
  return {
    ...termLookups(state),
    ...productLookups(index),
    ...bufferLookups(state),
    sellable: (channelCode, variantId, at) => {
      const channel = state.terms?.channels.get(channelCode)
      const variant = index.variants.get(variantId)
      return channel && variant && sellableOf(channel, variant, at.getTime())
    },
    setAvailable(changes) {
      for (const { variantId, placeId, available } of changes) {
        const variant = index.variants.get(variantId)
        if (variant) setUnits(index, variant, index.rows.columnOf(placeId), available)
      }
    },
    refresh: (changed) => inTurn(() => refresh(state, changed)),
    refreshTerms: () => inTurn(() => readTerms(state)),
    columns: (channel) => ({
      table: index.table,
      variants: channel.buffers ? buffered(state, channel) : index.rows.arrays(),
      prices: pricesFor(index, channel.priceLists, now()),
    }),
    listStamp: (at) => listStampAt(index, at.getTime()),
  }
}

type TermLookups = Pick<
  OfferModel,
  'channel' | 'modelChannel' | 'site' | 'places' | 'place' | 'sourcing' | 'terms' | 'lineage' | 'descendants'
>

function filled({ terms }: State): ModelTerms {
  if (!terms) throw new Error('the read model was not filled yet')
  return terms
}

function termLookups(state: State): TermLookups {
  const modelChannel = (code: string): ModelChannel | undefined => state.terms?.channels.get(code)
  return {
    channel: modelChannel,
    modelChannel,
    site: (id) => state.terms?.sites.get(id),
    places: () => state.terms?.places ?? [],
    place: (id) => state.terms?.placesById.get(id),
    terms: () => filled(state),
    sourcing: () => filled(state).sourcing,
    lineage: (code) => state.terms?.lineages.get(code) ?? [code],
    descendants: (code) => descendantsOf(code, state.terms),
  }
}

/** What channels leave to others. Most leave nothing: for them it is found out by one look. */
function bufferLookups(state: State): Pick<OfferModel, 'bufferOf' | 'availableTo' | 'unitsFor'> {
  const { variants, rows } = state.index
  const bufferOf = ({ buffers }: SellingChannel, variantId: string): BufferRule | null => {
    const product = buffers && variants.get(variantId)?.product
    return product
      ? bufferFor(
          buffers,
          variantId,
          product.categoryCodes.map((code) => state.terms?.lineages.get(code) ?? [code]),
        )
      : null
  }
  const without = (rule: BufferRule | null, variant: ModelVariant, column: number): number => {
    const units = rows.units(variant.row, column)
    if (!rule || units <= 0) return units
    return Math.max(0, units - unitsKept(rule, state.onHand.get(variant.id)?.get(column) ?? units))
  }
  return {
    bufferOf,
    availableTo: (channel, variantId, placeId) => {
      const variant = variants.get(variantId)
      if (!variant) return 0
      const column = rows.columnOf(placeId)
      return channel.buffers ? without(bufferOf(channel, variantId), variant, column) : rows.units(variant.row, column)
    },
    unitsFor: (channel) =>
      channel.buffers
        ? (variant, column) => without(bufferOf(channel, variant.id), variant, column)
        : (variant, column) => rows.units(variant.row, column),
  }
}

const bufferedArrays = new WeakMap<ModelChannel, { readonly stamp: number; readonly arrays: VariantArrays }>()

/** The columns as a channel sees them that leaves units to others; made anew with the stamp of lists. */
function buffered(state: State, channel: ModelChannel): VariantArrays {
  const { index } = state
  const arrays = index.rows.arrays()
  const known = bufferedArrays.get(channel)
  if (known?.stamp === index.lists.stamp && known.arrays.options === arrays.options) return known.arrays
  const { buffers } = channel
  const units = bufferLookups(state).unitsFor(channel)
  const positive = arrays.positive.slice()
  const ofAll = buffers !== null && (buffers.all !== null || buffers.categories.size > 0)
  const concerned = ofAll
    ? index.variants.values()
    : [...(buffers?.variants.keys() ?? [])].map((id) => index.variants.get(id))
  for (const variant of concerned)
    for (const column of variant ? channel.columns : [])
      if (variant && units(variant, column) <= 0) {
        const word = variant.row * arrays.words + (column >> 5)
        positive[word] = (positive[word] ?? 0) & ~(1 << (column & 31))
      }
  const made = { ...arrays, positive }
  bufferedArrays.set(channel, { stamp: index.lists.stamp, arrays: made })
  return made
}

type ProductLookups = Pick<
  OfferModel,
  | 'available'
  | 'units'
  | 'products'
  | 'productCount'
  | 'productById'
  | 'slotOf'
  | 'productByHandle'
  | 'productsIn'
  | 'productAt'
  | 'variantById'
  | 'isDownload'
>

function productLookups({ table, rows, byId, slots, byHandle, byCategory, variants }: ProductIndex): ProductLookups {
  return {
    available: (variantId, placeId) => {
      const variant = variants.get(variantId)
      return variant ? rows.units(variant.row, rows.columnOf(placeId)) : 0
    },
    units: (variant, column) => rows.units(variant.row, column),
    isDownload: (id) => variants.get(id)?.product.kind === 'digital',
    products: () => byId.values(),
    productCount: () => byId.size,
    productById: (id) => byId.get(id),
    slotOf: (productId) => slots.get(productId),
    productByHandle: (handle) => byHandle.get(handle),
    productsIn: (code) => byCategory.get(code) ?? [],
    productAt: table.productAt,
    variantById: (id) => variants.get(id),
  }
}

async function refresh(state: State, changed: Parameters<ReadModel['refresh']>[0]): Promise<void> {
  if (!changed || !state.terms) await readTerms(state)
  if (!changed) return readProducts(state)
  const productIds = [...new Set(changed.productIds ?? [])]
  if (productIds.length > 0) await readProducts(state, productIds)
  const variantIds = [...new Set(changed.variantIds ?? [])].filter((id) => state.index.variants.has(id))
  if (variantIds.length > 0) await readStock(state, variantIds)
}

async function readTerms(state: State): Promise<void> {
  const { db, clock } = state.services
  const before = state.terms
  const epoch = (before?.epoch ?? 0) + 1
  const terms = await loadTerms(db, state.source, clock.now(), epoch, state.index.rows.columnOf)
  state.terms = terms
  state.index.lists.few = fewUnits + terms.mostKept
  state.index.lists.dirty = true
  if (!terms.keepsShares) state.onHand.clear()
  else if (before && !before.keepsShares) await readStock(state, [...state.index.variants.keys()])
}

async function readProducts(state: State, ids?: readonly string[]): Promise<void> {
  const { services, source, index } = state
  const lists = new Map((await listPriceLists(services.db)).map((list) => [list.id, list.code]))
  const seen = new Set<string>()
  for await (const page of loadCatalogProducts(services.db, ids)) {
    const variantIds = page.flatMap((product) => product.variants.map((variant) => variant.id))
    const prices = await pricesOf(services.db, variantIds, lists)
    // Read before the articles are shown: none is out of stock for the moment between.
    const stock = await source.loadAvailability(services.db, variantIds)
    for (const row of page) {
      seen.add(row.id)
      learnProduct(index, row, prices, services.clock.now().getTime())
    }
    learnStock(state, variantIds, stock)
  }
  for (const id of ids ?? [...index.byId.keys()]) {
    const gone = seen.has(id) ? undefined : index.byId.get(id)
    if (gone) forgetProduct(index, gone)
  }
}

async function readStock(state: State, variantIds: readonly string[]): Promise<void> {
  learnStock(state, variantIds, await state.source.loadAvailability(state.services.db, variantIds))
}

type StockRows = Awaited<ReturnType<StockSource['loadAvailability']>>

function learnStock({ index, terms, onHand }: State, variantIds: readonly string[], stock: StockRows): void {
  const found = new Map<ModelVariant, Map<number, number>>()
  for (const { variantId, placeId, available, onHand: there } of stock) {
    const variant = index.variants.get(variantId)
    if (!variant) continue
    if (terms?.keepsShares) learnOnHand(onHand, variantId, index.rows.columnOf(placeId), there)
    const units = found.get(variant) ?? new Map<number, number>()
    units.set(index.rows.columnOf(placeId), available)
    found.set(variant, units)
  }
  const columns = (terms?.places ?? []).map((place) => index.rows.columnOf(place.id))
  for (const id of variantIds) {
    const variant = index.variants.get(id)
    if (!variant) continue
    const units = found.get(variant)
    for (const column of columns) setUnits(index, variant, column, units?.get(column) ?? 0)
  }
}

function learnOnHand(onHand: State['onHand'], variantId: string, column: number, units: number): void {
  const known = onHand.get(variantId)
  if (known) known.set(column, units)
  else onHand.set(variantId, new Map([[column, units]]))
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
): Promise<Map<string, ModelPrice[]>> {
  const prices = new Map<string, ModelPrice[]>()
  for (const row of await loadPrices(db, variantIds)) {
    const price: ModelPrice = {
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
    download: product.kind === 'digital',
    withdrawalException: product.withdrawalException,
    opensAt: opensAt(product, channel.id, at),
  }
}
