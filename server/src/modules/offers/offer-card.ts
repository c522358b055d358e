import type { OfferCard } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { toMoney } from '../../kernel/money.ts'
import { opensAt, type ModelChannel, type ModelProduct, type ModelVariant } from './domain/model.ts'
import type { ReadModel } from './domain/sellable.ts'
import { offeredVariants, type Offered } from './offered-variants.ts'
import { deliveryOf, ruleFor, soldAhead } from './sell-ahead.ts'

/** Up to this many units left in a channel, "only a few left" is said. */
export const fewUnits = 3

export type CardSource = {
  readonly channel: ModelChannel
  readonly locale: Locale
  readonly at: number
  readonly model: ReadModel
  units(variant: ModelVariant, column: number): number
}

/** A product as lists show it; undefined when the channel does not sell it at this instant. */
export function offerCard(source: CardSource, product: ModelProduct): OfferCard | undefined {
  const { channel, locale, at, units } = source
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
    availability: (channel.advance && soldAheadAs(source, offered, left)) ?? availabilityOf(left),
    variantId: offered.length === 1 ? first.variant.id : null,
    opensAt: opensAt(product, channel.id, at)?.toISOString() ?? null,
  }
}

function availabilityOf(left: number): OfferCard['availability'] {
  return left > fewUnits ? 'in_stock' : left > 0 ? 'low_stock' : 'out_of_stock'
}

/** What a product is sold as before it is there: while none of it is released, or when nothing is left of it. */
function soldAheadAs(
  { model, channel, at }: CardSource,
  offered: readonly Offered[],
  left: number,
): 'pre_order' | 'back_order' | null {
  const now = new Date(at)
  const kinds = offered.map(({ variant: { id: variantId } }) => {
    const rule = ruleFor(channel, variantId, now, () => left > 0)
    if (!rule) return null
    return soldAhead(model, channel, deliveryOf(model, rule), rule, { variantId, quantity: 1 }, now)?.kind ?? null
  })
  if (kinds.length > 0 && kinds.every((kind) => kind === 'pre_order')) return 'pre_order'
  return left <= 0 && kinds.includes('back_order') ? 'back_order' : null
}
