import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { selectOrder, selectOrderLines, type OrderLineRow, type OrderRow } from '../orders/public.ts'
import { dropLines } from './drop-lines.ts'
import { giveLineTo } from './move-line.ts'
import { openPreparations, startedLines, updateOpenLine, wasOpened } from './queries/changes.ts'

/**
 * Makes open preparations those of the order as it is now, for some of its lines, under the order's lock: units, place, way and day. What
 * is ready, packed or gone is left as it is.
 */
export async function followLines(ctx: Ctx, tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void> {
  const order = await selectOrder(tx, orderId)
  assert(order !== undefined, 'the order of a change is there')
  if (order.document_state !== 'confirmed' || order.delivery_method === 'carry_out') return
  const started = await startedLines(tx, orderId)
  const open = await openPreparations(tx, orderId)
  const lines = (await selectOrderLines(tx, [orderId])).filter(({ id }) => lineIds.includes(id) && !started.has(id))
  const misplaced = lines.filter((line) =>
    open.some((one) => one.line_id === line.id && !(isToPrepare(line) && isRight(order, line, one))),
  )
  // Given before taken away: a preparation that is emptied is over, and the others may be all that was waited for.
  const homeless = lines.filter(
    (line) => isToPrepare(line) && (misplaced.includes(line) || !open.some((one) => one.line_id === line.id)),
  )
  if (misplaced.length > 0)
    await dropLines(
      ctx,
      tx,
      order,
      misplaced.map(({ id }) => id),
    )
  const now = ctx.clock.now()
  for (const line of homeless) {
    // What comes for a return is due a day after it was looked at, whenever the order was.
    const dueAt = line.given_for ? new Date(now.getTime() + 86_400_000) : order.promised_at
    await giveLineTo(ctx, tx, order, line, line.place_id, dueAt)
  }
  for (const one of open) {
    const line = lines.find(({ id }) => id === one.line_id)
    if (!line || misplaced.includes(line) || line.quantity === one.quantity) continue
    await updateOpenLine(tx, orderId, one.id, { lineId: line.id, quantity: line.quantity - line.fulfilled_quantity })
  }
}

/** The same for whoever changes an order now: nothing is opened before the order was told of. */
export async function followChange(ctx: Ctx, tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void> {
  if (await wasOpened(tx, orderId)) await followLines(ctx, tx, orderId, lineIds)
}

const isToPrepare = (line: OrderLineRow): boolean =>
  line.exception === null && line.fulfilled_quantity < line.quantity && !(line.ahead && !line.allocated_at)

type Open = Awaited<ReturnType<typeof openPreparations>>[number]

function isRight(order: OrderRow, line: OrderLineRow, open: Open): boolean {
  if (open.place_id !== line.place_id) return false
  // The parts of a mixed order go each their own way, and what comes for a return on its own day.
  if (typeof line.group_no === 'number' || line.given_for) return true
  return open.method === order.delivery_method && open.due_at?.getTime() === order.promised_at?.getTime()
}
