import { priceInForce } from '../pricing/public.ts'
import {
  isPublished,
  type ModelChannel,
  type ModelPrice,
  type ModelProduct,
  type ModelVariant,
} from './domain/model.ts'

/** A variant as a channel sells it at this instant. */
export type Offered = { readonly variant: ModelVariant; readonly price: ModelPrice }

/** What a channel sells of a product at an instant; empty when it is not published there, or has no price. */
export function offeredVariants(product: ModelProduct, channel: ModelChannel, at: number): Offered[] {
  if (!isPublished(product, channel.id, at)) return []
  return product.variants.flatMap((variant) => {
    const price = priceInForce(channel.priceLists, variant.prices, at)
    return price ? [{ variant, price }] : []
  })
}

/** Whether a channel sells anything of a product at an instant. */
export function isOffered(product: ModelProduct, channel: ModelChannel, at: number): boolean {
  if (!isPublished(product, channel.id, at)) return false
  return product.variants.some((variant) => priceInForce(channel.priceLists, variant.prices, at) !== null)
}
