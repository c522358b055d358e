import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel } from '../../offers/public.ts'
import { deliveryFee } from '../../pricing/public.ts'
import { channelCodeOf } from '../queries/list.ts'
import { selectOrder, selectOrderLines } from '../queries/orders.ts'
import { usualWeightGrams } from '../sell-in-window.ts'
import type { CartGoods } from '../weigh-cart.ts'
import { changerOf } from './changeable.ts'
import { availableWithOwn } from './source-anew.ts'

/**
 * Weighs what is left of an order, for who may change it; what it has at a place already counts as being there for it.
 * @throws orders.not_found, orders.delivery_not_offered, access.wrong_site
 */
export async function weighOrder(
  ctx: Ctx,
  model: ReadModel,
  orderId: string,
  token: string | undefined,
): Promise<CartGoods> {
  const order = await selectOrder(ctx.db, orderId)
  changerOf(ctx, order, token)
  const channel = order && model.channel(await channelCodeOf(ctx.db, order.channel_id))
  const terms = channel?.deliveryTerms.get('delivery')
  if (!channel || !terms) throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const lines = (await selectOrderLines(ctx.db, [orderId])).filter(({ exception }) => exception !== 'cancelled')
  const available = availableWithOwn(model, channel, lines)
  const grams = (variantId: string): number =>
    model.sellable(channel.code, variantId, now)?.weightGrams ?? usualWeightGrams
  return {
    weightGrams: lines.reduce((sum, line) => sum + grams(line.variant_id) * line.quantity, 0),
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    feeMinor: order.delivery_favour
      ? 0n
      : deliveryFee(
          terms,
          lines.reduce((sum, line) => sum + line.line_total_minor, 0n),
        ),
    isAt: (placeId) => lines.every((line) => available(line.variant_id, placeId) >= line.quantity),
  }
}
