import { z } from 'zod'
import { optionSchema, productInputSchema, type ProductInput } from '@ecluse/contracts/catalog.ts'
import { quoted, type IssueLog } from './issue.ts'
import { columnName, type ShopifyField } from './shopify-columns.ts'
import type { ShopifyRow } from './shopify-rows.ts'

/** What the added columns of our own exports hold; undefined parts could not be read and were told. */
export type OwnCells = {
  readonly categoryCodes: string[]
  readonly publications: ProductInput['publications'] | undefined
  readonly attributes: Record<string, string> | undefined
  readonly options: ProductInput['options'] | undefined
}

const shapes = {
  ownPublications: productInputSchema.shape.publications,
  ownAttributes: productInputSchema.shape.attributes,
  ownOptions: z.array(optionSchema).max(3),
} as const

/** Reads the added columns of a product's first record; null when the file is not one of ours. */
export function readOwn(row: ShopifyRow, log: IssueLog): OwnCells | null {
  if (!row.own) return null
  return {
    categoryCodes: row
      .cell('ownCategories')
      .split(',')
      .map((code) => code.trim())
      .filter((code) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code) && code.length <= 40),
    publications: json(row, 'ownPublications', log),
    attributes: json(row, 'ownAttributes', log),
    options: json(row, 'ownOptions', log),
  }
}

function json<F extends keyof typeof shapes>(
  row: ShopifyRow,
  field: F,
  log: IssueLog,
): z.output<(typeof shapes)[F]> | undefined {
  const cell = row.cell(field satisfies ShopifyField)
  try {
    const parsed = shapes[field].safeParse(JSON.parse(cell || (field === 'ownAttributes' ? '{}' : '[]')))
    if (parsed.success) return parsed.data as z.output<(typeof shapes)[F]>
  } catch {
    // Told below, as any other cell that cannot be read.
  }
  log.warn(row.line, 'import.cell_unreadable', columnName(field), { value: quoted(cell) })
  return undefined
}
