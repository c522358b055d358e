import { replayIfAnswered } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, type Refusal } from '../../kernel/errors.ts'
import type { ReadModel, Sellable } from '../offers/public.ts'
import type { Buyer, FavourDesk } from './favours.ts'

/** Why an article that is not open to everybody yet is not sold. */
function notOpenYet({ variantId, opensAt }: Pick<Sellable, 'variantId' | 'opensAt'>): Refusal {
  return refuse('orders.not_open_yet', { variantId, opensAt: opensAt?.toISOString() ?? '' })
}

/**
 * Sells what is not open to everybody yet to whoever is entitled to early access, and to nobody else.
 * @returns null when everything is open, as nearly always: that purchase waits for nothing
 * @throws orders.not_open_yet
 */
export function requireOpen(
  favours: FavourDesk,
  ctx: Ctx,
  sold: readonly { readonly sellable: Sellable }[],
  buyer: Buyer,
): Promise<void> | null {
  const early = sold.find(({ sellable }) => sellable.opensAt !== null)
  return early ? requireEntitled(favours, ctx, early.sellable, buyer) : null
}

async function requireEntitled(favours: FavourDesk, ctx: Ctx, early: Sellable, buyer: Buyer): Promise<void> {
  if (await favours.mayBuyEarly(ctx, buyer)) return
  // What was bought under this key is bought, whatever its buyer is entitled to now.
  await replayIfAnswered(ctx)
  throw notOpenYet(early)
}

/**
 * An article as it is quoted, reserved or given for another one: early access is bought, and nothing else is done with it.
 * @throws orders.not_sold, orders.not_open_yet
 */
export function soldToAll(model: ReadModel, channelCode: string, variantId: string, now: Date): Sellable {
  const sellable = model.sellable(channelCode, variantId, now)
  if (!sellable) throw refuse('orders.not_sold', { variantId })
  if (sellable.opensAt) throw notOpenYet(sellable)
  return sellable
}
