import { requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { renewGrant, revokeGrants, type GrantRow } from '../queries/downloads.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockGrant, lockOrder } from '../queries/locks.ts'
import { selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { refundUnits } from '../refund-units.ts'
import { linkDays } from './links.ts'

type Found = { readonly order: OrderRow; readonly line: OrderLineRow; readonly grant: GrantRow }

/** @throws orders.download_not_found, orders.download_not_ready, access.wrong_site */
async function lockDownload(ctx: Ctx, tx: Tx, orderId: string, lineId: string): Promise<Found> {
  const order = await lockOrder(tx, orderId)
  const line = order && (await selectOrderLines(tx, [orderId])).find(({ id }) => id === lineId)
  if (!order || !line?.download_from) throw refuse('orders.download_not_found')
  if (order.site_id) requireSite(ctx.actor, order.site_id)
  const grant = await lockGrant(tx, orderId, lineId)
  if (!grant) throw refuse('orders.download_not_ready')
  return { order, line, grant }
}

/**
 * Gives a buyer other links, with a whole time and count: those they had end. What was refunded stays ended.
 * @throws orders.download_not_found, orders.download_not_ready, orders.download_ended, access.wrong_site
 */
export async function renewDownload(ctx: Ctx, tx: Tx, orderId: string, lineId: string): Promise<void> {
  const found = await lockDownload(ctx, tx, orderId, lineId)
  const { order, line } = found
  if (order.document_state !== 'confirmed' || line.returned_quantity > 0) throw refuse('orders.download_ended')
  const now = ctx.clock.now()
  const expires_at = new Date(now.getTime() + linkDays * 86_400_000)
  await renewGrant(tx, { order_id: orderId, line_id: lineId, secret: ctx.ids.secret(), counted_from: now, expires_at })
  await tell(ctx, tx, 'orders.download_renewed', found, {})
}

/**
 * Ends the right to fetch the files of a line.
 * @throws orders.download_not_found, orders.download_not_ready, access.wrong_site
 */
export async function revokeDownload(ctx: Ctx, tx: Tx, orderId: string, lineId: string, reason: string): Promise<void> {
  const found = await lockDownload(ctx, tx, orderId, lineId)
  const ended = await revokeGrants(tx, { orderId, lineId }, reason, ctx.clock.now())
  if (ended > 0) await tell(ctx, tx, 'orders.download_revoked', found, { reason })
}

/**
 * Gives the price of files back, and ends the right to fetch them.
 * @throws orders.download_not_found, orders.download_not_ready, orders.download_ended when it was given back before, access.wrong_site
 */
export async function refundDownload(ctx: Ctx, tx: Tx, orderId: string, lineId: string, reason: string): Promise<void> {
  const { order, line } = await lockDownload(ctx, tx, orderId, lineId)
  const quantity = line.fulfilled_quantity - line.returned_quantity
  if (order.document_state !== 'confirmed' || quantity <= 0) throw refuse('orders.download_ended')
  await revokeDownload(ctx, tx, orderId, lineId, reason)
  await refundUnits(ctx, tx, order, [{ lineId, quantity }])
}

async function tell(ctx: Ctx, tx: Tx, type: string, { order, line }: Found, more: Record<string, string>) {
  const { id: lineId, variant_id: variantId, quantity, name } = line
  await publish(tx, ctx, [
    {
      type,
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        lineId,
        name,
        ...more,
        lines: [{ lineId, variantId, quantity }],
      },
    },
  ])
}
