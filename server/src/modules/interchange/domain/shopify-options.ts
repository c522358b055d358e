import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { IssueLog } from './issue.ts'
import { columnName } from './shopify-columns.ts'
import type { ShopifyRow } from './shopify-rows.ts'
import { freeCode, slug } from './slug.ts'

type Option = ProductInput['options'][number]

const slots = [1, 2, 3] as const
type Slot = (typeof slots)[number]

export type Options = {
  readonly options: Option[]
  /** The option values of a record, by code; null in a slot this product does not use. */
  codesOf(row: ShopifyRow): Record<string, string>
  /** Whether the one option was Shopify's placeholder for "no option". */
  readonly placeholder: boolean
}

/** Shopify writes `Title: Default Title` for a product without options. */
function isPlaceholder(rows: readonly ShopifyRow[], name: string): boolean {
  return (
    rows.length === 1 &&
    /^(?:title|titre)?$/i.test(name) &&
    /^(?:default title|default|titre par défaut)?$/i.test(rows[0]?.cell('option1Value') ?? '') &&
    rows[0]?.cell('option2Value') === ''
  )
}

/**
 * Options of a product and their values, in the order the file names them.
 * @param rows records that bring a variant
 * @param first record that carries the product's own cells
 */
export function readOptions(first: ShopifyRow, rows: readonly ShopifyRow[], log: IssueLog): Options {
  const name1 = first.cell('option1Name')
  if (isPlaceholder(rows, name1))
    return { options: [], codesOf: () => ({}), placeholder: rows[0]?.cell('option1Value') !== '' }
  const optionCodes = new Set<string>()
  const used = slots.flatMap((slot) => {
    const read = readSlot(slot, first, rows, log, optionCodes)
    return read ? [read] : []
  })
  return {
    options: used.map((one) => one.option),
    codesOf: (row) =>
      Object.fromEntries(
        used.map(({ option, slot, codeOf }) => [option.code, codeOf.get(row.cell(`option${slot}Value`)) ?? '']),
      ),
    placeholder: false,
  }
}

function readSlot(
  slot: Slot,
  first: ShopifyRow,
  rows: readonly ShopifyRow[],
  log: IssueLog,
  optionCodes: Set<string>,
): { slot: Slot; option: Option; codeOf: Map<string, string> } | null {
  const nameField = `option${slot}Name` as const
  const valueField = `option${slot}Value` as const
  let name = first.cell(nameField) || (rows.find((row) => row.cell(nameField) !== '')?.cell(nameField) ?? '')
  const valued = rows.filter((row) => row.cell(valueField) !== '')
  if (valued.length === 0) return null
  if (name === '') {
    name = `Option ${slot}`
    log.warn(first.line, 'import.option_name_missing', columnName(nameField), { name })
  }
  const valueCodes = new Set<string>()
  const codeOf = new Map<string, string>()
  const values: Option['values'] = []
  for (const row of rows) {
    const value = row.cell(valueField)
    if (value === '') log.warn(row.line, 'import.option_value_missing', columnName(valueField), { name })
    if (codeOf.has(value)) continue
    const code = freeCode(value === '' ? 'none' : slug(value, 110), valueCodes, 120)
    codeOf.set(value, code)
    values.push({ code, name: value === '' ? { fr: '–', en: '–' } : { fr: value, en: value } })
  }
  const code = freeCode(slug(name, 36), optionCodes, 40)
  return { slot, codeOf, option: { code, name: { fr: name, en: name }, values: values.slice(0, 200) } }
}
