import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { refuse } from '../../kernel/errors.ts'
import { vatBasisPoints, vatIncludedIn } from '../../kernel/money.ts'
import type { DeliveryTerms, ReadModel, Sellable, SellingChannel } from '../offers/public.ts'
import { deliveryFee } from '../pricing/public.ts'

export type WantedLine = { readonly variantId: string; readonly quantity: number }

export type PricedLine = {
  readonly sellable: Sellable
  readonly quantity: number
  readonly lineTotalMinor: bigint
  readonly vatMinor: bigint
}

/** Prices kept from another channel or agreed upon, which hold whatever the list says now. They come from documents of ours. */
export type KeptTerms = {
  readonly prices: ReadonlyMap<
    string,
    { readonly unitMinor: bigint; readonly channelCode: string; readonly rule: 'pass' | 'quote' | `list:${string}` }
  >
  /** What carriage costs, when it is by this method. */
  readonly fee: { readonly method: string; readonly feeMinor: bigint } | null
}

/** A purchase with its prices, before any stock is taken or money asked. */
export type PricedPurchase = {
  readonly channel: SellingChannel
  readonly terms: DeliveryTerms
  readonly lines: readonly PricedLine[]
  readonly itemCount: number
  readonly subtotalMinor: bigint
  readonly feeMinor: bigint
  readonly feeVatBasisPoints: number
  readonly feeVatMinor: bigint
  readonly totalMinor: bigint
}

/**
 * Prices wanted lines as a channel sells them now. Lines of the same article are joined.
 * @throws orders.empty, orders.not_sold
 */
function priceLines(
  model: ReadModel,
  channel: SellingChannel,
  wanted: readonly WantedLine[],
  now: Date,
  kept: KeptTerms | undefined,
): PricedLine[] {
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of wanted) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  if (quantities.size === 0) throw refuse('orders.empty')
  return [...quantities].map(([variantId, quantity]) => {
    const sellable = sellableAt(model, channel.code, variantId, now, kept)
    if (!sellable) throw refuse('orders.not_sold', { variantId })
    const lineTotalMinor = sellable.unitPriceMinor * BigInt(quantity)
    return { sellable, quantity, lineTotalMinor, vatMinor: vatIncludedIn(lineTotalMinor, sellable.vatBasisPoints) }
  })
}

/** An article as a channel sells it now, or as it was kept; what another channel promised is sold though it is not offered here. */
export function sellableAt(
  model: ReadModel,
  channelCode: string,
  variantId: string,
  now: Date,
  kept: KeptTerms | undefined,
): Sellable | undefined {
  const price = kept?.prices.get(variantId)
  if (!price) return model.sellable(channelCode, variantId, now)
  const sellable = model.sellable(channelCode, variantId, now) ?? model.sellable(price.channelCode, variantId, now)
  if (!sellable) return undefined
  const { unitPriceMinor, compareAtMinor } = sellable
  const regular = compareAtMinor !== null && compareAtMinor > unitPriceMinor ? compareAtMinor : unitPriceMinor
  return { ...sellable, unitPriceMinor: price.unitMinor, compareAtMinor: regular, priceRule: price.rule }
}

/**
 * Prices a whole purchase: lines, delivery and total.
 * @throws orders.empty, orders.not_sold, orders.delivery_not_offered, orders.contact_required, orders.price_changed
 */
export function pricePurchase(
  model: ReadModel,
  channel: SellingChannel,
  body: Pick<PlaceOrderBody, 'delivery' | 'contact' | 'expectedTotalMinor'>,
  wanted: readonly WantedLine[],
  now: Date,
  kept?: KeptTerms,
): PricedPurchase {
  const lines = priceLines(model, channel, wanted, now, kept)
  const terms = channel.deliveryTerms.get(body.delivery.method)
  if (!terms || !canDeliver(channel, body.delivery)) throw refuse('orders.delivery_not_offered')
  if (body.delivery.method !== 'carry_out' && !body.contact?.email) throw refuse('orders.contact_required')
  const subtotalMinor = lines.reduce((sum, line) => sum + line.lineTotalMinor, 0n)
  const feeMinor = kept?.fee?.method === terms.method ? kept.fee.feeMinor : deliveryFee(terms, subtotalMinor)
  const totalMinor = subtotalMinor + feeMinor
  if (body.expectedTotalMinor !== undefined && BigInt(body.expectedTotalMinor) !== totalMinor)
    throw refuse('orders.price_changed', { totalMinor: Number(totalMinor) })
  return {
    channel,
    terms,
    lines,
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotalMinor,
    feeMinor,
    // Carriage follows the standard rate, whatever is in the parcel.
    feeVatBasisPoints: vatBasisPoints.standard,
    feeVatMinor: vatIncludedIn(feeMinor, vatBasisPoints.standard),
    totalMinor,
  }
}

function canDeliver(channel: SellingChannel, delivery: PlaceOrderBody['delivery']): boolean {
  switch (delivery.method) {
    case 'delivery':
    case 'download':
      return true
    case 'pickup':
      return channel.pickupSiteIds.has(delivery.siteId)
    case 'carry_out':
      return channel.siteIds.has(delivery.siteId)
  }
}
