import type { z } from 'zod'
import type { CartSplit, groupEndpoints } from '@ecluse/contracts/groups.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import { keptTermsOf } from '../continue-document.ts'
import { favoured } from '../favours.ts'
import type { PlacementDeps } from '../place-order.ts'
import { pricePurchase, type PricedPurchase } from '../price-purchase.ts'
import { promiseDates } from '../promise-dates.ts'
import { cartForOrder, selectCart } from '../queries/carts.ts'
import { leavesServed, servedBy } from '../view-cart.ts'
import { feesOf, groupOf, groupsOf, methodOf, type SaleGroup } from './mixed-sale.ts'

type Asked = z.output<typeof groupEndpoints.splitCart.query>
type Timed = {
  readonly timed: 'window' | 'drive'
  readonly from: Date
  readonly until: Date
  readonly feeMinor: bigint | null
}

/** Nobody has said yet where the parcel goes: what it costs does not depend on it. */
const somewhere = { name: '-', street: '-', postalCode: '00000', locality: '-', country: 'FR' }

/**
 * What a cart comes to when each article is received in its own way: each part with its carriage, its date and its time, and the total that
 * buying it so will ask.
 * @throws orders.cart_not_found, orders.group_wrong, orders.delivery_not_offered, orders.not_sold, fulfillment.window_*, fulfillment.slot_*
 */
export async function splitCart(deps: PlacementDeps, ctx: Ctx, cartId: string, asked: Asked): Promise<CartSplit> {
  const { model } = deps
  const [head, cart] = await Promise.all([selectCart(ctx.db, cartId), cartForOrder(ctx.db, cartId)])
  if (!head || !cart) throw refuse('orders.cart_not_found')
  const selling = model.channel(head.channel_code)
  const channel = selling && favoured(selling, await deps.favours.freeDelivery(ctx))
  const pickups = pickupsOf(asked.pick)
  if (!channel || pickups.some(({ siteId }) => !channel.pickupSiteIds.has(siteId)))
    throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const files = cart.lines.flatMap((line) => (model.isDownload(line.variantId) ? [line.variantId] : []))
  const groups = groupsOf({ method: 'delivery', address: somewhere }, pickups, files)
  const priced = pricePurchase(
    model,
    channel,
    { delivery: { method: 'delivery', address: somewhere }, contact: { email: '-', name: '-', phone: null } },
    cart.lines,
    now,
    keptTermsOf(cart, now),
  )
  const filled = groups.filter((group) => insideOf(groups, group, priced).length > 0)
  const times = await timesOf(deps, ctx, asked, filled)
  const usual = feesOf(filled, priced)
  const fees = new Map(filled.map(({ no }) => [no, times.get(no)?.feeMinor ?? usual.get(no) ?? 0n]))
  const feeMinor = [...fees.values()].reduce((sum, fee) => sum + fee, 0n)
  return {
    total: toMoney(priced.subtotalMinor + feeMinor),
    fee: toMoney(feeMinor),
    groups: filled.map((group) => ({
      ...viewPart(ctx, model, priced, group, insideOf(groups, group, priced)),
      ...timeOf(times.get(group.no)),
      fee: toMoney(fees.get(group.no) ?? 0n),
    })),
  }
}

/** `site.variant`, by shop. */
function pickupsOf(picks: readonly string[]): { siteId: string; variantIds: string[] }[] {
  const bySite = new Map<string, string[]>()
  for (const pick of picks) {
    const [siteId = '', variantId = ''] = pick.split('.')
    bySite.set(siteId, [...(bySite.get(siteId) ?? []), variantId])
  }
  return [...bySite].map(([siteId, variantIds]) => ({ siteId, variantIds }))
}

function insideOf(groups: readonly SaleGroup[], group: SaleGroup, { lines }: PricedPurchase) {
  return lines
    .filter((line) => groupOf(groups, line.sellable.variantId) === group)
    .map((line) => ({ ...line, variantId: line.sellable.variantId }))
}

/** The times that are asked for, by part; one asked for a part that is not there is left out. */
async function timesOf(
  { windows, slots }: PlacementDeps,
  ctx: Ctx,
  { windowId, postalCode, slot }: Asked,
  groups: readonly SaleGroup[],
): Promise<Map<number, Timed>> {
  const times = new Map<number, Timed>()
  if (windowId && groups.some(({ no }) => no === 0)) {
    const { startsAt: from, endsAt: until, feeMinor } = await windows.find(ctx, { windowId, postalCode })
    times.set(0, { timed: 'window', from, until, feeMinor })
  }
  const [siteId = '', slotId = ''] = slot?.split('.') ?? []
  const at = groups.find(({ delivery }) => delivery.method === 'pickup' && delivery.siteId === siteId)
  if (slot && at) {
    const { startsAt: from, endsAt: until } = await slots.find(ctx, { siteId, slotId })
    times.set(at.no, { timed: 'drive', from, until, feeMinor: null })
  }
  return times
}

function timeOf(time: Timed | undefined) {
  return time
    ? { timed: time.timed, promisedAt: time.from.toISOString(), latestAt: time.until.toISOString() }
    : { timed: null }
}

function viewPart(
  ctx: Ctx,
  model: ReadModel,
  { channel, terms: main }: PricedPurchase,
  group: SaleGroup,
  inside: ReturnType<typeof insideOf>,
) {
  const { delivery } = group
  const siteId = delivery.method === 'pickup' ? delivery.siteId : undefined
  const now = ctx.clock.now()
  const isFile = delivery.method === 'download'
  const served = servedBy(ctx, model, channel, siteId)
  const leaves = isFile ? now : leavesServed(model, served(inside), inside.length, now)
  const dates = promiseDates(model, channel.deliveryTerms.get(delivery.method) ?? main, delivery, leaves)
  return {
    method: methodOf(group),
    siteId: siteId ?? null,
    siteName: siteId === undefined ? null : (model.site(siteId)?.name ?? null),
    variantIds: inside.map((line) => line.variantId),
    promisedAt: dates.promisedAt?.toISOString() ?? null,
    latestAt: dates.latestAt?.toISOString() ?? null,
    missing: isFile ? [] : inside.filter((line) => served([line]) === null).map((line) => line.variantId),
  }
}
