import type { OfferCard } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { toMoney } from '../../kernel/money.ts'
import type { ModelChannel, ModelProduct, ModelVariant } from './domain/model.ts'
import { offeredVariants } from './offered-variants.ts'

/** Up to this many units left in a channel, "only a few left" is said. */
export const fewUnits = 3

export type CardSource = {
  readonly channel: ModelChannel
  readonly locale: Locale
  readonly at: number
  units(variant: ModelVariant, column: number): number
}

/** A product as lists show it; undefined when the channel does not sell it at this instant. */
export function offerCard({ channel, locale, at, units }: CardSource, product: ModelProduct): OfferCard | undefined {
  const offered = offeredVariants(product, channel, at)
  const [first] = offered
  if (!first) return undefined
  let least = first.price
  let varies = false
  let left = 0
  for (const { variant, price } of offered) {
    if (price.amountMinor !== first.price.amountMinor) varies = true
    if (price.amountMinor < least.amountMinor) least = price
    for (const column of channel.columns) left += Math.max(0, units(variant, column))
  }
  return {
    productId: product.id,
    handle: product.handle,
    name: product.name[locale],
    brand: product.brand,
    imageUrl: product.imageUrl,
    imageAlt: product.imageAlt?.[locale] || product.name[locale],
    priceFrom: toMoney(least.amountMinor),
    priceVaries: varies,
    compareAtPrice: least.compareAtMinor === null ? null : toMoney(least.compareAtMinor),
    availability: left > fewUnits ? 'in_stock' : left > 0 ? 'low_stock' : 'out_of_stock',
    variantId: offered.length === 1 ? first.variant.id : null,
  }
}
