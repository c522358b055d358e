import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { refuse } from '../../kernel/errors.ts'
import { sourceLines } from '../inventory/public.ts'
import type { ReadModel, StockPlace } from '../offers/public.ts'
import type { WantedLine } from './price-purchase.ts'

/** The places that may serve a delivery: the shop itself for a pick-up or a sale at the till, those that ship otherwise. */
export function eligiblePlaces(model: ReadModel, delivery: PlaceOrderBody['delivery']): StockPlace[] {
  if (delivery.method === 'delivery') return model.places().filter((place) => place.shipsParcels)
  return model.places().filter((place) => place.siteId === delivery.siteId)
}

/**
 * Chooses a place for each line from what the read model knows; the guarded take has the last word.
 * @throws orders.out_of_stock
 */
export function sourcePurchase(
  model: ReadModel,
  delivery: PlaceOrderBody['delivery'],
  lines: readonly WantedLine[],
): string[] {
  const places = eligiblePlaces(model, delivery)
  const sourced = sourceLines(lines, places, (variantId, placeId) => model.available(variantId, placeId))
  if ('placeIds' in sourced) return sourced.placeIds
  const { variantId } = sourced.missing
  const available = Math.max(0, ...places.map((place) => model.available(variantId, place.id)))
  throw refuse('orders.out_of_stock', { variantId, available })
}
