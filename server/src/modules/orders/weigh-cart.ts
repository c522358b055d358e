import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { ruleFor, soldAhead, type ReadModel, type SellingChannel } from '../offers/public.ts'
import { deliveryFee } from '../pricing/public.ts'
import { favoured, type Buyer, type FavourDesk } from './favours.ts'
import { comesOn } from './advance/source-ahead.ts'
import { selectCart, selectCartLines } from './queries/carts.ts'
import { usualWeightGrams } from './sell-in-window.ts'

/** What a cart weighs and where it could leave from: what a delivery window is offered by. */
export type CartGoods = {
  readonly weightGrams: number
  readonly pieces: number
  /** What the channel asks for a delivery. */
  readonly feeMinor: bigint
  /** Whether a place of stock has all of it, or will have. */
  isAt(placeId: string): boolean
  /** The day on which a place has all of it, where some is sold ahead; null or absent: now. */
  readonly comesOn?: (placeId: string) => string | null
}

/**
 * Weighs a cart as its channel sells it now to whoever asks, or to a buyer whom staff name.
 * @throws orders.cart_not_found, orders.delivery_not_offered
 */
export async function weighCart(
  ctx: Ctx,
  { model, favours }: { readonly model: ReadModel; readonly favours: FavourDesk },
  { cartId, without = [], ...buyer }: Buyer & { cartId: string | undefined; without?: readonly string[] },
): Promise<CartGoods> {
  if (cartId === undefined) throw refuse('orders.cart_not_found')
  const cart = await selectCart(ctx.db, cartId)
  const selling = cart && model.channel(cart.channel_code)
  if (!cart || !selling) throw refuse('orders.cart_not_found')
  const channel = favoured(selling, await favours.freeDelivery(ctx, buyer))
  // What is picked up is not driven.
  const driven = (await selectCartLines(ctx.db, cartId)).filter(({ variantId }) => !without.includes(variantId))
  return weigh(model, channel, driven, ctx.clock.now())
}

/**
 * Weighs what is being written into a quote, as `{variantId}:{quantity}` each.
 * @throws channels.not_found, orders.delivery_not_offered
 */
export function weighGoods(ctx: Ctx, model: ReadModel, code: string, goods: readonly string[]): CartGoods {
  const channel = model.channel(code)
  if (!channel) throw refuse('channels.not_found', { code })
  const lines = goods.map((one) => {
    const [variantId = '', quantity = ''] = one.split(':')
    return { variantId, quantity: Number(quantity) }
  })
  return weigh(model, channel, lines, ctx.clock.now())
}

/** @throws orders.delivery_not_offered */
function weigh(
  model: ReadModel,
  channel: SellingChannel,
  asked: readonly { readonly variantId: string; readonly quantity: number }[],
  now: Date,
): CartGoods {
  const terms = channel.deliveryTerms.get('delivery')
  if (!terms) throw refuse('orders.delivery_not_offered')
  const lines = asked.flatMap(({ variantId, quantity }) => {
    const sellable = model.sellable(channel.code, variantId, now)
    // Files weigh nothing.
    return sellable && !sellable.download ? [{ sellable, quantity }] : []
  })
  const subtotalMinor = lines.reduce(
    (sum, { sellable, quantity }) => sum + sellable.unitPriceMinor * BigInt(quantity),
    0n,
  )
  return {
    weightGrams: lines.reduce(
      (sum, { sellable, quantity }) => sum + (sellable.weightGrams ?? usualWeightGrams) * quantity,
      0,
    ),
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    feeMinor: deliveryFee(terms, subtotalMinor),
    ...thereAt(model, channel, lines, now),
  }
}

/** From when a depot has all of what it is to deliver. */
function thereAt(
  model: ReadModel,
  channel: SellingChannel,
  lines: readonly { sellable: { variantId: string }; quantity: number }[],
  now: Date,
): Pick<CartGoods, 'isAt' | 'comesOn'> {
  const lacking = (placeId: string) =>
    lines.map(({ sellable: { variantId }, quantity }) => {
      const isThere = () => model.availableTo(channel, variantId, placeId) >= quantity
      const rule = ruleFor(channel, variantId, now, isThere)
      if (!rule) return isThere() ? null : 'never'
      return soldAhead(model, channel, { method: 'window', placeId }, rule, { variantId, quantity }, now) ?? 'never'
    })
  return {
    isAt: (placeId) => !lacking(placeId).includes('never'),
    comesOn: (placeId) => comesOn(lacking(placeId).filter((one) => one !== null && one !== 'never')),
  }
}
