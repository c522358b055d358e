import type { DeliveryFavour } from '@ecluse/contracts/carts.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { SellingChannel } from '../offers/public.ts'
import { channelFor } from './kept-model.ts'

/** Who is delivered without a fee, and by what. */
export type FavourDesk = {
  /**
   * By what whoever asks has their deliveries free. Whoever does not is answered at once, from memory: their purchase waits for nothing.
   */
  freeDelivery(ctx: Ctx): Promise<DeliveryFavour | null> | null
}

/** A channel as whoever is delivered free sees it. What was agreed in a quote, and a window's own price, stay what they are. */
export function favoured(channel: SellingChannel, favour: DeliveryFavour | null): SellingChannel {
  return favour ? channelFor(channel, { method: 'delivery', feeMinor: 0n }) : channel
}
