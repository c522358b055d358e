import type { Product } from '@ecluse/contracts/catalog.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { editedProduct } from '../catalog/public.ts'
import { listPriceLists, loadPrices, publicList } from '../pricing/public.ts'

/**
 * A product with everything that can be edited, public prices included.
 * @throws catalog.product_not_found
 */
export async function productToEdit(db: Queryable, productId: string): Promise<Product> {
  const product = await editedProduct(db, productId)
  if (!product) throw refuse('catalog.product_not_found')
  const listId = (await listPriceLists(db)).find((list) => list.code === publicList)?.id
  const prices = await loadPrices(
    db,
    product.variants.map((variant) => variant.id),
  )
  const priceOf = new Map(prices.filter((price) => price.listId === listId).map((price) => [price.variantId, price]))
  return {
    ...product,
    variants: product.variants.map((variant) => {
      const price = priceOf.get(variant.id)
      const compareAt = price?.compareAtMinor ?? null
      return {
        ...variant,
        price: toMoney(price?.amountMinor ?? 0n),
        compareAtPrice: compareAt === null ? null : toMoney(compareAt),
      }
    }),
  }
}
