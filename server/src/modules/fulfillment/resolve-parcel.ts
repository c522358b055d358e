import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { recordMovements } from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import { markFulfilled, refundUnits, selectOrderLines, sourceLineAgain, type OrderRow } from '../orders/public.ts'
import { announce } from './announce.ts'
import { giveLineTo } from './move-line.ts'
import { openParcel } from './pack-parcel.ts'
import { updateParcel, type ParcelRow } from './queries/parcels.ts'

/**
 * Decides about the articles of a parcel that was lost or came back: they are promised again, from wherever the rules of sourcing find
 * them, or refunded. What came back can go onto the shelf it left from.
 * @returns what is refunded, in minor units; null when it is sent again
 * @throws fulfillment.not_found, fulfillment.parcel_not_found, fulfillment.wrong_state, fulfillment.came_back_already,
 *   fulfillment.rest_not_shipped, orders.out_of_stock, access.wrong_site
 */
export async function resolveParcel(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  { fulfillmentId, parcelId }: { fulfillmentId: string; parcelId: string },
  { choice, restock }: { choice: 'reship' | 'refund'; restock: boolean },
): Promise<{ refundMinor: bigint | null; order: OrderRow }> {
  const { order, row, parcel } = await openParcel(ctx, tx, fulfillmentId, parcelId)
  const failed = parcel.state === 'lost' || parcel.state === 'returned_to_sender'
  if (!failed || parcel.resolution !== null) throw refuse('fulfillment.wrong_state', { state: parcel.state })
  await requireStillGone(tx, order, parcel)
  if (restock && parcel.state === 'returned_to_sender') await putBack(ctx, tx, order, parcel)
  if (choice === 'reship') await reship(ctx, tx, model, order, parcel)
  const resolution = choice === 'reship' ? ('reshipped' as const) : ('refunded' as const)
  await updateParcel(tx, { ...parcel, resolution })
  const units = parcel.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const refundMinor =
    choice === 'refund' ? await refundUnits(ctx, tx, order, units, { lost: parcel.state === 'lost' }) : null
  await announce(ctx, tx, order, row, 'fulfillment.parcel_resolved', {
    parcelId: parcel.id,
    position: parcel.position,
    resolution,
    lines: parcel.lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity })),
  })
  return { refundMinor, order }
}

/** What its buyer brought back cannot be lost as well. @throws fulfillment.came_back_already */
async function requireStillGone(tx: Tx, order: OrderRow, parcel: ParcelRow): Promise<void> {
  const lines = await selectOrderLines(tx, [order.id])
  for (const { lineId, quantity } of parcel.lines) {
    const line = lines.find(({ id }) => id === lineId)
    assert(line, 'a parcel carries lines of its order')
    if (line.fulfilled_quantity - line.returned_quantity < quantity) throw refuse('fulfillment.came_back_already')
  }
}

const sumUnits = (lots: readonly { readonly units: number }[]): number =>
  lots.reduce((sum, { units }) => sum + units, 0)

async function putBack(ctx: Ctx, tx: Tx, order: OrderRow, parcel: ParcelRow): Promise<void> {
  await recordMovements(
    ctx,
    tx,
    parcel.lines.map(({ lineId, variantId, quantity, lots }) => ({
      kind: 'return' as const,
      variantId,
      lineId,
      placeId: parcel.place_id,
      quantity: BigInt(quantity),
      reference: order.number,
      orderId: order.id,
      // What had left in it, when all of that is known.
      ...(sumUnits(lots) === quantity ? { lotIds: lots.map(({ lotId, units }) => ({ lotId, units })) } : {}),
    })),
  )
}

/** @throws fulfillment.rest_not_shipped, orders.out_of_stock */
async function reship(ctx: Ctx, tx: Tx, model: ReadModel, order: OrderRow, parcel: ParcelRow): Promise<void> {
  for (const { lineId, quantity } of parcel.lines) {
    await markFulfilled(tx, order.id, [{ lineId, quantity: -quantity }])
    const line = (await selectOrderLines(tx, [order.id])).find(({ id }) => id === lineId)
    assert(line, 'a parcel carries lines of its order')
    // A line has one promise: while the rest of it keeps that one, the lost units wait.
    if (line.quantity - line.fulfilled_quantity !== quantity) throw refuse('fulfillment.rest_not_shipped')
    const sourced = await sourceLineAgain(ctx, tx, model, order, line, [])
    if (!sourced.placeId) throw refuse('orders.out_of_stock', { variantId: line.variant_id, available: 0 })
    await giveLineTo(ctx, tx, order, line, sourced.placeId, sourced.postponedTo ?? order.promised_at)
  }
}
