import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { requireSite } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { recordInteractions } from '../customers/public.ts'
import { lockOrder } from './queries/locks.ts'
import { selectOrderLines, updateParties } from './queries/orders.ts'
import { interactionsOf } from './subscribers/recognise-buyer.ts'
import { channelCodeOf } from './queries/list.ts'

/**
 * Notes whose a purchase of nobody in particular was, as when a card is shown at a till, and puts it into their log.
 * @returns whose it is: somebody else when that was known already
 * @throws orders.not_found, access.wrong_site
 */
export async function attributeOrder(ctx: Ctx, tx: Tx, orderId: string, partyId: string): Promise<string> {
  const order = await lockOrder(tx, orderId)
  if (!order || order.document_state !== 'confirmed') throw refuse('orders.not_found')
  if (order.site_id) requireSite(ctx.actor, order.site_id)
  if (order.party_id !== null) return order.party_id
  await updateParties(tx, [{ orderId, partyId }])
  const lines = (await selectOrderLines(tx, [orderId])).map((line) => ({
    lineId: line.id,
    variantId: line.variant_id,
    quantity: line.quantity,
    lineTotalMinor: Number(line.line_total_minor),
  }))
  const known = {
    partyId,
    orderId,
    occurredAt: order.placed_at,
    channelCode: await channelCodeOf(tx, order.channel_id),
    actor: order.actor,
    totalMinor: Number(order.total_minor),
    lines,
  }
  await recordInteractions(ctx, tx, await interactionsOf(tx, [known]))
  return partyId
}
