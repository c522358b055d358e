import { sourceLines } from '../../inventory/public.ts'
import type { ReadModel, Sellable, SellingChannel } from '../../offers/public.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import { deliveryAddress, linesFor, outOfStock, shelvesOf, type LineToSource } from '../source-purchase.ts'

/** An article that is to come from somewhere, and how it is sold now. */
export type Wanted = { readonly variantId: string; readonly quantity: number; readonly sellable: Sellable }

/** What can be taken at a place: what is free there, and what the order itself has there already. */
export function availableWithOwn(model: ReadModel, channel: SellingChannel, lines: readonly OrderLineRow[]) {
  return (variantId: string, placeId: string): number =>
    model.availableTo(channel, variantId, placeId) +
    lines
      .filter((line) => line.variant_id === variantId && line.place_id === placeId && line.exception === null)
      .reduce((sum, line) => sum + line.quantity, 0)
}

/**
 * Where articles come from that are added to an order which goes the way it went: from the places that prepare it already, if they
 * have them; else, for a parcel, by the rules.
 * @returns the place of each article
 * @throws orders.out_of_stock
 */
export function sourceAnew(
  model: ReadModel,
  channel: SellingChannel,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  wanted: readonly Wanted[],
  { now, inWindow }: { now: Date; inWindow: boolean },
): (variantId: string) => string {
  if (wanted.length === 0) return () => ''
  const available = (variantId: string, placeId: string): number => model.availableTo(channel, variantId, placeId)
  const used = new Set(lines.map((line) => line.place_id))
  const near = order.site_id ? shelvesOf(model, order.site_id) : model.places().filter(({ id }) => used.has(id))
  const here = sourceLines(wanted, near, available)
  if ('placeIds' in here) return placeOf(wanted, here.placeIds)
  // A window is driven from its depot, a pick-up fetched from its shop.
  if (order.delivery_method !== 'delivery' || inWindow || !order.address)
    throw outOfStock(available, here.missing.variantId, near)
  const address = deliveryAddress(channel, order.address)
  const chosen = model
    .sourcing()
    .choose(linesFor(model.sourcing(), wanted.map(toSource)), address, available, now.getTime())
  if (!chosen) throw outOfStock(available, here.missing.variantId, model.places())
  return placeOf(wanted, chosen.placeIds)
}

/** The place of each article, by number. */
export function placeOf(
  wanted: readonly { variantId: string }[],
  placeIds: readonly string[],
): (variantId: string) => string {
  const places = new Map(wanted.map(({ variantId }, index) => [variantId, placeIds[index] ?? '']))
  return (variantId) => places.get(variantId) ?? ''
}

export const toSource = ({ variantId, quantity, sellable }: Wanted): LineToSource => ({
  variantId,
  quantity,
  unitPriceMinor: sellable.unitPriceMinor,
  vatBasisPoints: sellable.vatBasisPoints,
})
