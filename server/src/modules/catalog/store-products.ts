import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../kernel/db.ts'
import { replaceProductCategories } from './queries/categories.ts'
import {
  archiveVariants,
  clearGtins,
  insertProducts,
  replaceMedia,
  replacePublications,
  updateProducts,
  upsertVariants,
  type ProductRecord,
} from './queries/write-product.ts'

/** What is about to be written: checked, its identifiers known. */
export type PlannedProduct = {
  productId: string
  outcome: 'created' | 'updated' | 'unchanged'
  product: ProductInput
  contentHash: Buffer
  categoryIds: string[]
  channelIds: string[]
  variantIds: Record<string, string>
  /** Variants that carry a GTIN now and another, or none, afterwards. */
  losesGtin: string[]
}

/** Somebody wrote the same handle, SKU or GTIN between our look and our write: look again, in a new transaction. */
export function lostRace(cause?: unknown): Error {
  return Object.assign(new Error('a concurrent writer was faster', { cause }), { code: '40001' })
}

/** Stores what was planned: a fixed number of statements, however many products. */
export async function storeProducts(tx: Tx, plans: readonly PlannedProduct[], now: Date): Promise<void> {
  const productIds = plans.map((plan) => plan.productId)
  const created = plans.filter((plan) => plan.outcome === 'created').map(recordOf)
  const updated = plans.filter((plan) => plan.outcome === 'updated').map(recordOf)
  if (created.length > 0) {
    // In one order for all writers, so that two who create the same products wait for each other only one way.
    created.sort((a, b) => (a.product.handle < b.product.handle ? -1 : 1))
    if ((await insertProducts(tx, created, now)) < created.length) throw lostRace()
  }
  if (updated.length > 0) await updateProducts(tx, updated, now)
  await replaceMedia(
    tx,
    productIds,
    plans.flatMap(({ productId, product }) =>
      product.media.map(({ url, alt }, position) => ({ productId, position, url, altFr: alt.fr, altEn: alt.en })),
    ),
  )
  await replaceProductCategories(
    tx,
    productIds,
    plans.flatMap(({ productId, categoryIds }) =>
      categoryIds.map((categoryId, position) => ({ productId, categoryId, position })),
    ),
  )
  await replacePublications(
    tx,
    productIds,
    plans.flatMap(({ productId, product, channelIds }) =>
      product.publications.map(({ from, until, opensAt = null }, n) => ({
        productId,
        channelId: channelIds[n] ?? '',
        from,
        until,
        opensAt,
      })),
    ),
  )
  await storeVariants(tx, plans, productIds, now)
}

async function storeVariants(
  tx: Tx,
  plans: readonly PlannedProduct[],
  productIds: readonly string[],
  now: Date,
): Promise<void> {
  const records = plans.flatMap(({ productId, product, variantIds }) =>
    product.variants.map((variant, position) => {
      const id = variantIds[variant.sku]
      assert(id, 'every variant has an id')
      const { sku, gtin, options, weightGrams, mediaIndex } = variant
      return { id, productId, sku, gtin, options, weightGrams, mediaPosition: mediaIndex, position }
    }),
  )
  const losesGtin = plans.flatMap((plan) => plan.losesGtin)
  if (losesGtin.length > 0) await clearGtins(tx, losesGtin)
  if (plans.some((plan) => plan.outcome === 'updated'))
    await archiveVariants(
      tx,
      productIds,
      records.map((record) => record.id),
      now,
    )
  await upsertVariants(tx, records)
}

function recordOf({ productId, product, contentHash }: PlannedProduct): ProductRecord {
  const { fr: descriptionFr, en: descriptionEn } = product.description
  return { id: productId, product, descriptionFr, descriptionEn, contentHash }
}
