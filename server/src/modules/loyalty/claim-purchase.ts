import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { survivorsOf } from '../customers/public.ts'
import { attributeOrder, selectOrder } from '../orders/public.ts'
import { countEarnings } from './count-earnings.ts'
import { insertClaim } from './queries/earnings.ts'

/**
 * Notes whose a purchase was from a card shown at the till, and counts its points. The same card again changes nothing.
 * @throws orders.not_found, access.wrong_site, loyalty.purchase_of_another
 */
export async function claimPurchase(ctx: Ctx, tx: Tx, orderId: string, partyId: string): Promise<void> {
  const owner = await attributeOrder(ctx, tx, orderId, partyId)
  const survivors = await survivorsOf(tx, [owner, partyId])
  if (survivors.get(owner) !== survivors.get(partyId)) throw refuse('loyalty.purchase_of_another')
  const order = await selectOrder(tx, orderId)
  if (!order) throw refuse('orders.not_found')
  const claimed = await insertClaim(tx, { orderId, partyId: owner, placedAt: order.placed_at })
  await countEarnings(ctx, tx, [orderId], new Set(claimed ? [orderId] : []))
}
