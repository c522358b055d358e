import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { refuse } from '../../kernel/errors.ts'
import {
  sourceLines,
  unitMarginMinor,
  type DeliveryAddress,
  type DeliveryLine,
  type RecordedSourcing,
  type SourcingDesk,
} from '../inventory/public.ts'
import type { ReadModel, SellingChannel, SoldAhead, StockPlace } from '../offers/public.ts'

/** An article to be taken from somewhere, with what decides beside its number: what it earns. */
export type LineToSource = {
  readonly variantId: string
  readonly quantity: number
  readonly unitPriceMinor: bigint
  readonly vatBasisPoints: number
}

/** A place for each line, and what the choice was made from when rules made it. */
export type SourcedPurchase = {
  readonly placeIds: readonly string[]
  readonly recorded: RecordedSourcing | null
  /** What is sold before it is there, by article; undefined for most purchases. */
  readonly ahead?: ReadonlyMap<string, SoldAhead>
}

/** The shelves of a shop: a pick-up or a sale at the till is served from them alone. */
export function shelvesOf(model: ReadModel, siteId: string): StockPlace[] {
  return model.places().filter((place) => place.siteId === siteId && !place.downloads)
}

/**
 * Chooses a place for each line from what the read model knows; the guarded take has the last word. Parcels go by the rules
 * in force; who picks up or carries out has chosen the shop.
 * @throws orders.out_of_stock
 */
export function sourcePurchase(
  model: ReadModel,
  channel: SellingChannel,
  delivery: PlaceOrderBody['delivery'],
  lines: readonly LineToSource[],
  now: Date,
): SourcedPurchase {
  const available = (variantId: string, placeId: string): number => model.availableTo(channel, variantId, placeId)
  if (delivery.method !== 'delivery') {
    const places =
      delivery.method === 'download'
        ? model.places().filter((place) => place.downloads)
        : shelvesOf(model, delivery.siteId)
    const sourced = sourceLines(lines, places, available)
    if ('placeIds' in sourced) return { placeIds: sourced.placeIds, recorded: null }
    throw outOfStock(available, sourced.missing.variantId, places)
  }
  const desk = model.sourcing()
  const asked = linesFor(desk, lines)
  const address = deliveryAddress(channel, delivery.address)
  const chosen = desk.choose(asked, address, available, now.getTime())
  if (chosen) return chosen
  const alone = lines.find((_, index) => !desk.choose(asked.slice(index, index + 1), address, available, now.getTime()))
  throw outOfStock(available, (alone ?? lines[0])?.variantId ?? '', model.places())
}

/** Says how much of an article there is where it could be taken from. */
export function outOfStock(
  available: (variantId: string, placeId: string) => number,
  variantId: string,
  places: readonly Pick<StockPlace, 'id'>[],
) {
  const most = Math.max(0, ...places.map((place) => available(variantId, place.id)))
  return refuse('orders.out_of_stock', { variantId, available: most })
}

/** Where a parcel goes, and the shop that sells it, when a shop does. */
export function deliveryAddress(
  { medium, siteIds }: Pick<SellingChannel, 'medium' | 'siteIds'>,
  { postalCode, country }: { postalCode: string; country?: string | undefined },
): DeliveryAddress {
  const [only] = siteIds
  const sellerSiteId = medium === 'store' && siteIds.size === 1 ? (only ?? null) : null
  return { postalCode, country: country ?? 'FR', sellerSiteId }
}

/** The lines with what each unit earns. */
export function linesFor({ terms }: Pick<SourcingDesk, 'terms'>, lines: readonly LineToSource[]): DeliveryLine[] {
  return lines.map((line) => ({
    variantId: line.variantId,
    quantity: line.quantity,
    unitMarginMinor: unitMarginMinor(line.unitPriceMinor, line.vatBasisPoints, terms),
  }))
}
