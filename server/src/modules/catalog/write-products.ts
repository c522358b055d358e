import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { ErrorCode, ErrorDetails } from '@ecluse/contracts/errors.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import { sqlState, type Tx } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { listChannels } from '../channels/public.ts'
import { misfitVariant } from './domain/check-options.ts'
import { contentHash, normaliseProduct } from './domain/normalise-product.ts'
import { indexProducts } from './index-products.ts'
import { selectCategories } from './queries/categories.ts'
import { lockProductsNamed, type LockedProduct } from './queries/locks.ts'
import { selectVariantKeys, type VariantKey } from './queries/write-product.ts'
import { lostRace, storeProducts, type PlannedProduct } from './store-products.ts'

/** One product to write. Without `expect`, its handle says whether it is created or replaced. */
export type ProductWrite = {
  input: ProductInput
  expect?: { kind: 'new' } | { kind: 'existing'; productId: string; revision?: number | undefined }
}

export type WrittenProduct = {
  handle: string
  productId: string
  outcome: 'created' | 'updated' | 'unchanged'
  /** SKU → variant id, of the variants given. */
  variantIds: Record<string, string>
}

/** A product that was not written, and why; the others of its batch are not held up by it. */
export type RefusedProduct = { handle: string; refused: ErrorCode; details: ErrorDetails<ErrorCode> }

/**
 * Writes products, all or none: creates those whose handle is new, replaces the others; the same again changes nothing.
 * Variants keep their identity by SKU; those no longer given are archived. Prices are not written here.
 * Set-based: some hundred products at once cost a handful of statements.
 *
 * @throws catalog.handle_taken, sku_taken, gtin_taken, unknown_category, option_mismatch, changed_meanwhile,
 *   product_not_found; channels.not_found
 */
export async function writeProducts(ctx: Ctx, tx: Tx, inputs: readonly ProductInput[]): Promise<WrittenProduct[]> {
  return allWritten(
    await writeEach(
      ctx,
      tx,
      inputs.map((input) => ({ input })),
    ),
  )
}

/** Like `writeProducts`, but a product that is refused does not stop the others: for imports. */
export async function writeProductsEach(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly ProductInput[],
): Promise<(WrittenProduct | RefusedProduct)[]> {
  return writeEach(
    ctx,
    tx,
    inputs.map((input) => ({ input })),
  )
}

/** Writes one product that must be new, or must exist at a revision. Throws like `writeProducts`. */
export async function writeProduct(ctx: Ctx, tx: Tx, write: ProductWrite): Promise<WrittenProduct> {
  const [written] = allWritten(await writeEach(ctx, tx, [write]))
  assert(written, 'one product in, one out')
  return written
}

function allWritten(results: readonly (WrittenProduct | RefusedProduct)[]): WrittenProduct[] {
  return results.map((result) => {
    if ('refused' in result) throw new Refusal(result.refused, result.details)
    return result
  })
}

/** More at once would only make statements too large to be sent in one go. */
const batchSize = 500

async function writeEach(
  ctx: Ctx,
  tx: Tx,
  writes: readonly ProductWrite[],
): Promise<(WrittenProduct | RefusedProduct)[]> {
  const results: (WrittenProduct | RefusedProduct)[] = []
  for (let start = 0; start < writes.length; start += batchSize)
    results.push(...(await writeBatch(ctx, tx, writes.slice(start, start + batchSize))))
  return results
}

async function writeBatch(
  ctx: Ctx,
  tx: Tx,
  writes: readonly ProductWrite[],
): Promise<(WrittenProduct | RefusedProduct)[]> {
  const known = await readKnown(tx, writes)
  const plans = planAll(ctx, writes, known)
  const changed = plans.filter((plan): plan is PlannedProduct => !('refused' in plan) && plan.outcome !== 'unchanged')
  if (changed.length > 0) {
    try {
      await storeProducts(tx, changed, ctx.clock.now())
    } catch (error) {
      throw sqlState(error) === '23505' ? lostRace(error) : error
    }
    await indexProducts(
      tx,
      changed.map((plan) => plan.productId),
    )
    await publish(
      tx,
      ctx,
      changed.map(({ productId, product, outcome }) => ({
        type: 'catalog.product_changed',
        version: 1,
        aggregateId: productId,
        payload: { productId, handle: product.handle, outcome },
      })),
    )
  }
  return plans.map((plan) => {
    if ('refused' in plan) return plan
    return {
      handle: plan.product.handle,
      productId: plan.productId,
      outcome: plan.outcome,
      variantIds: plan.variantIds,
    }
  })
}

/** What the database knows of the products to write. */
type Known = {
  byHandle: Map<string, LockedProduct>
  byId: Map<string, LockedProduct>
  variants: readonly VariantKey[]
  categories: Map<string, string>
  channels: Map<string, string>
}

