import type { Queryable } from '../../kernel/db.ts'
import { selectDeliveryFees, type DeliveryFee } from './queries/delivery-fees.ts'
import { selectChannelLists, selectPriceLists, type PriceList } from './queries/price-lists.ts'
import { selectPrices, type PriceRow } from './queries/prices.ts'

export { deliveryFee } from './domain/delivery-fee.ts'
export { priceInForce, resolvePrice, type PriceReason } from './domain/resolve-price.ts'
export { entryArea, listRulesFor } from './price-by-list.ts'
export { priceBreaks, ruleInForce, unitOf, type ListRule } from './domain/list-price.ts'
export { saveEntry, saveList } from './save-entries.ts'
export { putPriceList, setChannelPriceLists } from './put-price-list.ts'
export { setDeliveryFees } from './set-delivery-fees.ts'
export { publicList, setPrices } from './set-prices.ts'
export type { DeliveryFee } from './queries/delivery-fees.ts'
export type { PriceList } from './queries/price-lists.ts'
export type { PriceRow } from './queries/prices.ts'

/** Every price list. */
export async function listPriceLists(db: Queryable): Promise<PriceList[]> {
  return selectPriceLists(db)
}

/** The lists of the channels that were given some, each channel's in order. */
export async function loadChannelLists(db: Queryable): Promise<{ channelId: string; listId: string }[]> {
  return selectChannelLists(db)
}

/** Prices of these variants, in all lists. */
export async function loadPrices(db: Queryable, variantIds: readonly string[]): Promise<PriceRow[]> {
  return selectPrices(db, variantIds)
}

/** Ways of delivery of every channel, with what they cost. */
export async function loadDeliveryFees(db: Queryable): Promise<(DeliveryFee & { channelId: string })[]> {
  return selectDeliveryFees(db)
}
