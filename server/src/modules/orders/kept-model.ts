import type { ReadModel, SellingChannel } from '../offers/public.ts'
import { sellableAt, type KeptTerms } from './price-purchase.ts'
import type { KeptLine } from './queries/carts.ts'

/**
 * What is sold, as one cart sees it: its kept prices instead of the list's, and its own goods put aside as there to be had.
 * The model itself for an ordinary cart.
 */
export function modelFor(model: ReadModel, lines: readonly KeptLine[], kept: KeptTerms | undefined): ReadModel {
  const own = new Map(
    lines.flatMap((line) =>
      line.holdPlaceId === null ? [] : [[`${line.variantId} ${line.holdPlaceId}`, line.quantity] as const],
    ),
  )
  if (own.size === 0 && !kept) return model
  return {
    ...model,
    sellable: (channelCode, variantId, now) => sellableAt(model, channelCode, variantId, now, kept),
    available: (variantId, placeId) => model.available(variantId, placeId) + (own.get(`${variantId} ${placeId}`) ?? 0),
    availableTo: (channel, variantId, placeId) =>
      model.availableTo(channel, variantId, placeId) + (own.get(`${variantId} ${placeId}`) ?? 0),
  }
}

/** The channel with what carriage was agreed to cost. */
export function channelFor(channel: SellingChannel, fee: KeptTerms['fee']): SellingChannel {
  if (!fee) return channel
  const terms = [...channel.deliveryTerms].map(
    ([method, term]) =>
      [method, method === fee.method ? { ...term, feeMinor: fee.feeMinor, freeFromMinor: null } : term] as const,
  )
  return { ...channel, deliveryTerms: new Map(terms) }
}
