import type { z } from 'zod'
import type { fulfillmentEndpoints } from '@ecluse/contracts/fulfillment.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { applyRefusal } from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import {
  markPrepared,
  selectOrderLines,
  sourceLineAgain,
  updateLine,
  type OrderLineRow,
  type OrderRow,
  type SourcedAgain,
} from '../orders/public.ts'
import { settlePromises } from '../promises/public.ts'
import { openFulfillment } from './advance-fulfillment.ts'
import { announce } from './announce.ts'
import { closeIfAllLeft } from './close-shipped.ts'
import { leftToPack } from './domain/parcel-states.ts'
import { giveLineTo, type NewPlace } from './move-line.ts'
import { removeLine, updateFulfillment, type FulfillmentRow } from './queries/fulfillments.ts'
import { keepInPreparation, selectParcels } from './queries/parcels.ts'
import { insertRefusal, refusalsOf } from './queries/refusals.ts'

type Input = z.output<typeof fulfillmentEndpoints.refuseLine.body> & {
  /** What whoever refuses says of it. */
  readonly note?: string | null
}

export type Refused = {
  readonly order: OrderRow
  readonly row: FulfillmentRow
  /** null: nobody has it. */
  readonly to: NewPlace | null
  readonly sourced: SourcedAgain
}

/**
 * A shop says no to a line of its preparation. In one transaction its promise there is given up, the reason puts the right
 * quantity right, and the line is promised elsewhere by the rules of sourcing; when nobody has it, it waits for somebody to
 * decide.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.line_gone, access.wrong_site
 */
export async function refuseLine(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  fulfillmentId: string,
  input: Input,
): Promise<Refused> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  const open = row.state === 'to_prepare' || row.state === 'ready'
  if (!open || order.document_state !== 'confirmed') throw refuse('fulfillment.wrong_state', { state: row.state })
  const line = (await selectOrderLines(tx, [order.id])).find(({ id }) => id === input.lineId)
  if (!line) throw refuse('fulfillment.line_not_found')
  if (!row.lines.some(({ lineId }) => lineId === line.id)) throw refuse('fulfillment.line_gone')
  const left = await unitsLeft(tx, row, line)
  const freed = await settlePromises(ctx, tx, 'cancel', [{ poolId: line.pool_id, id: line.promise_id }])
  if (freed.length === 0) throw refuse('fulfillment.line_gone')
  const { variant_id: variantId, place_id: placeId } = line
  const units = Math.min(input.quantity ?? left.quantity, left.quantity)
  const about = { orderId: order.id, orderNumber: order.number }
  await applyRefusal(ctx, tx, { variantId, placeId, reason: input.reason, units, lots: input.lots, ...about })
  const earlier = (await refusalsOf(tx, order.id)).filter((refusal) => refusal.line_id === line.id)
  const sourced = await sourceLineAgain(ctx, tx, model, order, line, [
    ...earlier.map((refusal) => ({ placeId: refusal.place_id, variantId, reason: refusal.reason })),
    { placeId, variantId, reason: input.reason },
  ])
  const changed = await leave(ctx, tx, order, row, line, left.gone)
  const to = sourced.placeId
    ? await giveLineTo(ctx, tx, order, line, sourced.placeId, sourced.postponedTo ?? order.promised_at)
    : null
  if (!to) await updateLine(tx, { ...line, exception: 'unsourced' })
  const told = { line, reason: input.reason, note: input.note ?? null, units, to, sourced }
  await keepRefusal(ctx, tx, row, told)
  await announceRefusal(ctx, tx, order, row, told)
  return { order, row: changed, to, sourced }
}

/**
 * What of a line is still in its preparation, and what has left it. What lies in a parcel is to be unpacked first.
 * @throws fulfillment.line_packed, fulfillment.line_gone
 */
async function unitsLeft(tx: Tx, row: FulfillmentRow, line: OrderLineRow): Promise<{ quantity: number; gone: number }> {
  const parcels = (await selectParcels(tx, row.order_id)).filter((parcel) => parcel.fulfillment_id === row.id)
  const holding = parcels.filter(({ lines }) => lines.some(({ lineId }) => lineId === line.id))
  if (holding.some(({ state }) => state === 'packed')) throw refuse('fulfillment.line_packed')
  const asked = row.lines.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
  const quantity = leftToPack([{ lineId: line.id, quantity: asked }], holding)[0]?.quantity ?? 0
  if (quantity === 0) throw refuse('fulfillment.line_gone')
  return { quantity, gone: asked - quantity }
}

/** Takes what is left of the line out of the preparation; one without lines is not to be made any more. */
async function leave(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  line: OrderLineRow,
  gone: number,
): Promise<FulfillmentRow> {
  if (gone > 0) return leaveRest(ctx, tx, order, row, { lineId: line.id, quantity: gone })
  const left = await removeLine(tx, order.id, row.id, line.id)
  await markPrepared(tx, order.id, null)
  const lines = row.lines.filter(({ lineId }) => lineId !== line.id)
  if (left > 0) return { ...row, lines }
  const closedAt = ctx.clock.now()
  await updateFulfillment(tx, order.id, row.id, { state: 'cancelled', readyAt: row.ready_at, closedAt })
  return { ...row, lines, state: 'cancelled', closed_at: closedAt }
}

/** Keeps only what has left in the preparation; when that is all of it, it is shipped. */
async function leaveRest(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  kept: { lineId: string; quantity: number },
): Promise<FulfillmentRow> {
  await keepInPreparation(tx, order.id, row.id, kept)
  await markPrepared(tx, order.id, null)
  const lines = row.lines.map((line) => (line.lineId === kept.lineId ? { ...line, quantity: kept.quantity } : line))
  return closeIfAllLeft(ctx, tx, order, { ...row, lines })
}

type Told = {
  readonly line: OrderLineRow
  readonly reason: Input['reason']
  readonly note: string | null
  readonly units: number
  readonly to: NewPlace | null
  readonly sourced: SourcedAgain
}

async function keepRefusal(ctx: Ctx, tx: Tx, row: FulfillmentRow, { line, reason, note, units, to, sourced }: Told) {
  await insertRefusal(tx, {
    order_id: line.order_id,
    id: ctx.ids.next(),
    fulfillment_id: row.id,
    line_id: line.id,
    variant_id: line.variant_id,
    place_id: line.place_id,
    reason,
    quantity: units,
    to_place_id: to?.placeId ?? null,
    sourcing: sourced.recorded,
    actor: actorLabel(ctx.actor),
    refused_at: ctx.clock.now(),
    note,
  })
}

async function announceRefusal(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  { line, reason, units, to, sourced }: Told,
): Promise<void> {
  await announce(ctx, tx, order, row, 'fulfillment.line_refused', {
    lineId: line.id,
    name: line.name,
    quantity: units,
    refusal: reason,
    placeId: line.place_id,
    toPlaceId: to?.placeId ?? null,
    toPlaceName: to?.placeName ?? null,
    postponedTo: sourced.postponedTo?.toISOString() ?? null,
    lines: [{ lineId: line.id, variantId: line.variant_id, quantity: line.quantity - line.fulfilled_quantity }],
  })
}
