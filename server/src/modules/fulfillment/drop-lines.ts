import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { OrderRow } from '../orders/public.ts'
import { announceIfReady } from './advance-fulfillment.ts'
import { closeIfAllLeft } from './close-shipped.ts'
import { endVisitWhenDone } from './drive/visits.ts'
import { openWithLines, readyOf, removeLine, selectFulfillment, updateFulfillment } from './queries/fulfillments.ts'
import { takeOutOfPacked } from './queries/parcels.ts'

/**
 * Takes lines that were cancelled out of the preparations that have them, and out of parcels that have not left, under the order's lock. A
 * preparation without lines is not to be made any more, and one whose other lines have all left is shipped; when all the others are
 * ready, so is the order.
 */
export async function dropLines(ctx: Ctx, tx: Tx, order: OrderRow, lineIds: readonly string[]): Promise<void> {
  let closed = false
  const touched = new Set<string>()
  await takeOutOfPacked(tx, order.id, lineIds)
  for (const { id, line_id: lineId, ready_at: readyAt } of await openWithLines(tx, order.id, lineIds)) {
    if ((await removeLine(tx, order.id, id, lineId)) > 0) {
      touched.add(id)
      continue
    }
    touched.delete(id)
    await updateFulfillment(tx, order.id, id, { state: 'cancelled', readyAt, closedAt: ctx.clock.now() })
    closed = true
  }
  for (const id of touched) {
    const row = await selectFulfillment(tx, order.id, id)
    if (row) await closeIfAllLeft(ctx, tx, order, row)
  }
  if (closed) await endVisitWhenDone(ctx, tx, order.id)
  const ready = closed && order.prepared_at === null ? await readyOf(tx, order.id) : undefined
  const row = ready ? await selectFulfillment(tx, order.id, ready.id) : undefined
  if (row) await announceIfReady(ctx, tx, order, row)
}
