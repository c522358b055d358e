import type { ModelProduct } from './domain/model.ts'
import type { OfferModel } from './read-model.ts'
import type { Sellable } from './domain/sellable.ts'

/** An article that is like another, and how many units of it can be promised at a place. */
type Like = { readonly sellable: Sellable; readonly available: number }

/**
 * Articles a channel sells that are like another one: in stock at a place, those that share most categories with it first, then by
 * nearest price. What costs as far above as another below comes after it.
 */
export function offersLike(
  model: OfferModel,
  asked: {
    readonly channelCode: string
    readonly variantId: string
    readonly placeId: string
    readonly unitPriceMinor: bigint
    readonly units: number
    readonly at: Date
    readonly limit: number
  },
): Like[] {
  const { variantId, placeId, unitPriceMinor } = asked
  const categories = model.variantById(variantId)?.product.categoryCodes ?? []
  const shared = new Map<ModelProduct, number>()
  for (const code of categories)
    for (const product of model.productsIn(code)) shared.set(product, (shared.get(product) ?? 0) + 1)
  const found: (Like & { readonly shared: number })[] = []
  for (const [product, count] of shared)
    for (const { id } of product.variants) {
      const available = id === variantId ? 0 : model.available(id, placeId)
      const sellable = available < asked.units ? undefined : model.sellable(asked.channelCode, id, asked.at)
      if (sellable && !sellable.opensAt) found.push({ sellable, available, shared: count })
    }
  const distance = ({ sellable }: Like): bigint => {
    const by = sellable.unitPriceMinor - unitPriceMinor
    return by < 0n ? -by * 2n : by * 2n + 1n
  }
  return found
    .sort(
      (a, b) => b.shared - a.shared || Number(distance(a) - distance(b)) || (a.sellable.sku < b.sellable.sku ? -1 : 1),
    )
    .slice(0, asked.limit)
}
