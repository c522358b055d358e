import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import {
  writeProduct,
  writeProducts,
  writeProductsEach,
  type ProductWrite,
  type RefusedProduct,
  type WrittenProduct,
} from '../catalog/public.ts'
import { setPrices } from '../pricing/public.ts'

/**
 * Writes products and their public prices, all or none; the same again is `unchanged`.
 * @throws like catalog's `writeProducts`
 */
export async function saveProducts(ctx: Ctx, tx: Tx, inputs: readonly ProductInput[]): Promise<WrittenProduct[]> {
  const written = await writeProducts(ctx, tx, inputs)
  return priced(ctx, tx, inputs, written)
}

/** Like `saveProducts`, but a product that is refused does not stop the others: for imports. */
export async function saveProductsEach(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly ProductInput[],
): Promise<(WrittenProduct | RefusedProduct)[]> {
  return priced(ctx, tx, inputs, await writeProductsEach(ctx, tx, inputs))
}

/** One product that must be new, or must exist at a revision. */
export async function saveProduct(ctx: Ctx, tx: Tx, write: ProductWrite): Promise<WrittenProduct> {
  const [saved] = await priced(ctx, tx, [write.input], [await writeProduct(ctx, tx, write)])
  return saved as WrittenProduct
}

async function priced<Result extends WrittenProduct | RefusedProduct>(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly ProductInput[],
  results: readonly Result[],
): Promise<Result[]> {
  const prices = inputs.flatMap((input, index) => {
    const result = results[index]
    if (!result || 'refused' in result) return []
    return input.variants.map(({ sku, price, compareAtPrice }) => ({
      variantId: result.variantIds[sku] ?? '',
      amountMinor: BigInt(price.amountMinor),
      compareAtMinor: compareAtPrice && BigInt(compareAtPrice.amountMinor),
    }))
  })
  const changed = new Set(await setPrices(ctx, tx, prices))
  return results.map((result) => {
    if ('refused' in result || result.outcome !== 'unchanged') return result
    return Object.values(result.variantIds).some((id) => changed.has(id)) ? { ...result, outcome: 'updated' } : result
  })
}
