import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import type { ReadModel } from '../offers/public.ts'
import { deliveryFee } from '../pricing/public.ts'
import { selectCart, selectCartLines } from './queries/carts.ts'
import { usualWeightGrams } from './sell-in-window.ts'

/** What a cart weighs and where it could leave from: what a delivery window is offered by. */
export type CartGoods = {
  readonly weightGrams: number
  readonly pieces: number
  /** What the channel asks for a delivery. */
  readonly feeMinor: bigint
  /** Whether a place of stock has all of it. */
  isAt(placeId: string): boolean
}

/**
 * Weighs a cart as its channel sells it now.
 * @throws orders.cart_not_found, orders.delivery_not_offered
 */
export async function weighCart(ctx: Ctx, model: ReadModel, cartId: string): Promise<CartGoods> {
  const cart = await selectCart(ctx.db, cartId)
  const channel = cart && model.channel(cart.channel_code)
  if (!cart || !channel) throw refuse('orders.cart_not_found')
  const terms = channel.deliveryTerms.get('delivery')
  if (!terms) throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const lines = (await selectCartLines(ctx.db, cartId)).flatMap(({ variantId, quantity }) => {
    const sellable = model.sellable(cart.channel_code, variantId, now)
    return sellable ? [{ sellable, quantity }] : []
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
    isAt: (placeId) =>
      lines.every(({ sellable, quantity }) => model.availableTo(channel, sellable.variantId, placeId) >= quantity),
  }
}
