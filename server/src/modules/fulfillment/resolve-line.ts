import type { z } from 'zod'
import type { fulfillmentEndpoints } from '@ecluse/contracts/fulfillment.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import type { ReadModel } from '../offers/public.ts'
import {
  cancelLine,
  lockOrder,
  selectOrderLines,
  sourceLineAgain,
  updateLine,
  type OrderLineRow,
  type OrderRow,
} from '../orders/public.ts'
import { announceIfReady } from './advance-fulfillment.ts'
import { giveLineTo } from './move-line.ts'
import { readyOf, selectFulfillment } from './queries/fulfillments.ts'
import { standingRefusals } from './queries/refusals.ts'

type Choice = z.output<typeof fulfillmentEndpoints.resolveLine.body>['choice']
type Outcome = z.output<typeof fulfillmentEndpoints.resolveLine.response>['outcome']

/**
 * Decides about a line nobody has: every place is tried again, it waits for stock to come, or it is cancelled and refunded.
 * @returns what became of it, and ids of the payments to void outside the transaction
 * @throws orders.not_found, orders.line_not_open, access.wrong_site
 */
export async function resolveLine(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  { orderId, lineId, choice }: { orderId: string; lineId: string; choice: Choice },
): Promise<{ outcome: Outcome; voidPaymentIds: string[] }> {
  const order = await lockOrder(tx, orderId)
  if (!order) throw refuse('orders.not_found')
  if (order.site_id) requireSite(ctx.actor, order.site_id)
  const lines = await selectOrderLines(tx, [orderId])
  const line = lines.find(({ id }) => id === lineId)
  const open = line?.exception === 'unsourced' || line?.exception === 'waiting'
  if (!line || !open || order.document_state !== 'confirmed') throw refuse('orders.line_not_open', { lineId })
  if (choice === 'cancel') {
    const { ended, voidPaymentIds } = await cancelLine(ctx, tx, order, lines, line, 'épuisé')
    const ready = ended ? undefined : await readyOf(tx, orderId)
    const row = ready ? await selectFulfillment(tx, orderId, ready.id) : undefined
    if (row) await announceIfReady(ctx, tx, order, row)
    return { outcome: ended ? 'order_cancelled' : 'cancelled', voidPaymentIds }
  }
  if (await serveLine(ctx, tx, model, order, line)) return { outcome: 'moved', voidPaymentIds: [] }
  const exception = choice === 'wait' ? 'waiting' : line.exception
  await updateLine(tx, { ...line, exception })
  return { outcome: exception === 'waiting' ? 'waiting' : 'unsourced', voidPaymentIds: [] }
}

/** Tries every place again for a line that is promised nowhere, under the order's lock. @returns whether one has it */
export async function serveLine(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  order: OrderRow,
  line: OrderLineRow,
): Promise<boolean> {
  const refusals = await standingRefusals(tx, order.id, line, ctx.clock.now())
  const sourced = await sourceLineAgain(ctx, tx, model, order, line, refusals)
  if (!sourced.placeId) return false
  const dueAt = sourced.postponedTo ?? order.promised_at
  const to = await giveLineTo(ctx, tx, order, line, sourced.placeId, dueAt)
  await publish(tx, ctx, [
    {
      type: 'fulfillment.line_served',
      version: 1,
      aggregateId: order.id,
      payload: {
        orderId: order.id,
        number: order.number,
        lineId: line.id,
        name: line.name,
        toPlaceId: to.placeId,
        toPlaceName: to.placeName,
        postponedTo: sourced.postponedTo?.toISOString() ?? null,
        lines: [{ lineId: line.id, variantId: line.variant_id, quantity: line.quantity }],
      },
    },
  ])
  return true
}
