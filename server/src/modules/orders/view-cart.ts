import type { Cart, DeliveryOption } from '@ecluse/contracts/carts.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { Refusal, refuse } from '../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../kernel/money.ts'
import { sourceLines } from '../inventory/public.ts'
import {
  deliveryOf,
  ruleFor,
  soldAhead,
  unitsAhead,
  type SoldAhead,
  type DeliveryTerms,
  type ReadModel,
  type SellingChannel,
} from '../offers/public.ts'
import { deliveryFee } from '../pricing/public.ts'
import { downloadWording } from './downloads/wording.ts'
import { leavingAt } from './advance/draft-ahead.ts'
import { sourceWithAhead } from './advance/source-ahead.ts'
import type { WantedLine } from './price-purchase.ts'
import { letGoAt, promiseDates } from './promise-dates.ts'
import { deliveryAddress, linesFor, shelvesOf } from './source-purchase.ts'
import { keptTermsOf } from './continue-document.ts'
import { favoured, type Buyer, type FavourDesk } from './favours.ts'
import { channelFor, modelFor } from './kept-model.ts'
import { selectCart, selectCartLines, type CartRow, type KeptLine } from './queries/carts.ts'

/**
 * A cart as it stands now: what each line costs and whether it can be promised, and every way it can reach its buyer.
 * @param favours what recognition gives; left out where nobody is signed in
 * @param buyer whom it is for, when it is not whoever asks
 * @throws orders.cart_not_found
 */
export async function viewCart(
  ctx: Ctx,
  db: Queryable,
  everyone: ReadModel,
  cartId: string,
  favours?: FavourDesk,
  buyer?: Buyer,
): Promise<Cart> {
  const cart = await selectCart(db, cartId)
  if (!cart) throw refuse('orders.cart_not_found')
  const selling = everyone.channel(cart.channel_code)
  if (!selling) throw refuse('channels.not_found', { code: cart.channel_code })
  const wanted = await selectCartLines(db, cartId)
  const fee = cart.fee_method && cart.fee_minor !== null ? { method: cart.fee_method, feeMinor: cart.fee_minor } : null
  const kept = keptTermsOf({ quote: cart.quote_revision, fee, lines: wanted }, ctx.clock.now())
  const model = modelFor(everyone, wanted, kept)
  const favour = (await favours?.freeDelivery(ctx, buyer)) ?? null
  const usual = selling.deliveryTerms.get('delivery')
  const channel = channelFor(favoured(selling, favour), fee)
  const seen = wanted.map((line) => viewLine(ctx, model, channel, line))
  const closed = seen.some(({ opening }) => opening !== null)
  const open = closed && ((await favours?.mayBuyEarly(ctx, buyer)) ?? false)
  const lines = seen.map((line) => (line.opening ? { ...line, opening: { ...line.opening, open } } : line))
  const sold = lines.filter((line) => line.sold)
  const subtotalMinor = sold.reduce((sum, line) => sum + BigInt(line.lineTotal.amountMinor), 0n)
  const vatMinor = sold.reduce((sum, line) => sum + line.vatMinor, 0n)
  // Of what was agreed upon, or is free for everybody, nobody is spared anything.
  const spared = !fee && usual !== undefined && deliveryFee(usual, subtotalMinor) > 0n
  const buyable = wanted.filter((_, index) => lines[index]?.sold)
  return {
    id: cart.id,
    channelCode: cart.channel_code,
    lines: lines.map(({ vatMinor: _, ...line }) => line),
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal: toMoney(subtotalMinor),
    vatIncluded: toMoney(vatMinor),
    deliveryOptions: waysOfCart(ctx, model, channel, buyable, sold).map((option) =>
      option.method === 'delivery' && spared ? { ...option, favour } : option,
    ),
    quote: quoteOf(cart, ctx.clock.now()),
    downloadWording: lines.some(({ download }) => download) ? downloadWording(ctx) : null,
    updatedAt: cart.updated_at.toISOString(),
  }
}

function quoteOf({ quote_revision, quote_number, valid_until, closed }: CartRow, now: Date): Cart['quote'] {
  if (quote_revision === null || valid_until === null) return null
  return {
    number: quote_number ?? '',
    revision: quote_revision,
    open: !closed && valid_until > now,
    validUntil: valid_until.toISOString(),
  }
}

