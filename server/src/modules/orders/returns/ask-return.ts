import type { z } from 'zod'
import { isChangeOfMind, type returnEndpoints } from '@ecluse/contracts/returns.ts'
import { Temporal } from 'temporal-polyfill'
import { actorLabel, may, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import type { ReadModel } from '../../offers/public.ts'
import { returnNumberOf } from '../domain/order-number.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import { selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { insertRequest, openRequestsOf, replaceRequestLines, type RequestRow } from '../queries/returns.ts'
import { holdsToken } from '../read-order.ts'
import { changeOfMindUntil } from './return-articles.ts'
import { requireNotExcepted } from './excepted.ts'
import { joinByLine } from './settle-return.ts'
import { holdWishes } from './wishes.ts'

type Input = z.output<typeof returnEndpoints.askReturn.body>

/** Days a return that was asked for is waited for. */
const waitingDays = 30
/** Days within which a seller gives the money back, from the day they learnt that the buyer changed their mind (L221-24). */
const refundDays = 14

/** Who asks for a return, or looks at one; undefined when they may not. */
export function askerOf(
  { actor }: Pick<Ctx, 'actor'>,
  order: Pick<OrderRow, 'access_token' | 'account_id'>,
  token: string | undefined,
): 'customer' | 'staff' | undefined {
  const owner = actor.kind === 'account' && actor.accountId === order.account_id
  if (owner || holdsToken(order, token)) return 'customer'
  return may(actor, 'returns:write') ? 'staff' : undefined
}

/** What of each line was handed over, has not come back, and is not on its way back. */
export async function returnableOf(db: Queryable, order: OrderRow): Promise<(OrderLineRow & { returnable: number })[]> {
  const lines = await selectOrderLines(db, [order.id])
  const underway = new Map<string, number>()
  for (const { lineId, quantity } of (await openRequestsOf(db, order.id)).flatMap((request) => request.lines))
    underway.set(lineId, (underway.get(lineId) ?? 0) + quantity)
  return lines.map((line) => ({
    ...line,
    // A file cannot be sent back.
    returnable: line.download_from
      ? 0
      : Math.max(0, line.fulfilled_quantity - line.returned_quantity - (underway.get(line.id) ?? 0)),
  }))
}

/**
 * Writes down that articles are to come back: a number for their slip, and until when they are waited for. Nothing is given back yet.
 * What is wanted in exchange is put aside.
 * @returns the id of the request
 * @throws orders.not_found, orders.not_returnable, and for a change of mind, unless staff ask, orders.return_late after its time,
 *   orders.return_excepted for what the law excepts
 */
export async function askReturn(ctx: Ctx, tx: Tx, model: ReadModel, orderId: string, input: Input): Promise<string> {
  const order = await lockOrder(tx, orderId)
  const askedBy = order && askerOf(ctx, order, input.token)
  if (!order || !askedBy) throw refuse('orders.not_found')
  const lines = await returnableOf(tx, order)
  for (const { lineId, quantity } of joinByLine(input.lines)) {
    const returnable = lines.find(({ id }) => id === lineId)?.returnable ?? 0
    if (quantity > returnable) throw refuse('orders.not_returnable', { lineId, returnable })
  }
  if (askedBy === 'customer') requireNotExcepted(input.lines, lines)
  const now = ctx.clock.now()
  const mindChanged = input.lines.some(({ reason }) => isChangeOfMind(reason))
  const until = mindChanged ? await changeOfMindUntil(ctx, tx, order) : null
  const late = until !== null && now > until
  if (late && askedBy === 'customer') throw refuse('orders.return_late', { until: until.toISOString() })
  const id = ctx.ids.next()
  const request: RequestRow = {
    order_id: orderId,
    id,
    number: returnNumberOf(id),
    state: 'asked',
    asked_by: askedBy,
    asked_at: now,
    expires_at: daysAfter(now, waitingDays),
    refund_due_at: mindChanged && !late ? daysAfter(now, refundDays) : null,
    site_id: null,
    received_at: null,
    closed_at: null,
    end_reason: null,
    actor: actorLabel(ctx.actor),
  }
  await insertRequest(tx, request)
  await replaceRequestLines(tx, request, input.lines.map(asRow))
  const returned = input.lines.map(({ lineId }) => lineId)
  await holdWishes(ctx, tx, model, { order, lines, request, returned }, input.exchange)
  await publish(tx, ctx, [
    {
      type: 'orders.return_asked',
      version: 1,
      aggregateId: orderId,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId,
        returnId: id,
        number: request.number,
        askedBy,
        expiresAt: request.expires_at.toISOString(),
        lines: input.lines.map(({ lineId, quantity, reason }) => ({
          lineId,
          variantId: lines.find((line) => line.id === lineId)?.variant_id ?? '',
          quantity,
          reason,
        })),
      },
    },
  ])
  return id
}

function asRow({ lineId, quantity, reason, comment }: Input['lines'][number], index: number) {
  return {
    position: index + 1,
    line_id: lineId,
    quantity,
    reason,
    comment: comment || null,
    condition: null,
    disposition: null,
    deduction_minor: null,
    deduction_reason: null,
    note: null,
  }
}

function daysAfter(at: Date, days: number): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Paris')
  return new Date(zoned.add({ days }).epochMilliseconds)
}
