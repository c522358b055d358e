import { fold, type CatalogProduct } from '../catalog/public.ts'
import { priceInForce } from '../pricing/public.ts'
import { nextBoundary, type ModelPrice, type ModelProduct, type ModelVariant } from './domain/model.ts'
import { createProductTable, type ProductTable } from './domain/product-table.ts'
import { createVariantTable, type VariantTable } from './domain/variant-table.ts'
import { fewUnits } from './offer-card.ts'

/** Every product in memory, as objects and as columns, and how to find it. */
export type ProductIndex = {
  readonly table: ProductTable
  readonly rows: VariantTable
  readonly byId: Map<string, ModelProduct>
  /** Id → slot: a search finds thousands, of which a page shows a few. */
  readonly slots: Map<string, number>
  readonly byHandle: Map<string, ModelProduct>
  readonly byCategory: Map<string, Set<ModelProduct>>
  readonly variants: Map<string, ModelVariant>
  /** What every variant costs now, by the order in which price lists are consulted. */
  readonly priceColumns: Map<string, PriceColumn>
  /** Grows with each change of anything. */
  stamp: number
  readonly lists: {
    stamp: number
    /** Whether a list may have changed since the stamp grew. */
    dirty: boolean
    tickedAt: number
    /** When a publication or a price begins or ends next. */
    boundary: number
    /** Up to this many units, what a list shows of stock may change. */
    few: number
  }
}
type PriceColumn = { readonly lists: readonly string[]; amounts: Float64Array }

export function createProductIndex(): ProductIndex {
  return {
    table: createProductTable(),
    rows: createVariantTable(),
    byId: new Map(),
    slots: new Map(),
    byHandle: new Map(),
    byCategory: new Map(),
    variants: new Map(),
    priceColumns: new Map(),
    stamp: 0,
    lists: { stamp: 1, dirty: false, tickedAt: -Infinity, boundary: Infinity, few: fewUnits },
  }
}

/** Takes a product in, in the place of the one with its id; what is known of its stock stays. */
export function learnProduct(
  index: ProductIndex,
  row: CatalogProduct,
  prices: ReadonlyMap<string, readonly ModelPrice[]>,
  now: number,
): void {
  const { table, rows, byCategory } = index
  const before = index.byId.get(row.id)
  if (before) unlist(index, before)
  const firstRow = rows.takeRows(row.variants.length)
  const product = makeProduct(row, before?.slot ?? table.takeSlot(), ++index.stamp, table, { firstRow, prices })
  for (const old of before?.variants ?? []) {
    const same = product.variants.find(({ id }) => id === old.id)
    if (same) rows.copyUnits(old.row, same.row)
  }
  if (before) freeRows(index, before)
  index.byId.set(product.id, product)
  index.slots.set(product.id, product.slot)
  index.byHandle.set(product.handle, product)
  for (const code of product.categoryCodes) {
    const members = byCategory.get(code)
    if (members) members.add(product)
    else byCategory.set(code, new Set([product]))
  }
  const { options } = rows.arrays()
  for (const variant of product.variants) {
    index.variants.set(variant.id, variant)
    options[variant.row] = table.options.numberOf(variant.options)
    for (const column of index.priceColumns.values()) setPrice(column, variant, now)
  }
  index.lists.boundary = Math.min(index.lists.boundary, nextBoundary(product, now))
}

/** Takes a product out. */
export function forgetProduct(index: ProductIndex, product: ModelProduct): void {
  unlist(index, product)
  freeRows(index, product)
  index.table.freeSlot(product.slot)
}

/** Takes a product out of what finds it; its slot, and the rows of its variants, are left to the caller. */
function unlist({ byId, slots, byHandle, byCategory, variants, lists }: ProductIndex, product: ModelProduct): void {
  byId.delete(product.id)
  slots.delete(product.id)
  if (byHandle.get(product.handle) === product) byHandle.delete(product.handle)
  for (const code of product.categoryCodes) byCategory.get(code)?.delete(product)
  for (const variant of product.variants) if (variants.get(variant.id) === variant) variants.delete(variant.id)
  lists.dirty = true
}

function freeRows({ rows }: ProductIndex, { variants: [first], variants: { length } }: ModelProduct): void {
  if (first) rows.freeRows(first.row, length)
}

/** Notes how many units of a variant could be promised from the place of a column. */
export function setUnits(index: ProductIndex, variant: ModelVariant, column: number, units: number): void {
  const before = index.rows.units(variant.row, column)
  if (before === units) return
  index.rows.setUnits(variant.row, column, units)
  variant.product.stamp = ++index.stamp
  // What a list shows of stock (none, few, plenty) can only change when one of its terms was or is few.
  if (Math.min(before, units) <= index.lists.few) index.lists.dirty = true
}

/** What variants cost now, by row, where these lists are consulted in this order. */
export function pricesFor(index: ProductIndex, lists: readonly string[], now: number): Float64Array {
  const key = lists.join(' ')
  const known = index.priceColumns.get(key)
  if (known) return known.amounts
  const column = { lists, amounts: new Float64Array(0) }
  index.priceColumns.set(key, column)
  for (const variant of index.variants.values()) setPrice(column, variant, now)
  return column.amounts
}

function setPrice(column: PriceColumn, { row, prices }: ModelVariant, at: number): void {
  if (row >= column.amounts.length) {
    const longer = new Float64Array(Math.max(1_024, 2 * row)).fill(NaN)
    longer.set(column.amounts)
    column.amounts = longer
  }
  const price = priceInForce(column.lists, prices, at)
  column.amounts[row] = price ? Number(price.amountMinor) : NaN
}

/** Lists under load are made anew twice a second, not at each order. */
const listPauseMs = 500

/** The stamp of lists at an instant: it grows at once when a date has passed, else when something changed, in its time. */
export function listStampAt(index: ProductIndex, at: number): number {
  const { lists } = index
  const passed = at >= lists.boundary
  if (passed) passBoundary(index, at)
  if (passed || (lists.dirty && at - lists.tickedAt >= listPauseMs)) {
    lists.stamp++
    lists.dirty = false
    lists.tickedAt = at
  }
  return lists.stamp
}

function passBoundary({ lists, byId, priceColumns }: ProductIndex, at: number): void {
  lists.boundary = Infinity
  for (const product of byId.values()) {
    lists.boundary = Math.min(lists.boundary, nextBoundary(product, at))
    for (const column of priceColumns.values()) for (const variant of product.variants) setPrice(column, variant, at)
  }
}

/** Makes the product and fills its slot. */
function makeProduct(
  row: CatalogProduct,
  slot: number,
  stamp: number,
  table: ProductTable,
  { firstRow, prices }: { firstRow: number; prices: ReadonlyMap<string, readonly ModelPrice[]> },
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
  for (const [nth, variant] of row.variants.entries())
    variants.push({
      ...variant,
      product,
      options: options.valueOf(options.numberOf(variant.options)),
      prices: prices.get(variant.id) ?? [],
      row: firstRow + nth,
    })
  table.put(product, numbers)
  return product
}
