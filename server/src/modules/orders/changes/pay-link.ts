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
import { changeTokenOf } from './change-token.ts'
import { readOrder } from '../read-order.ts'

/** The page of the shop where a change of an order is paid for. */
export type ChangePage = (locale: Locale, change: { orderId: string; changeId: string }, token: string) => string

type Named = { readonly orderId: string; readonly changeId: string }

/**
 * How the buyer of an order gets to pay for a change that waits. No link is told: it is theirs alone wherever it could be sent to them, or they
 * asked for the change themselves.
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
 * A link for staff to show or print: who left no address got no message. It opens the change, and nothing else of the order, whose history
 * tells who saw it.
 * @throws orders.not_found, orders.change_not_found, orders.change_over, orders.link_sent
 */
export async function showChangeLink(
  ctx: Ctx,
  tx: Tx,
  changePage: ChangePage,
  named: Named,
): Promise<{ link: string; qr: string }> {
  const { order, row } = await waitingChange(ctx, tx, named)
  if (!mayShow(order, row)) throw refuse('orders.link_sent')
  const channelCode = await channelCodeOf(tx, order.channel_id)
  const payload = { orderId: order.id, number: order.number, changeId: row.id }
  await publish(tx, ctx, [
    { type: 'orders.change_link_shown', version: 1, aggregateId: order.id, channelCode, payload },
  ])
  const link = changePage(order.locale, named, changeTokenOf(order, row.id))
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
