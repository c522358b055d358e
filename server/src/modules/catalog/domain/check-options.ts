import type { ProductInput } from '@ecluse/contracts/catalog.ts'

/**
 * The first variant that does not fit its product: each gives every option once, with a value the option has, and no two
 * give the same combination. Also finds a SKU or GTIN written twice.
 * @returns its SKU, or null when all fit
 */
export function misfitVariant({ options, variants }: Pick<ProductInput, 'options' | 'variants'>): string | null {
  const valuesOf = new Map(options.map((option) => [option.code, new Set(option.values.map((value) => value.code))]))
  if (valuesOf.size !== options.length) return variants[0]?.sku ?? ''
  const seen = new Set<string>()
  for (const variant of variants) {
    const given = Object.keys(variant.options)
    const fits =
      given.length === options.length && given.every((code) => valuesOf.get(code)?.has(variant.options[code] ?? ''))
    const combination = JSON.stringify(options.map((option) => variant.options[option.code]))
    const marks = [`options ${combination}`, `sku ${variant.sku}`, ...(variant.gtin ? [`gtin ${variant.gtin}`] : [])]
    if (!fits || marks.some((mark) => seen.has(mark))) return variant.sku
    for (const mark of marks) seen.add(mark)
  }
  return null
}
