import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { ruleFor, soldAhead, type ReadModel, type SellingChannel } from '../offers/public.ts'
import { deliveryFee } from '../pricing/public.ts'
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
 * Weighs a cart as its channel sells it now.
 * @throws orders.cart_not_found, orders.delivery_not_offered
 */
export async function weighCart(
  ctx: Ctx,
  model: ReadModel,
  cartId: string | undefined,
  without: readonly string[] = [],
): Promise<CartGoods> {
  if (cartId === undefined) throw refuse('orders.cart_not_found')
  const cart = await selectCart(ctx.db, cartId)
  const channel = cart && model.channel(cart.channel_code)
  if (!cart || !channel) throw refuse('orders.cart_not_found')
  const terms = channel.deliveryTerms.get('delivery')
  if (!terms) throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const lines = (await selectCartLines(ctx.db, cartId)).flatMap(({ variantId, quantity }) => {
    const sellable = model.sellable(cart.channel_code, variantId, now)
    // Files weigh nothing, and what is picked up is not driven.
    return sellable && !sellable.download && !without.includes(variantId) ? [{ sellable, quantity }] : []
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