function viewLine(ctx: Ctx, model: ReadModel, channel: SellingChannel, line: KeptLine) {
  const { variantId, quantity, keptUntil, holdUntil } = line
  const sellable = model.sellable(channel.code, variantId, ctx.clock.now())
  const available = model
    .places()
    .reduce((sum, place) => sum + Math.max(0, model.availableTo(channel, variantId, place.id)), 0)
  const unit = sellable?.unitPriceMinor ?? 0n
  const total = unit * BigInt(quantity)
  return {
    variantId,
    productId: sellable?.productId ?? null,
    handle: sellable?.handle ?? '',
    name: sellable ? sellable.name[ctx.locale] || sellable.name.fr : '',
    variantLabel: sellable?.label[ctx.locale] ?? '',
    sku: sellable?.sku ?? '',
    imageUrl: sellable?.imageUrl ?? null,
    quantity,
    unitPrice: toMoney(unit),
    lineTotal: toMoney(total),
    ...promisable(ctx, model, channel, line, available),
    sold: sellable !== undefined,
    opening: sellable?.opensAt ? { at: sellable.opensAt.toISOString(), open: false } : null,
    priceKeptUntil: keptUntil !== null && keptUntil > ctx.clock.now() ? keptUntil.toISOString() : null,
    heldUntil: holdUntil?.toISOString() ?? null,
    vatRateBasisPoints: sellable?.vatBasisPoints ?? 0,
    download: model.isDownload(variantId),
    withdrawalException: sellable?.withdrawalException ?? null,
    vatMinor: vatIncludedIn(total, sellable?.vatBasisPoints ?? 0),
  }
}

/** How many can be had: what is there, or what is sold before it is there when that is not enough. */
function promisable(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  { variantId, quantity }: KeptLine,
  available: number,
): Pick<Cart['lines'][number], 'available' | 'ahead'> {
  const now = ctx.clock.now()
  const rule = ruleFor(channel, variantId, now, () => available >= quantity)
  if (!rule) return { available, ahead: null }
  const sold = soldAhead(model, channel, deliveryOf(model, rule), rule, { variantId, quantity }, now)
  const orderable = unitsAhead(model, channel, rule, variantId, now)
  const ahead = sold ? { kind: sold.kind, shipsOn: sold.shipsOn } : null
  return { available: rule.kind === 'pre_order' ? orderable : Math.max(available, orderable), ahead }
}

/** How the goods of a cart can reach their buyer; files alone reach them in one way only. */
function waysOfCart(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  buyable: readonly WantedLine[],
  sold: readonly Pick<Cart['lines'][number], 'download' | 'lineTotal'>[],
): DeliveryOption[] {
  const goods = buyable.filter((line) => !model.isDownload(line.variantId))
  const goodsMinor = sold.reduce((sum, line) => sum + (line.download ? 0n : BigInt(line.lineTotal.amountMinor)), 0n)
  if (goods.length > 0) return deliveryOptions(ctx, model, channel, goods, goodsMinor)
  const download = channel.deliveryTerms.get('download')
  return buyable.length > 0 && download ? [downloadOption(model, channel, download, buyable)] : []
}

function downloadOption(
  model: ReadModel,
  channel: SellingChannel,
  terms: DeliveryTerms,
  lines: readonly WantedLine[],
): DeliveryOption {
  const places = model.places().filter((place) => place.downloads)
  const missing = lines
    .filter((line) => !places.some(({ id }) => model.availableTo(channel, line.variantId, id) >= line.quantity))
    .map((line) => line.variantId)
  return {
    method: 'download',
    siteId: null,
    siteName: null,
    fee: toMoney(terms.feeMinor),
    favour: null,
    possible: missing.length === 0,
    promisedAt: null,
    latestAt: null,
    missing,
  }
}

/** Delivery first, then the shops in the order of their names. */
function deliveryOptions(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  lines: readonly WantedLine[],
  subtotalMinor: bigint,
): DeliveryOption[] {
  const options: DeliveryOption[] = []
  const delivery = channel.deliveryTerms.get('delivery')
  if (delivery) options.push(optionOf(ctx, model, channel, delivery, lines, subtotalMinor, undefined))
  const pickup = channel.deliveryTerms.get('pickup')
  if (pickup)
    for (const siteId of channel.pickupSiteIds)
      options.push(optionOf(ctx, model, channel, pickup, lines, subtotalMinor, siteId))
  return options.sort((a, b) => rank(a) - rank(b) || (a.siteName ?? '').localeCompare(b.siteName ?? '', 'fr'))
}

