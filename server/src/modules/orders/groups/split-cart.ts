import type { CartSplit } from '@ecluse/contracts/groups.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import { leavingAt } from '../advance/draft-ahead.ts'
import { keptTermsOf } from '../continue-document.ts'
import { pricePurchase } from '../price-purchase.ts'
import { promiseDates } from '../promise-dates.ts'
import { cartForOrder, selectCart } from '../queries/carts.ts'
import { servedBy } from '../view-cart.ts'
import { feesOf, groupOf, groupsOf, methodOf } from './mixed-sale.ts'

/** Nobody has said yet where the parcel goes: what it costs does not depend on it. */
const somewhere = { name: '-', street: '-', postalCode: '00000', locality: '-', country: 'FR' }

/**
 * What a cart comes to when some of its articles are picked up and the rest is delivered: each group with its carriage and its date,
 * and the total that buying it so will ask.
 * @throws orders.cart_not_found, orders.group_wrong, orders.delivery_not_offered, orders.not_sold
 */
export async function splitCart(
  ctx: Ctx,
  model: ReadModel,
  cartId: string,
  { siteId, variantIds }: { siteId: string; variantIds: readonly string[] },
): Promise<CartSplit> {
  const [head, cart] = await Promise.all([selectCart(ctx.db, cartId), cartForOrder(ctx.db, cartId)])
  if (!head || !cart) throw refuse('orders.cart_not_found')
  const channel = model.channel(head.channel_code)
  if (!channel?.pickupSiteIds.has(siteId)) throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const groups = groupsOf(
    { method: 'delivery', address: somewhere },
    [{ siteId, variantIds: [...variantIds] }],
    cart.lines.flatMap((line) => (model.isDownload(line.variantId) ? [line.variantId] : [])),
  )
  const priced = pricePurchase(
    model,
    channel,
    { delivery: { method: 'delivery', address: somewhere }, contact: { email: '-', name: '-', phone: null } },
    cart.lines,
    now,
    keptTermsOf(cart, now),
  )
  const fees = feesOf(groups, priced)
  const feeMinor = [...fees.values()].reduce((sum, fee) => sum + fee, 0n)
  return {
    total: toMoney(priced.subtotalMinor + feeMinor),
    fee: toMoney(feeMinor),
    groups: groups.map((group) => {
      const terms = channel.deliveryTerms.get(group.delivery.method) ?? priced.terms
      const inside = priced.lines
        .filter((line) => groupOf(groups, line.sellable.variantId) === group)
        .map((line) => ({ ...line, variantId: line.sellable.variantId }))
      const served = servedBy(ctx, model, channel, group.delivery.method === 'pickup' ? siteId : undefined)
      const leaves = leavingAt(served(inside) ?? new Map(), inside.length, now)
      const dates = promiseDates(model, terms, group.delivery, leaves)
      return {
        method: methodOf(group),
        siteId: group.delivery.method === 'pickup' ? group.delivery.siteId : null,
        siteName: group.delivery.method === 'pickup' ? (model.site(group.delivery.siteId)?.name ?? null) : null,
        variantIds: inside.map((line) => line.variantId),
        fee: toMoney(fees.get(group.no) ?? 0n),
        promisedAt: dates.promisedAt?.toISOString() ?? null,
        latestAt: dates.latestAt?.toISOString() ?? null,
        missing: inside.filter((line) => served([line]) === null).map((line) => line.variantId),
      }
    }),
  }
}
