import type { z } from 'zod'
import type { returnEndpoints, ReturnReason } from '@ecluse/contracts/returns.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { whereAt } from '../../channels/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { lockOrder } from '../queries/locks.ts'
import { selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import {
  replaceRequestLines,
  selectRequest,
  selectRequestLines,
  updateRequest,
  type RequestLineRow,
  type RequestRow,
} from '../queries/returns.ts'
import { dropSuperseded, endRequest, openRequest } from './open-requests.ts'
import { placeAt } from './return-articles.ts'
import type { ChangeDesk } from '../changes/change-desk.ts'
import { wishesOf } from '../queries/wishes.ts'
import { exchangeForReturn } from './give-exchange.ts'
import { returnValueOf, settleReturn, type DecidedLine } from './settle-return.ts'
import { releaseWishes } from './wishes.ts'

type Inspection = z.output<typeof returnEndpoints.inspectReturn.body>

/**
 * Locks the order of a return and reads both.
 * @throws orders.return_not_found
 */
async function lockReturn(tx: Tx, returnId: string): Promise<{ order: OrderRow; request: RequestRow }> {
  const found = await selectRequest(tx, returnId)
  const order = found && (await lockOrder(tx, found.order_id))
  if (!order) throw refuse('orders.return_not_found')
  // Read again under the lock: its state decides.
  const request = await selectRequest(tx, returnId)
  assert(request !== undefined, 'a return is never deleted')
  return { order, request }
}

/**
 * What was sent back has arrived, in any shop or the warehouse: it waits there to be inspected.
 * @throws orders.return_not_found, orders.return_wrong_state, channels.site_not_found, access.wrong_site
 */
export async function receiveReturn(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  returnId: string,
  siteId: string,
): Promise<void> {
  placeAt(ctx, model, siteId)
  const { order, request } = await lockReturn(tx, returnId)
  if (request.state !== 'asked') throw refuse('orders.return_wrong_state', { state: request.state })
  await updateRequest(tx, { ...request, state: 'received', site_id: siteId, received_at: ctx.clock.now() })
  await tell(ctx, tx, order, request, 'orders.return_arrived', siteId, await selectRequestLines(tx, request))
}

/**
 * Decides about what came back, line by line: what of it is kept, where it goes, and what is given back for it; what is refused goes
 * back to the customer. What was asked for and did not come stays with the customer.
 * @throws orders.return_not_found, orders.return_wrong_state, orders.not_returnable, orders.deduction_wrong,
 *   channels.site_not_found, access.wrong_site
 */
export async function inspectReturn(
  ctx: Ctx,
  tx: Tx,
  { model, desk }: { model: ReadModel; desk: Pick<ChangeDesk, 'follow'> },
  returnId: string,
  { siteId, lines: inspected }: Inspection,
): Promise<void> {
  const placeId = placeAt(ctx, model, siteId)
  const { order, request } = await lockReturn(tx, returnId)
  await openRequest(tx, request.id, order.id)
  const asked = await selectRequestLines(tx, request)
  const rows = rowsOf(asked, inspected)
  const orderLines = await selectOrderLines(tx, [order.id])
  const kept = rows.flatMap((row, index) => decidedOf(orderLines, row, inspected[index]?.lots))
  if (kept.length > 0) await settle(ctx, tx, desk, { order, orderLines, request, siteId, placeId, kept })
  // What is not given for anything is free again.
  await releaseWishes(ctx, tx, request)
  await replaceRequestLines(tx, request, rows)
  const now = ctx.clock.now()
  const receivedAt = request.received_at ?? now
  await updateRequest(tx, { ...request, state: 'closed', site_id: siteId, received_at: receivedAt, closed_at: now })
  const refused = rows.filter(({ disposition }) => disposition === 'send_back')
  if (refused.length > 0) await tell(ctx, tx, order, request, 'orders.return_refused', siteId, refused)
  await dropSuperseded(ctx, tx, order)
}

/** Gives the money back, or what is wanted for it. */
async function settle(
  ctx: Ctx,
  tx: Tx,
  desk: Pick<ChangeDesk, 'follow'>,
  of: {
    order: OrderRow
    orderLines: readonly OrderLineRow[]
    request: RequestRow
    siteId: string
    placeId: string
    kept: readonly DecidedLine[]
  },
): Promise<void> {
  const { order, orderLines, request, siteId, placeId, kept } = of
  const exchanged = (await wishesOf(tx, request)).some(({ state }) => state === 'held')
  const value = exchanged ? { exchangedForMinor: returnValueOf(orderLines, kept).lineMinor } : {}
  await settleReturn(ctx, tx, order, orderLines, { returnId: request.id, siteId, placeId, lines: kept, ...value })
  if (exchanged) await exchangeForReturn(ctx, tx, desk, order, orderLines, { request, siteId, decided: kept })
}

/**
 * Gives up a return that has not arrived.
 * @throws orders.return_not_found, orders.return_wrong_state
 */
export async function cancelReturn(ctx: Ctx, tx: Tx, returnId: string, by: 'customer' | 'staff'): Promise<void> {
  const { order, request } = await lockReturn(tx, returnId)
  if (request.state !== 'asked') throw refuse('orders.return_wrong_state', { state: request.state })
  await endRequest(ctx, tx, order, request, by)
}

/** What was found, as lines of the request. @throws orders.not_returnable when more is decided than was asked for */
function rowsOf(asked: readonly RequestLineRow[], inspected: Inspection['lines']): RequestLineRow[] {
  const left = new Map<string, number>()
  for (const row of asked) left.set(row.line_id, (left.get(row.line_id) ?? 0) + row.quantity)
  return inspected.map((one, index) => {
    const of = asked.find((row) => row.line_id === one.lineId)
    const most = left.get(one.lineId) ?? 0
    if (!of || one.quantity > most) throw refuse('orders.not_returnable', { lineId: one.lineId, returnable: most })
    left.set(one.lineId, most - one.quantity)
    const sentBack = one.disposition === 'send_back'
    return {
      position: index + 1,
      line_id: one.lineId,
      quantity: one.quantity,
      reason: of.reason,
      comment: of.comment,
      condition: one.condition,
      disposition: one.disposition,
      deduction_minor: sentBack || one.deductionMinor === undefined ? null : BigInt(one.deductionMinor),
      deduction_reason: sentBack || one.deductionMinor === undefined ? null : (one.deductionReason ?? ''),
      note: one.note || null,
    }
  })
}

function decidedOf(lines: readonly OrderLineRow[], row: RequestLineRow, lots: DecidedLine['lots']): DecidedLine[] {
  const line = lines.find(({ id }) => id === row.line_id)
  assert(line !== undefined && row.disposition !== null, 'a return is of lines of its order')
  if (row.disposition === 'send_back') return []
  const { quantity, disposition, condition } = row
  const reason: ReturnReason = row.reason
  const deductionMinor = row.deduction_minor ?? 0n
  const deductionReason = row.deduction_reason
  return [{ line, quantity, reason, disposition, condition, deductionMinor, deductionReason, lots }]
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  { id: returnId, number }: RequestRow,
  type: 'orders.return_arrived' | 'orders.return_refused',
  siteId: string,
  lines: readonly RequestLineRow[],
): Promise<void> {
  const { channelCode, siteName } = await whereAt(tx, siteId)
  const notes = lines.flatMap(({ note }) => (note ? [note] : []))
  const told = lines.map(({ line_id: lineId, quantity, condition }) => ({ lineId, quantity, condition }))
  await publish(tx, ctx, [
    {
      type,
      version: 1,
      aggregateId: order.id,
      channelCode,
      payload: {
        orderId: order.id,
        returnId,
        number,
        siteId,
        siteName,
        ...(notes.length > 0 ? { note: notes.join(' · ') } : {}),
        lines: told,
      },
    },
  ])
}
