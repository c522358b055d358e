import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { sourceLines, type RecordedSourcing } from '../../inventory/public.ts'
import type { DeliveryTerms, ReadModel, SellingChannel } from '../../offers/public.ts'
import { deliveryFee } from '../../pricing/public.ts'
import { letGoAt, promiseDates } from '../promise-dates.ts'
import type { OrderRow } from '../queries/orders.ts'
import { deliveryAddress, linesFor, outOfStock, shelvesOf, type LineToSource } from '../source-purchase.ts'
import type { ChosenWindow } from '../window-desk.ts'
import type { Changeable } from './changeable.ts'
import type { ChangeDeps, ChangeInput, KeptLine, PlannedDelivery } from './plan.ts'
import { availableWithOwn, placeOf, toSource, type Wanted } from './source-anew.ts'

type Way = NonNullable<ChangeInput['delivery']>

/**
 * Plans another way to the buyer, with everything of the order: where the goods come from then, when it is there and what it costs. What
 * the order has at a place already counts as free for it.
 * @throws orders.delivery_not_offered, orders.out_of_stock, fulfillment.window_*
 */
export async function planDelivery(
  { model, windows }: ChangeDeps,
  ctx: Ctx,
  of: {
    order: OrderRow
    changeable: Changeable
    channel: SellingChannel
    asked: Way
    kept: readonly KeptLine[]
    sold: readonly Wanted[]
  },
): Promise<{ planned: PlannedDelivery; window: ChosenWindow | null; places: (variantId: string) => string }> {
  const { order, channel, asked } = of
  const terms = channel.deliveryTerms.get(asked.method)
  const offered = asked.method === 'delivery' || channel.pickupSiteIds.has(asked.siteId)
  if (!terms || !offered) throw refuse('orders.delivery_not_offered')
  const window =
    asked.method === 'delivery' && asked.windowId !== undefined
      ? await windows.find(ctx, { windowId: asked.windowId, postalCode: asked.address.postalCode })
      : null
  const wanted = wantedOf(of.kept, of.sold)
  const { placeIds, recorded } = placesFor(ctx, model, of, wanted, window)
  const dates = window
    ? { promisedAt: window.startsAt, latestAt: window.endsAt }
    : promiseDates(model, terms, asked, letGoAt(model, placeIds, ctx.clock.now()))
  const planned: PlannedDelivery = {
    method: asked.method,
    siteId: asked.method === 'pickup' ? asked.siteId : null,
    address: asked.method === 'delivery' ? asked.address : null,
    pickupCode: asked.method === 'pickup' ? (order.pickup_code ?? ctx.ids.code(6)) : null,
    promisedAt: dates.promisedAt?.toISOString() ?? null,
    latestAt: dates.latestAt?.toISOString() ?? null,
    ...feeOf(terms, window, of),
    // The place in the window is written down when the change is made.
    window: window ? { poolId: window.id, promiseId: '' } : null,
    sourcing: recorded,
  }
  return { planned, window, places: placeOf(wanted, placeIds) }
}

/** Each article once, with all its units. */
function wantedOf(kept: readonly KeptLine[], sold: readonly Wanted[]): LineToSource[] {
  const all = new Map<string, LineToSource>()
  const add = (one: LineToSource): void => {
    const before = all.get(one.variantId)
    all.set(one.variantId, { ...one, quantity: one.quantity + (before?.quantity ?? 0) })
  }
  for (const { line, quantity } of kept)
    add({
      variantId: line.variant_id,
      quantity,
      unitPriceMinor: line.unit_price_minor,
      vatBasisPoints: line.vat_basis_points,
    })
  for (const one of sold) add(toSource(one))
  return [...all.values()]
}

/** @throws orders.out_of_stock */
function placesFor(
  ctx: Ctx,
  model: ReadModel,
  { changeable, channel, asked }: { changeable: Changeable; channel: SellingChannel; asked: Way },
  wanted: readonly LineToSource[],
  window: ChosenWindow | null,
): { placeIds: readonly string[]; recorded: RecordedSourcing | null } {
  const available = availableWithOwn(model, channel, changeable.lines)
  if (asked.method === 'delivery' && !window) {
    const desk = model.sourcing()
    const address = deliveryAddress(channel, asked.address)
    const chosen = desk.choose(linesFor(desk, wanted), address, available, ctx.clock.now().getTime())
    if (chosen) return chosen
    const alone = wanted.find((one) => !model.places().some(({ id }) => available(one.variantId, id) >= one.quantity))
    throw outOfStock(available, (alone ?? wanted[0])?.variantId ?? '', model.places())
  }
  const places = window
    ? model.places().filter(({ id }) => id === window.placeId)
    : shelvesOf(model, asked.method === 'pickup' ? asked.siteId : '')
  const sourced = sourceLines(wanted, places, available)
  if ('placeIds' in sourced) return { placeIds: sourced.placeIds, recorded: null }
  throw outOfStock(available, sourced.missing.variantId, places)
}

/**
 * The window's own price, or what the channel asks for goods of that value; what of it is more than the latter, and what is spared by
 * what was given with the order, which stays given wherever it goes. Minor units.
 */
function feeOf(
  terms: DeliveryTerms,
  window: ChosenWindow | null,
  { order, kept, sold }: { order: OrderRow; kept: readonly KeptLine[]; sold: readonly Wanted[] },
): { feeMinor: number; surchargeMinor?: number; sparedMinor?: number } {
  const goods = kept.reduce((sum, { line, quantity }) => sum + line.unit_price_minor * BigInt(quantity), 0n)
  const worth = sold.reduce((sum, { sellable, quantity }) => sum + sellable.unitPriceMinor * BigInt(quantity), goods)
  const usualMinor = Number(deliveryFee(terms, worth))
  const given = terms.method === 'delivery' && order.delivery_favour != null
  const standardMinor = given ? 0 : usualMinor
  if (window?.feeMinor == null) return { feeMinor: standardMinor, sparedMinor: usualMinor - standardMinor }
  const feeMinor = Number(window.feeMinor)
  return { feeMinor, surchargeMinor: Math.max(0, feeMinor - standardMinor) }
}
