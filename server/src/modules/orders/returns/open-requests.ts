import type { InspectionDisposition } from '@ecluse/contracts/returns.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import { selectOrderLines, type OrderRow } from '../queries/orders.ts'
import {
  openRequestsOf,
  overdueRequests,
  replaceRequestLines,
  selectRequest,
  updateRequest,
  type RequestRow,
} from '../queries/returns.ts'
import type { DecidedLine } from './settle-return.ts'
import { releaseWishes } from './wishes.ts'

/**
 * A request of an order that is not decided; the caller holds the order's lock.
 * @throws orders.return_not_found, orders.return_wrong_state
 */
export async function openRequest(tx: Tx, id: string, orderId: string): Promise<RequestRow> {
  const request = await selectRequest(tx, id)
  if (request?.order_id !== orderId) throw refuse('orders.return_not_found')
  if (request.state !== 'asked' && request.state !== 'received')
    throw refuse('orders.return_wrong_state', { state: request.state })
  return request
}

/** A request was settled by what was taken back in one step: it says what came. */
export async function closeByReturn(
  ctx: Ctx,
  tx: Tx,
  request: RequestRow,
  siteId: string,
  decided: readonly DecidedLine[],
): Promise<void> {
  const now = ctx.clock.now()
  await replaceRequestLines(
    tx,
    request,
    decided.map((one, index) => ({
      position: index + 1,
      line_id: one.line.id,
      quantity: one.quantity,
      reason: one.reason,
      comment: null,
      condition: one.condition,
      disposition: one.disposition === 'inspect' ? null : (one.disposition satisfies InspectionDisposition),
      deduction_minor: one.deductionMinor === 0n ? null : one.deductionMinor,
      deduction_reason: one.deductionMinor === 0n ? null : one.deductionReason,
      note: null,
    })),
  )
  await releaseWishes(ctx, tx, request)
  const receivedAt = request.received_at ?? now
  await updateRequest(tx, { ...request, state: 'closed', site_id: siteId, received_at: receivedAt, closed_at: now })
}

/** Ends the requests whose articles have come back without their slip: nothing is awaited of them any more. */
export async function dropSuperseded(ctx: Ctx, tx: Tx, order: OrderRow): Promise<void> {
  const open = await openRequestsOf(tx, order.id)
  if (open.length === 0) return
  const left = new Map(
    (await selectOrderLines(tx, [order.id])).map((line) => [line.id, line.fulfilled_quantity - line.returned_quantity]),
  )
  // The oldest keep what there is.
  for (const request of open) {
    const fits = request.lines.every(({ lineId, quantity }) => quantity <= (left.get(lineId) ?? 0))
    if (fits) for (const { lineId, quantity } of request.lines) left.set(lineId, (left.get(lineId) ?? 0) - quantity)
    else if (request.state === 'asked') await endRequest(ctx, tx, order, request, 'superseded')
  }
}

/** Gives a request up that has not arrived, under its order's lock. */
export async function endRequest(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  request: RequestRow,
  reason: 'expired' | 'superseded' | 'customer' | 'staff',
): Promise<void> {
  await releaseWishes(ctx, tx, request)
  await updateRequest(tx, { ...request, state: 'cancelled', closed_at: ctx.clock.now(), end_reason: reason })
  await publish(tx, ctx, [
    {
      type: 'orders.return_given_up',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: { orderId: order.id, returnId: request.id, number: request.number, endReason: reason },
    },
  ])
}

/** Ends the requests whose goods did not come in time. */
export async function expireReturns(ctx: Ctx): Promise<void> {
  for (const { id, order_id: orderId } of await overdueRequests(ctx.db, ctx.clock.now(), 200))
    await inTransaction(ctx.db, async (tx) => {
      const order = await lockOrder(tx, orderId)
      const request = await selectRequest(tx, id)
      if (order && request?.state === 'asked') await endRequest(ctx, tx, order, request, 'expired')
    })
}