function rank(option: DeliveryOption): number {
  return option.method === 'delivery' ? 0 : option.possible ? 1 : 2
}

/**
 * Whether lines could be promised, by the rule that decides when they are bought. Nobody has said yet where parcels go.
 * @param siteId the shop they are picked up in; undefined: delivered
 */
export function servedBy(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  siteId: string | undefined,
): (lines: readonly WantedLine[]) => Served | null {
  const available = (variantId: string, placeId: string): number => model.availableTo(channel, variantId, placeId)
  if (siteId !== undefined) {
    const shelves = shelvesOf(model, siteId)
    const fromShelves = (lines: readonly WantedLine[]) => {
      const sourced = sourceLines(lines, shelves, available)
      if ('placeIds' in sourced) return sourced
      throw refuse('orders.out_of_stock', { variantId: sourced.missing.variantId, available: 0 })
    }
    return whetherServed(ctx, model, channel, { method: 'pickup', siteId }, fromShelves)
  }
  const now = ctx.clock.now()
  const desk = model.sourcing()
  const address = deliveryAddress(channel, { postalCode: '' })
  const byParcel = (lines: readonly WantedLine[]) => {
    const priced = lines.flatMap((line) => {
      const sellable = model.sellable(channel.code, line.variantId, now)
      return sellable ? [{ ...sellable, quantity: line.quantity }] : []
    })
    const chosen = desk.choose(linesFor(desk, priced), address, available, now.getTime())
    if (chosen) return chosen
    throw refuse('orders.out_of_stock', { variantId: lines[0]?.variantId ?? '', available: 0 })
  }
  return whetherServed(ctx, model, channel, { method: 'delivery' }, byParcel)
}

/** From where lines would come, and what of them is sold before it is there. */
type Served = { readonly placeIds: readonly string[]; readonly ahead: ReadonlyMap<string, SoldAhead> }

/** How lines can be had from what is there, or be sold before; null when they cannot. */
function whetherServed(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  delivery: Pick<DeliveryOption, 'method'> & { siteId?: string },
  choose: (lines: readonly WantedLine[]) => { readonly placeIds: readonly string[] },
): (lines: readonly WantedLine[]) => Served | null {
  return (lines) => {
    try {
      if (channel.advance) return sourceWithAhead(model, channel, delivery, lines, ctx.clock.now(), choose)
      return { placeIds: choose(lines).placeIds, ahead: new Map() }
    } catch (error) {
      if (error instanceof Refusal) return null
      throw error
    }
  }
}

/** When lines served so leave: now, on the day they come, or when their supplier lets go of them. */
export function leavesServed(model: ReadModel, served: Served | null, lines: number, now: Date): Date {
  return served ? letGoAt(model, served.placeIds, leavingAt(served.ahead, lines, now)) : now
}

function optionOf(
  ctx: Ctx,
  model: ReadModel,
  channel: SellingChannel,
  terms: DeliveryTerms,
  lines: readonly WantedLine[],
  subtotalMinor: bigint,
  siteId: string | undefined,
): DeliveryOption {
  const delivery = siteId === undefined ? { method: 'delivery' as const } : { method: 'pickup' as const, siteId }
  const served = servedBy(ctx, model, channel, siteId)
  const canServe = (some: readonly WantedLine[]): boolean => served(some) !== null
  const missing = lines.filter((line) => !canServe([line])).map((line) => line.variantId)
  const possible = missing.length === 0 && canServe(lines)
  const leaves = leavesServed(model, served(lines), lines.length, ctx.clock.now())
  const dates = possible ? promiseDates(model, terms, delivery, leaves) : { promisedAt: null, latestAt: null }
  assert(terms.method === delivery.method, 'the terms are those of the method')
  return {
    method: terms.method,
    siteId: siteId ?? null,
    siteName: siteId === undefined ? null : (model.site(siteId)?.name ?? null),
    fee: toMoney(deliveryFee(terms, subtotalMinor)),
    favour: null,
    possible,
    promisedAt: dates.promisedAt?.toISOString() ?? null,
    latestAt: dates.latestAt?.toISOString() ?? null,
    missing,
  }
}
