import type { ProductSummary } from '@ecluse/contracts/catalog.ts'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ParsedOf, ResponseOf } from '@ecluse/contracts/endpoint.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import { toMoney } from '../../kernel/money.ts'
import { searchProducts } from '../catalog/public.ts'
import { priceInForce, publicList } from '../pricing/public.ts'
import { isPublished, type ModelProduct } from './domain/model.ts'
import type { OfferModel } from './read-model.ts'

type Ask = ParsedOf<typeof endpoints.listCatalogProducts>['query']
type Row = { product: ModelProduct; key: number | string }

/**
 * All products, published or not, for the back office: from the read model, so that prices and availability cost nothing.
 * @throws kernel.invalid_cursor
 */
export async function listCatalogProducts(
  ctx: Ctx,
  model: OfferModel,
  ask: Ask,
): Promise<ResponseOf<typeof endpoints.listCatalogProducts>> {
  const at = ctx.clock.now().getTime()
  const products = await productsFound(ctx, model, ask)
  const keyOf = keyFor(ask, model, at)
  const direction = ask.order === 'asc' ? 1 : -1
  const compare = (a: Row, b: Row): number =>
    direction * (a.key !== b.key ? (a.key < b.key ? -1 : 1) : a.product.id < b.product.id ? -1 : 1)
  const rows = products
    .filter(wantedBy(ask, model, at))
    .map((product): Row => ({ product, key: keyOf(product) }))
    .sort(compare)
  const after = positionIn(rows, ask, direction)
  const page = rows.slice(after, after + ask.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ product }) => summaryOf(product, ask, model, at)),
    nextCursor:
      last && rows.length > after + ask.limit ? encodeCursor([ask.sort, ask.order, last.key, last.product.id]) : null,
    total: rows.length,
  }
}

async function productsFound(ctx: Ctx, model: OfferModel, ask: Ask): Promise<ModelProduct[]> {
  if (!ask.q) return [...model.products()]
  const { locale, q } = ask
  return (await searchProducts(ctx.db, { locale, q, unfinished: true, pick: model.productById })).found
}

/** Whether a product is among those asked for; what all products share is looked up once. */
function wantedBy(ask: Ask, model: OfferModel, at: number): (product: ModelProduct) => boolean {
  const categories = ask.category === undefined ? null : model.descendants(ask.category)
  const channels = [...model.terms().channelIds]
  const ids = channels.flatMap(([id, code]) => (ask.channel === undefined || code === ask.channel ? id : []))
  const anyhow = ask.channel === undefined && ask.publication === undefined
  return (product) => {
    if (categories && !product.categoryCodes.some((code) => categories.has(code))) return false
    return anyhow || ids.some((id) => isPublished(product, id, at)) === (ask.publication !== 'unpublished')
  }
}

function keyFor({ sort, locale }: Ask, model: OfferModel, at: number): (product: ModelProduct) => number | string {
  switch (sort) {
    case 'name':
      return (product) => product.nameKey[locale].slice(0, 60)
    case 'updated':
      return (product) => product.updatedAt
    case 'price':
      return (product) => leastPrice(product, at) ?? -1
    case 'available':
      return (product) => availableOf(product, model)
  }
}

/** Where the page begins: after the row the cursor names, whether it is still there or not. */
function positionIn(rows: readonly Row[], ask: Ask, direction: 1 | -1): number {
  const key = ask.sort === 'name' ? cursorPatterns.text : cursorPatterns.integer
  const same = (value: string): RegExp => new RegExp(`^${value}$`)
  const parts = decodeCursor(ask.cursor, [same(ask.sort), same(ask.order), key, cursorPatterns.uuid])
  if (!parts) return 0
  const from = ask.sort === 'name' ? (parts[2] ?? '') : Number(parts[2])
  const id = parts[3] ?? ''
  const first = rows.findIndex(({ key: value, product }) =>
    value !== from
      ? (value < from ? -1 : 1) === direction
      : (product.id < id ? -1 : product.id > id ? 1 : 0) === direction,
  )
  return first === -1 ? rows.length : first
}

function summaryOf(product: ModelProduct, { locale }: Ask, model: OfferModel, at: number): ProductSummary {
  const price = leastPrice(product, at)
  const channels = model.terms().channelIds
  return {
    id: product.id,
    handle: product.handle,
    kind: product.kind,
    name: product.name[locale],
    brand: product.brand,
    imageUrl: product.imageUrl,
    variantCount: product.variants.length,
    priceFrom: price === null ? null : toMoney(BigInt(price)),
    available: availableOf(product, model),
    channelCodes: product.publications.flatMap(({ channelId }) =>
      isPublished(product, channelId, at) ? (channels.get(channelId) ?? []) : [],
    ),
    updatedAt: new Date(product.updatedAt).toISOString(),
  }
}

/** The least public price, minor units. */
function leastPrice(product: ModelProduct, at: number): number | null {
  let least: number | null = null
  for (const variant of product.variants) {
    const price = priceInForce([publicList], variant.prices, at)
    if (price && (least === null || Number(price.amountMinor) < least)) least = Number(price.amountMinor)
  }
  return least
}

/** Units over all places. */
function availableOf(product: ModelProduct, model: OfferModel): number {
  let sum = 0
  const { columns } = model.terms()
  for (const variant of product.variants) for (const column of columns) sum += Math.max(0, model.units(variant, column))
  return sum
}
