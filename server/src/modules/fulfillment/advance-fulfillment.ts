import { timingSafeEqual } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { announce } from './announce.ts'
import { endVisitWhenDone } from './drive/visits.ts'
import { issueStock, type LineLots, type LotUnitsById } from '../inventory/public.ts'
import {
  lockOrder,
  markFulfilled,
  markGroupReady,
  markPrepared,
  normaliseCode,
  selectOrderLines,
  type OrderRow,
} from '../orders/public.ts'
import { cutPromises } from '../promises/public.ts'
import {
  countToPrepare,
  orderOf,
  selectFulfillment,
  updateFulfillment,
  type FulfillmentRow,
} from './queries/fulfillments.ts'
import { forgetReminder, recordCollector } from './queries/uncollected.ts'

/**
 * Locks the order of a preparation and reads both.
 * @throws fulfillment.not_found, access.wrong_site
 */
export async function openFulfillment(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
): Promise<{ order: OrderRow; row: FulfillmentRow }> {
  const owner = await orderOf(tx, fulfillmentId)
  const order = owner ? await lockOrder(tx, owner.order_id) : undefined
  const row = order ? await selectFulfillment(tx, order.id, fulfillmentId) : undefined
  if (!order || !row) throw refuse('fulfillment.not_found')
  requireSite(ctx.actor, row.site_id)
  return { order, row }
}

/**
 * Everything is picked. When all preparations of the order are, the order is ready and its buyer is told.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.substitute_asked, access.wrong_site
 */
export async function markReady(ctx: Ctx, tx: Tx, fulfillmentId: string): Promise<FulfillmentRow> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  if (row.state !== 'to_prepare') throw refuse('fulfillment.wrong_state', { state: row.state })
  // What its buyer answers may still come into it.
  if (row.asked_change_id !== null) throw refuse('fulfillment.substitute_asked')
  return finishPreparation(ctx, tx, order, row)
}

/** Everything of a preparation is picked, or packed. The caller holds the order's lock. */
export async function finishPreparation(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
): Promise<FulfillmentRow> {
  const now = ctx.clock.now()
  await updateFulfillment(tx, order.id, row.id, { state: 'ready', readyAt: now, closedAt: null })
  await announceIfReady(ctx, tx, order, { ...row, state: 'ready', ready_at: now })
  return { ...row, state: 'ready', ready_at: now }
}

/** The order, or its part, is ready and its buyer told, when nothing of it is still to prepare and no line waits for a decision. */
export async function announceIfReady(ctx: Ctx, tx: Tx, order: OrderRow, row: FulfillmentRow): Promise<void> {
  const { group_no: groupNo } = row
  if ((await countToPrepare(tx, order.id, groupNo)) > 0) return
  const open = (await selectOrderLines(tx, [order.id])).filter(
    ({ exception }) => exception === 'unsourced' || exception === 'waiting',
  )
  if (open.some((line) => groupNo === null || line.group_no === groupNo)) return
  const now = ctx.clock.now()
  // A part of a mixed order is ready by itself; the order is once all of them are.
  if (groupNo !== null) await markGroupReady(tx, order.id, groupNo, now)
  if (open.length === 0 && (groupNo === null || (await countToPrepare(tx, order.id)) === 0))
    await markPrepared(tx, order.id, now)
  await announce(ctx, tx, order, row, 'fulfillment.order_ready', stateOf(row))
}

/**
 * Back to "to prepare", while nothing has left.
 * @throws fulfillment.not_found, fulfillment.wrong_state, access.wrong_site
 */
export async function undoReady(ctx: Ctx, tx: Tx, fulfillmentId: string): Promise<FulfillmentRow> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  if (row.state !== 'ready') throw refuse('fulfillment.wrong_state', { state: row.state })
  await updateFulfillment(tx, order.id, row.id, { state: 'to_prepare', readyAt: null, closedAt: null })
  await forgetReminder(tx, order.id, row.id)
  await markPrepared(tx, order.id, null)
  if (row.group_no !== null) await markGroupReady(tx, order.id, row.group_no, null)
  await announce(ctx, tx, order, row, 'fulfillment.preparation_undone', stateOf(row))
  return { ...row, state: 'to_prepare', ready_at: null }
}

