import type { VariantInput } from '@ecluse/contracts/catalog.ts'
import { quoted, type IssueLog } from './issue.ts'
import { readAmount, readInteger, readWeight } from './read-amount.ts'
import { readGtin } from './read-gtin.ts'
import { columnName } from './shopify-columns.ts'
import type { Options } from './shopify-options.ts'
import { isAddress } from './shopify-media.ts'
import type { ShopifyRow } from './shopify-rows.ts'
import { fingerprint, slug } from './slug.ts'

/** Units of a variant the file says there are, to be counted in. */
export type Quantity = { readonly sku: string; readonly quantity: number; readonly line: number }

/** SKUs and GTINs are given to one variant only: what this run gave away so far, and what the catalogue knows. */
export type Taken = {
  /** SKU → handle of the product this run gave it to. */
  readonly sku: Map<string, string>
  /** GTIN → SKU of the variant this run gave it to. */
  readonly gtin: Map<string, string>
  /** SKU → handle of the product that has it in the catalogue. */
  readonly skuOwner: Map<string, string>
  /** GTIN → the variant that has it in the catalogue. */
  readonly gtinOwner: Map<string, { readonly handle: string; readonly sku: string }>
  /** SKUs written anywhere in the file: never made up for a variant without one. */
  readonly written: ReadonlySet<string>
}

/** Nothing taken yet. */
export function nothingTaken(written: ReadonlySet<string>): Taken {
  return { sku: new Map(), gtin: new Map(), skuOwner: new Map(), gtinOwner: new Map(), written }
}

/** Who has this SKU already, other than the variant at hand; undefined when it is free. */
function skuHolder(taken: Taken, sku: string, handle: string): string | undefined {
  const owner = taken.skuOwner.get(sku)
  return taken.sku.get(sku) ?? (owner === handle ? undefined : owner)
}

const mostMinor = 100_000_000_000n

/** The variants of a product, one per record that brings one, except those refused. */
export function readVariants(
  handle: string,
  rows: readonly ShopifyRow[],
  options: Options,
  mediaIndex: ReadonlyMap<string, number>,
  taken: Taken,
  log: IssueLog,
): { variants: VariantInput[]; quantities: Quantity[]; refused: number } {
  const variants: VariantInput[] = []
  const quantities: Quantity[] = []
  const combinations = new Set<string>()
  let refused = 0
  for (const row of rows) {
    const price = readPrice(row, log)
    const codes = row.own && options.options.length > 0 ? ownCodes(row, options) : options.codesOf(row)
    const combination = JSON.stringify(Object.values(codes))
    if (price !== null && combinations.has(combination))
      log.refuse(row.line, 'import.duplicate_variant', columnName('option1Value'), { options: labelOf(row) })
    if (price === null || combinations.has(combination) || variants.length >= 2_000) {
      if (price !== null && variants.length >= 2_000)
        log.refuse(row.line, 'import.too_many_variants', null, { most: 2_000 })
      refused++
      continue
    }
    combinations.add(combination)
    const sku = chooseSku(handle, row, codes, taken, log)
    const image = row.cell('variantImage')
    variants.push({
      sku,
      gtin: chooseGtin(handle, sku, row, taken, log),
      options: codes,
      weightGrams: weightOf(row, log),
      price: { amountMinor: Number(price), currency: 'EUR' },
      compareAtPrice: compareAtOf(row, price, log),
      mediaIndex: isAddress(image) ? (mediaIndex.get(image) ?? null) : null,
    })
    const quantity = quantityOf(row, log)
    if (quantity !== null) quantities.push({ sku, quantity, line: row.line })
  }
  return { variants, quantities, refused }
}

/** Our own exports name option values by code, for two values may have the same words. */
function ownCodes(row: ShopifyRow, options: Options): Record<string, string> {
  const codes = row.cell('ownOptionCodes').split('|')
  return Object.fromEntries(
    options.options.flatMap((option, index) => (codes[index] === undefined ? [] : [[option.code, codes[index]]])),
  )
}

function labelOf(row: ShopifyRow): string {
  const values = [row.cell('option1Value'), row.cell('option2Value'), row.cell('option3Value')]
  return quoted(values.filter((value) => value !== '').join(' · '))
}

