import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { OrderRow } from '../orders/public.ts'
import { announceIfReady } from './advance-fulfillment.ts'
import { endVisitWhenDone } from './drive/visits.ts'
import { openWithLines, readyOf, removeLine, selectFulfillment, updateFulfillment } from './queries/fulfillments.ts'

/**
 * Takes lines that were cancelled out of the preparations that have them, under the order's lock. A preparation without lines is
 * not to be made any more; when all the others are ready, so is the order.
 */
export async function dropLines(ctx: Ctx, tx: Tx, order: OrderRow, lineIds: readonly string[]): Promise<void> {
  let closed = false
  for (const { id, line_id: lineId, ready_at: readyAt } of await openWithLines(tx, order.id, lineIds)) {
    if ((await removeLine(tx, order.id, id, lineId)) > 0) continue
    await updateFulfillment(tx, order.id, id, { state: 'cancelled', readyAt, closedAt: ctx.clock.now() })
    closed = true
  }
  if (closed) await endVisitWhenDone(ctx, tx, order.id)
  const ready = closed && order.prepared_at === null ? await readyOf(tx, order.id) : undefined
  const row = ready ? await selectFulfillment(tx, order.id, ready.id) : undefined
  if (row) await announceIfReady(ctx, tx, order, row)
}