async function readKnown(tx: Tx, writes: readonly ProductWrite[]): Promise<Known> {
  const ids = writes.flatMap(({ expect }) => (expect?.kind === 'existing' ? [expect.productId] : []))
  const products = await lockProductsNamed(
    tx,
    writes.map(({ input }) => input.handle),
    ids,
  )
  const given = writes.flatMap(({ input }) => input.variants)
  const variants = await selectVariantKeys(
    tx,
    products.map((product) => product.id),
    given.map((variant) => variant.sku),
    given.flatMap((variant) => variant.gtin ?? []),
  )
  return {
    byHandle: new Map(products.map((product) => [product.handle, product])),
    byId: new Map(products.map((product) => [product.id, product])),
    variants,
    categories: new Map((await selectCategories(tx)).map((category) => [category.code, category.id])),
    channels: new Map((await listChannels(tx)).map((channel) => [channel.code, channel.id])),
  }
}

function planAll(ctx: Ctx, writes: readonly ProductWrite[], known: Known): (PlannedProduct | RefusedProduct)[] {
  const taken = { handle: new Set<string>(), sku: new Map<string, VariantKey>(), gtin: new Map<string, VariantKey>() }
  const variantsOf = new Map<string, VariantKey[]>()
  for (const variant of known.variants) {
    taken.sku.set(variant.sku, variant)
    if (variant.gtin !== null) taken.gtin.set(variant.gtin, variant)
    variantsOf.set(variant.product_id, [...(variantsOf.get(variant.product_id) ?? []), variant])
  }
  return writes.map((write) => {
    const plan = planOne(ctx, write, known, variantsOf, taken)
    if ('refused' in plan) return plan
    taken.handle.add(plan.product.handle)
    for (const { sku, gtin } of plan.product.variants) {
      const key = { id: plan.variantIds[sku] ?? '', product_id: plan.productId, sku, gtin, archived: false }
      taken.sku.set(sku, key)
      if (gtin !== null) taken.gtin.set(gtin, key)
    }
    return plan
  })
}

type Taken = { handle: Set<string>; sku: Map<string, VariantKey>; gtin: Map<string, VariantKey> }

function planOne(
  ctx: Ctx,
  { input, expect }: ProductWrite,
  known: Known,
  variantsOf: ReadonlyMap<string, readonly VariantKey[]>,
  taken: Taken,
): PlannedProduct | RefusedProduct {
  const no = <C extends ErrorCode>(refused: C, details: ErrorDetails<C>): RefusedProduct => ({
    handle: input.handle,
    refused,
    details,
  })
  const existing = expect?.kind === 'existing' ? known.byId.get(expect.productId) : known.byHandle.get(input.handle)
  if (expect?.kind === 'existing') {
    if (!existing) return no('catalog.product_not_found', {})
    if (expect.revision !== undefined && expect.revision !== existing.revision)
      return no('catalog.changed_meanwhile', { revision: existing.revision })
  }
  const holder = known.byHandle.get(input.handle)
  if ((holder && (expect?.kind === 'new' || holder !== existing)) || taken.handle.has(input.handle))
    return no('catalog.handle_taken', { handle: input.handle })

  const product = normaliseProduct(input)
  const misfit = misfitVariant(product)
  if (misfit !== null) return no('catalog.option_mismatch', { sku: misfit })
  const unknownCategory = product.categoryCodes.find((code) => !known.categories.has(code))
  if (unknownCategory !== undefined) return no('catalog.unknown_category', { code: unknownCategory })
  const unknownChannel = product.publications.find(({ channelCode }) => !known.channels.has(channelCode))
  if (unknownChannel) return no('channels.not_found', { code: unknownChannel.channelCode })

  const productId = existing?.id ?? ctx.ids.next()
  for (const { sku, gtin } of product.variants) {
    if ((taken.sku.get(sku)?.product_id ?? productId) !== productId) return no('catalog.sku_taken', { sku })
    if (gtin !== null && (taken.gtin.get(gtin)?.product_id ?? productId) !== productId)
      return no('catalog.gtin_taken', { gtin })
  }
  const own = new Map((variantsOf.get(productId) ?? []).map((variant) => [variant.sku, variant]))
  const hash = contentHash(product)
  return {
    productId,
    product,
    contentHash: hash,
    outcome: !existing ? 'created' : existing.content_hash.equals(hash) ? 'unchanged' : 'updated',
    categoryIds: product.categoryCodes.map((code) => known.categories.get(code) ?? ''),
    channelIds: product.publications.map(({ channelCode }) => known.channels.get(channelCode) ?? ''),
    variantIds: Object.fromEntries(product.variants.map(({ sku }) => [sku, own.get(sku)?.id ?? ctx.ids.next()])),
    losesGtin: losers(product, own),
  }
}

/** Variants whose GTIN goes or changes: it may be about to pass to another variant of the product. */
function losers(product: ProductInput, own: ReadonlyMap<string, VariantKey>): string[] {
  const after = new Map(product.variants.map((variant) => [variant.sku, variant.gtin]))
  return [...own.values()].flatMap(({ id, sku, gtin }) => (gtin !== null && after.get(sku) !== gtin ? [id] : []))
}
