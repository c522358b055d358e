import type { DeliveryFavour } from '@ecluse/contracts/carts.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { SellingChannel } from '../offers/public.ts'
import { channelFor } from './kept-model.ts'

/** By what an order is delivered without a fee, and what that spares its buyer: minor units, as it is kept in JSON. */
export type GivenDelivery = DeliveryFavour & { readonly sparedMinor: number }

/** Who buys, when it is not whoever asks: by the card they showed, as a customer whom staff found, or as the buyer of an order of ours. */
export type Buyer = {
  readonly cardNumber?: string | undefined
  readonly customerId?: string | undefined
  readonly partyId?: string | null | undefined
}

/** What recognition gives whoever buys. */
export type FavourDesk = {
  /**
   * By what somebody has their deliveries free. Whoever asks for themself and does not is answered at once, from memory: their purchase
   * waits for nothing.
   * @throws access.*, loyalty.card_unknown, customers.not_found
   */
  freeDelivery(ctx: Ctx, buyer?: Buyer): Promise<DeliveryFavour | null> | null
  /**
   * Whether somebody may buy what is not open to everybody yet. It is asked of the database, of those alone who buy such a thing.
   * @throws access.*, loyalty.card_unknown, customers.not_found
   */
  mayBuyEarly(ctx: Ctx, buyer?: Buyer): Promise<boolean>
}

/** A channel as whoever is delivered free sees it. What was agreed in a quote, and a window's own price, stay what they are. */
export function favoured(channel: SellingChannel, favour: DeliveryFavour | null): SellingChannel {
  return favour ? channelFor(channel, { method: 'delivery', feeMinor: 0n }) : channel
}
