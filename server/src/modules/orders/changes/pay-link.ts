import type { ChangeLink } from '@ecluse/contracts/order-changes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { qrSvg } from '../../../kernel/qr.ts'
import { channelCodeOf } from '../queries/list.ts'
import { selectChange, type OrderChangeRow } from '../queries/order-changes.ts'
import { selectOrder, type OrderRow } from '../queries/orders.ts'
import { readOrder } from '../read-order.ts'

/** The page of the shop where an order is shown to its buyer. */
export type OrderLink = (locale: Locale, orderId: string, accessToken: string) => string

type Named = { readonly orderId: string; readonly changeId: string }

/**
 * How the buyer of an order gets to pay for a change that waits. The link opens their whole order: it is theirs alone wherever it could be
 * sent to them, or they asked for the change themselves, on that very page.
 * @throws orders.not_found, orders.change_not_found, orders.change_over
 */
export async function readChangeLink(ctx: Ctx, named: Named): Promise<ChangeLink> {
  const { order, row } = await waitingChange(ctx, ctx.db, named)
  return {
    number: order.number,
    email: row.asked_by === 'staff' ? order.contact_email : null,
    mayShow: mayShow(order, row),
    due: toMoney(row.due_minor, order.currency),
    expiresAt: row.expires_at.toISOString(),
  }
}

/**
 * The link itself, for staff to show or print: who left no address got no message. The history of the order tells who saw it.
 * @throws orders.not_found, orders.change_not_found, orders.change_over, orders.link_sent
 */
export async function showChangeLink(
  ctx: Ctx,
  tx: Tx,
  orderLink: OrderLink,
  named: Named,
): Promise<{ link: string; qr: string }> {
  const { order, row } = await waitingChange(ctx, tx, named)
  if (!mayShow(order, row)) throw refuse('orders.link_sent')
  const channelCode = await channelCodeOf(tx, order.channel_id)
  const payload = { orderId: order.id, number: order.number, changeId: row.id }
  await publish(tx, ctx, [
    { type: 'orders.change_link_shown', version: 1, aggregateId: order.id, channelCode, payload },
  ])
  const link = orderLink(order.locale, order.id, order.access_token)
  return { link, qr: await qrSvg(link) }
}

function mayShow(order: OrderRow, { asked_by: askedBy }: OrderChangeRow): boolean {
  return askedBy === 'staff' && order.contact_email === null
}

/** @throws orders.not_found, orders.change_not_found, orders.change_over */
async function waitingChange(ctx: Ctx, db: Queryable, { orderId, changeId }: Named) {
  // Whoever does not see the order learns nothing of it.
  await readOrder(ctx, db, orderId, undefined)
  const order = await selectOrder(db, orderId)
  const row = await selectChange(db, orderId, changeId)
  if (!order || !row) throw refuse('orders.change_not_found')
  if (row.state !== 'waiting') throw refuse('orders.change_over', { state: row.state })
  return { order, row }
}
