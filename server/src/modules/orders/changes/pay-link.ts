import type { ChangeLink } from '@ecluse/contracts/order-changes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { qrSvg } from '../../../kernel/qr.ts'
import { selectChange } from '../queries/order-changes.ts'
import { selectOrder } from '../queries/orders.ts'
import { readOrder } from '../read-order.ts'

/** The page of the shop where an order is shown to its buyer. */
export type OrderLink = (locale: Locale, orderId: string, accessToken: string) => string

/**
 * The link by which the buyer of an order pays for a change that waits, for staff to show, print or send themselves: who left no
 * e-mail got no message.
 * @throws orders.not_found, orders.change_not_found, orders.change_over
 */
export async function readChangeLink(
  ctx: Ctx,
  orderLink: OrderLink,
  { orderId, changeId }: { orderId: string; changeId: string },
): Promise<ChangeLink> {
  // Whoever does not see the order gets no link to it.
  await readOrder(ctx, ctx.db, orderId, undefined)
  const order = await selectOrder(ctx.db, orderId)
  const row = await selectChange(ctx.db, orderId, changeId)
  if (!order || !row) throw refuse('orders.change_not_found')
  if (row.state !== 'waiting') throw refuse('orders.change_over', { state: row.state })
  const link = orderLink(order.locale, orderId, order.access_token)
  return {
    number: order.number,
    link,
    qr: await qrSvg(link),
    email: row.asked_by === 'staff' ? order.contact_email : null,
    due: toMoney(row.due_minor, order.currency),
    expiresAt: row.expires_at.toISOString(),
  }
}
