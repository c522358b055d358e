import type { ProductPage } from '@ecluse/contracts/offers.ts'

type Variant = ProductPage['variants'][number]

/** Units that can be had in some way: delivered, or picked up in the shop that has most. */
export function obtainable(variant: Variant): number {
  return variant.shops.reduce((most, shop) => Math.max(most, shop.available), variant.deliverable)
}

/** Units that can be ordered in some way: had now, or sold before they are there. */
export function orderable(variant: Variant): number {
  return Math.max(obtainable(variant), variant.ahead?.orderable ?? 0)
}

/**
 * The variant an address asks for (`?colour=blue&size=m`): the one with most of the wished values, one that can be had
 * before one that cannot, then the first.
 */
export function chosenVariant(product: ProductPage, wishes: Record<string, string>): Variant {
  const rank = (variant: Variant): number => {
    const matches = Object.entries(wishes).filter(([code, value]) => variant.options[code] === value).length
    return matches * 2 + (orderable(variant) > 0 ? 1 : 0)
  }
  const [first, ...others] = product.variants
  if (!first) throw new Error(`the product ${product.handle} has no variant`)
  return others.reduce((best, variant) => (rank(variant) > rank(best) ? variant : best), first)
}

/** The options of this product that an address names. */
export function wishesOf(product: ProductPage, query: URLSearchParams): Record<string, string> {
  const wishes: Record<string, string> = {}
  for (const option of product.options) {
    const value = query.get(option.code)
    if (value !== null && option.values.some((one) => one.code === value)) wishes[option.code] = value
  }
  return wishes
}

export type ValueChoice = { code: string; name: string; selected: boolean; variant: Variant | null; exact: boolean }

/** For one option, what choosing each of its values leads to from the variant shown now. */
export function valueChoices(product: ProductPage, current: Variant, optionCode: string): ValueChoice[] {
  const option = product.options.find((one) => one.code === optionCode)
  return (option?.values ?? []).map((value) => {
    const wishes = { ...current.options, [optionCode]: value.code }
    const having = product.variants.filter((variant) => variant.options[optionCode] === value.code)
    const variant = having.length > 0 ? chosenVariant({ ...product, variants: having }, wishes) : null
    const exact = variant !== null && Object.entries(wishes).every(([code, wished]) => variant.options[code] === wished)
    return { ...value, selected: current.options[optionCode] === value.code, variant, exact }
  })
}
