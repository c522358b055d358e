import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { channelCodeOf } from '../queries/list.ts'
import { insertChange, type OrderChangeRow } from '../queries/order-changes.ts'
import type { OrderRow } from '../queries/orders.ts'
import type { Changer } from './make-change.ts'
import { wordsOfChange, type ChangePlan } from './plan.ts'

/** Keeps a change that costs more until its difference is paid, and says so; what it needs is held. */
export async function askForChange(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  of: { plan: ChangePlan; revision: number; dueMinor: bigint; changer: Changer; expiresAt: Date },
): Promise<void> {
  const row: OrderChangeRow = {
    order_id: order.id,
    id: ctx.ids.next(),
    revision: of.revision,
    state: 'waiting',
    asked_by: of.changer.by,
    actor: of.changer.actor,
    plan: of.plan,
    due_minor: of.dueMinor,
    payment_id: null,
    asked_at: ctx.clock.now(),
    expires_at: of.expiresAt,
    ended_at: null,
  }
  await insertChange(tx, row)
  await tellAsked(ctx, tx, order, row)
}

async function tellAsked(ctx: Ctx, tx: Tx, order: OrderRow, row: OrderChangeRow): Promise<void> {
  await publish(tx, ctx, [
    {
      type: 'orders.change_asked',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        changeId: row.id,
        askedBy: row.asked_by,
        dueMinor: Number(row.due_minor),
        currency: order.currency,
        expiresAt: row.expires_at.toISOString(),
        name: wordsOfChange(row.plan),
        ...(row.plan.substitute ? { instead: true } : {}),
        lines: [...row.plan.added, ...row.plan.moved].map(({ variantId, quantity }) => ({ variantId, quantity })),
      },
    },
  ])
}