function readPrice(row: ShopifyRow, log: IssueLog): bigint | null {
  const cell = row.cell('price')
  const amount = readAmount(cell)
  const field = columnName('price')
  if (cell === '') log.refuse(row.line, 'import.price_missing', field)
  else if (amount === null || amount.minor > mostMinor)
    log.refuse(row.line, 'import.price_invalid', field, { value: quoted(cell) })
  else {
    if (amount.minor === 0n) log.warn(row.line, 'import.price_zero', field)
    if (amount.rounded) log.warn(row.line, 'import.price_rounded', field, { value: quoted(cell) })
    return amount.minor
  }
  return null
}

function compareAtOf(row: ShopifyRow, price: bigint, log: IssueLog): VariantInput['compareAtPrice'] {
  const cell = row.cell('compareAt')
  if (cell === '') return null
  const amount = readAmount(cell)
  if (amount !== null && amount.minor <= mostMinor && (amount.minor > price || row.own))
    return { amountMinor: Number(amount.minor), currency: 'EUR' }
  // Equal prices and a former price of zero are how many shops write "no former price": no line of a report for them.
  if (amount === null || (amount.minor !== price && amount.minor !== 0n))
    log.warn(row.line, 'import.compare_at_invalid', columnName('compareAt'), { value: quoted(cell) })
  return null
}

/** The SKU of the file when this product may have it; otherwise one made from the handle and the option values, the same each time. */
function chooseSku(
  handle: string,
  row: ShopifyRow,
  codes: Record<string, string>,
  taken: Taken,
  log: IssueLog,
): string {
  const written = row.cell('sku')
  const field = columnName('sku')
  const holder = skuHolder(taken, written, handle)
  if (written !== '' && written.length <= 80 && holder === undefined) {
    taken.sku.set(written, handle)
    return written
  }
  const values = Object.values(codes).map((code) => slug(code, 40))
  let made = [slug(handle, 50), ...values].join('/')
  if (made.length > 80) made = `${made.slice(0, 71)}~${fingerprint(made)}`
  for (let n = 2; skuHolder(taken, made, handle) !== undefined || taken.written.has(made); n++)
    made = `${made.replace(/~\d+$/, '')}~${n}`
  taken.sku.set(made, handle)
  if (written === '') log.warn(row.line, 'import.sku_missing', field, { sku: made })
  else if (written.length > 80) log.warn(row.line, 'import.sku_too_long', field, { sku: made })
  else log.warn(row.line, 'import.sku_taken', field, { written: quoted(written), by: holder ?? '', sku: made })
  return made
}

function chooseGtin(handle: string, sku: string, row: ShopifyRow, taken: Taken, log: IssueLog): string | null {
  const cell = row.cell('barcode')
  const field = columnName('barcode')
  const { gtin, doubt } = readGtin(cell)
  if (doubt === 'invalid') log.warn(row.line, 'import.gtin_invalid', field, { value: quoted(cell) })
  if (gtin === null) return null
  const owner = taken.gtinOwner.get(gtin)
  const holder = taken.gtin.get(gtin) ?? (owner?.handle === handle ? undefined : owner?.sku)
  if (holder !== undefined) {
    log.warn(row.line, 'import.gtin_taken', field, { gtin, by: holder })
    return null
  }
  if (doubt === 'padded') log.warn(row.line, 'import.gtin_padded', field, { gtin })
  taken.gtin.set(gtin, sku)
  return gtin
}

function weightOf(row: ShopifyRow, log: IssueLog): number | null {
  const field = row.cell('grams') === '' ? 'weight' : 'grams'
  const cell = row.cell(field)
  if (cell === '') return null
  const weight = readWeight(cell, field === 'grams' ? 'g' : row.cell('weightUnit'))
  if (typeof weight === 'number' && weight <= 2_000_000) return weight
  log.warn(row.line, 'import.weight_invalid', columnName(field), { value: quoted(cell) })
  return null
}

/** Null when there is nothing to count: no cell, or stock that Shopify did not keep count of. */
function quantityOf(row: ShopifyRow, log: IssueLog): number | null {
  const cell = row.cell('quantity')
  if (cell === '') return null
  const field = columnName('quantity')
  const quantity = readInteger(cell)
  if (quantity === null || quantity > 1_000_000) {
    log.warn(row.line, 'import.quantity_invalid', field, { value: quoted(cell) })
    return null
  }
  if (row.cell('tracker') === '') {
    if (quantity !== 0) log.warn(row.line, 'import.stock_untracked', field, { quantity })
    return null
  }
  if (quantity < 0) log.warn(row.line, 'import.stock_negative', field, { quantity })
  return Math.max(0, quantity)
}