/**
 * Hands a pick-up over to whoever shows its code: stock leaves the shop. Who took it is kept when it was not the buyer.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.wrong_code, access.wrong_site
 */
export async function handOver(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  typedCode: string,
  collectedBy: string | null = null,
): Promise<FulfillmentRow> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  if (row.method !== 'pickup' || row.state !== 'ready') throw refuse('fulfillment.wrong_state', { state: row.state })
  if (!sameCode(row.pickup_code ?? '', typedCode)) throw refuse('fulfillment.wrong_code')
  await issueUnits(ctx, tx, order, row.lines)
  const closed = await closeFulfillment(ctx, tx, order, row, 'handed_over')
  await endVisitWhenDone(ctx, tx, order.id)
  if (collectedBy !== null) await recordCollector(tx, order.id, row.id, collectedBy)
  const told = { ...stateOf(closed), ...(collectedBy === null ? {} : { collectedBy }) }
  await announce(ctx, tx, order, closed, 'fulfillment.handed_over', told)
  return { ...closed, collected_by: collectedBy }
}

/**
 * Units of an order leave its stock, by the promises made for them; the part of a line that stays keeps the line's own.
 * @returns by which promises they left, and which lots of followed articles
 */
export async function issueUnits(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  units: readonly { lineId: string; quantity: number; aside?: readonly LotUnitsById[] }[],
): Promise<{ promises: { lineId: string; promiseId: string }[]; lots: readonly LineLots[] }> {
  if (order.document_state !== 'confirmed') throw refuse('fulfillment.wrong_state', { state: order.document_state })
  const lines = new Map((await selectOrderLines(tx, [order.id])).map((line) => [line.id, line]))
  const leaving = units.map(({ lineId, quantity, aside }) => {
    const line = lines.get(lineId)
    assert(line && quantity <= line.quantity - line.fulfilled_quantity, 'no more of a line leaves than is left of it')
    const part = quantity < line.quantity - line.fulfilled_quantity ? ctx.ids.next() : null
    return { line, quantity, part, aside }
  })
  await cutPromises(
    tx,
    leaving.flatMap(({ line, quantity, part }) =>
      part === null ? [] : [{ poolId: line.pool_id, id: line.promise_id, partId: part, quantity: BigInt(quantity) }],
    ),
  )
  const lots = await issueStock(
    ctx,
    tx,
    leaving.map(({ line, quantity, part, aside }) => ({
      poolId: line.pool_id,
      promiseId: part ?? line.promise_id,
      variantId: line.variant_id,
      placeId: line.place_id,
      quantity,
      orderId: order.id,
      orderNumber: order.number,
      lineId: line.id,
      aside,
    })),
  )
  await markFulfilled(tx, order.id, units)
  const promises = leaving.map(({ line, part }) => ({ lineId: line.id, promiseId: part ?? line.promise_id }))
  return { promises, lots }
}

/** Closes a preparation of which everything has left; the caller tells of it. */
export async function closeFulfillment(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  state: 'handed_over' | 'shipped',
  parcel: { carrier?: string; trackingNumber?: string | null } = {},
): Promise<FulfillmentRow> {
  const now = ctx.clock.now()
  const change = { state, readyAt: row.ready_at ?? now, closedAt: now, ...parcel }
  await updateFulfillment(tx, order.id, row.id, change)
  return {
    ...row,
    state,
    ready_at: change.readyAt,
    closed_at: now,
    carrier: parcel.carrier ?? row.carrier,
    tracking_number: parcel.trackingNumber ?? row.tracking_number,
  }
}

/** How a preparation stands, told with its lines. */
function stateOf({ method, carrier, tracking_number: trackingNumber, group_no: groupNo, lines }: FulfillmentRow) {
  return {
    method,
    ...(groupNo === null ? {} : { groupNo }),
    carrier,
    trackingNumber,
    lines: lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity })),
  }
}

/** Compares pick-up codes as people type them, in constant time. */
function sameCode(right: string, typed: string): boolean {
  const a = Buffer.from(normaliseCode(right))
  const b = Buffer.from(normaliseCode(typed))
  return a.length === b.length && timingSafeEqual(a, b)
}
