import { repairDoubleEncoding } from './repair-text.ts'
import { unguardCell } from '../../../kernel/csv.ts'
import type { Columns, ShopifyField } from './shopify-columns.ts'
import { slug } from './slug.ts'

/** One record of the file; it may spread over several lines. */
export type CsvRow = {
  /** First line of the record, from 1. */
  readonly line: number
  readonly values: readonly string[]
}

/** A record with its cells by name. */
export type ShopifyRow = {
  readonly line: number
  /** The cell, trimmed; empty when the column or the cell is missing. */
  readonly cell: (field: ShopifyField) => string
  /** The file is one of our own exports: what its added columns say is meant, empty cells included. */
  readonly own: boolean
  /** Columns whose text was mended. */
  readonly repaired: ReadonlySet<ShopifyField>
}

/** Gives a record's cells their names, mends doubly encoded ones and takes the guard against formulas off. */
export function shopifyRow(columns: Columns, row: CsvRow): ShopifyRow {
  const repaired = new Set<ShopifyField>()
  const cells = new Map<ShopifyField, string>()
  for (const [field, index] of columns) {
    const raw = row.values[index]
    if (raw === undefined || raw === '') continue
    const mended = repairDoubleEncoding(raw)
    if (mended !== raw) repaired.add(field)
    const text = unguardCell(mended).replaceAll('\0', '').trim()
    if (text !== '') cells.set(field, text)
  }
  return { line: row.line, own: columns.has('ownTitleEn'), cell: (field) => cells.get(field) ?? '', repaired }
}

/** The handle a record belongs to: its own, or one made from its title. Null when it has neither. */
export function handleOf(columns: Columns, row: CsvRow): string | null {
  const at = (field: ShopifyField): string => {
    const index = columns.get(field)
    return index === undefined ? '' : unguardCell((row.values[index] ?? '').trim())
  }
  const words = at('handle') || at('title')
  return words === '' ? null : slug(repairDoubleEncoding(words), 200)
}

/** Whether a record holds nothing at all. */
export function isBlank(row: CsvRow): boolean {
  return row.values.every((value) => value.trim() === '')
}

const variantFields: readonly ShopifyField[] = [
  'option1Value',
  'option2Value',
  'option3Value',
  'price',
  'sku',
  'barcode',
]

/** Whether a record describes a variant; the others of a product only bring one more picture. */
export function bringsVariant(row: ShopifyRow): boolean {
  return variantFields.some((field) => row.cell(field) !== '')
}

/**
 * What a first reading of the file has to know before the second can work in one go: where each product ends, and which SKUs
 * are written in it, so that one made up for another variant never takes them.
 */
export type FileIndex = {
  readonly lastLineOf: ReadonlyMap<string, number>
  /** Products whose records do not follow one another: handle → line where the second run starts. */
  readonly split: ReadonlyMap<string, number>
  readonly skus: ReadonlySet<string>
  readonly records: number
}

/** Reads the file through once, keeping only what `FileIndex` says. */
export function fileIndexer(columns: Columns): { add(row: CsvRow): void; end(): FileIndex } {
  const lastLineOf = new Map<string, number>()
  const split = new Map<string, number>()
  const skus = new Set<string>()
  const skuColumn = columns.get('sku')
  let records = 0
  let previous: string | null = null
  return {
    add(row) {
      records++
      if (isBlank(row)) return
      const handle = handleOf(columns, row)
      if (handle === null) return
      if (handle !== previous && lastLineOf.has(handle) && !split.has(handle)) split.set(handle, row.line)
      lastLineOf.set(handle, row.line)
      previous = handle
      const sku = skuColumn === undefined ? '' : (row.values[skuColumn] ?? '').trim()
      if (sku !== '') skus.add(unguardCell(sku))
    },
    end: () => ({ lastLineOf, split, skus, records }),
  }
}
