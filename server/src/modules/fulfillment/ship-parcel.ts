import { carrierNamed, cleanNumber, trackingPage } from '@ecluse/contracts/carriers.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import type { OrderRow } from '../orders/public.ts'
import { issueUnits, openFulfillment } from './advance-fulfillment.ts'
import { announce } from './announce.ts'
import { closeIfAllLeft } from './close-shipped.ts'
import { leftToPack, reachedWith } from './domain/parcel-states.ts'
import { openParcel, pack, requirePackable } from './pack-parcel.ts'
import { noteLotsThatLeft, shareOutLots } from './parcel-lots.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'
import { selectShares } from './queries/parcel-lots.ts'
import { notePromises, selectParcels, updateParcel, type ParcelRow } from './queries/parcels.ts'

export type Carriage = { carrier: string; trackingNumber: string | null; trackingUrl?: string | undefined }

/**
 * Gives everything a preparation still has to the carrier: what is in no parcel yet is packed as one, with the number given.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.tracking_number_wrong, access.wrong_site
 */
export async function ship(ctx: Ctx, tx: Tx, fulfillmentId: string, carriage: Carriage): Promise<FulfillmentRow> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  requirePackable(order, row)
  const checked = checkedCarriage(carriage)
  const before = await selectParcels(tx, order.id)
  const mine = before.filter((parcel) => parcel.fulfillment_id === row.id)
  const left = leftToPack(row.lines, mine)
  const last = left.length > 0 ? await pack(ctx, tx, order, row, before, { lines: left, weightGrams: null }) : null
  const waiting = (await selectParcels(tx, order.id)).filter(
    (parcel) => parcel.fulfillment_id === row.id && parcel.state === 'packed',
  )
  // The number is that of the parcel packed now, or of the only one there was.
  const numbered = last ?? (waiting.length === 1 ? waiting[0]?.id : undefined)
  let now = row
  for (const parcel of waiting)
    now = await leave(ctx, tx, order, now, parcel, {
      ...checked,
      ...(parcel.id === numbered ? {} : { trackingNumber: null, trackingUrl: null }),
    })
  return now
}

/**
 * Gives one parcel to the carrier: what is in it leaves the stock.
 * @throws fulfillment.not_found, fulfillment.parcel_not_found, fulfillment.wrong_state, fulfillment.tracking_number_wrong, access.wrong_site
 */
export async function shipParcel(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  parcelId: string,
  carriage: Carriage,
): Promise<void> {
  const { order, row, parcel } = await openParcel(ctx, tx, fulfillmentId, parcelId)
  requirePackable(order, row)
  if (parcel.state !== 'packed') throw refuse('fulfillment.wrong_state', { state: parcel.state })
  await leave(ctx, tx, order, row, parcel, checkedCarriage(carriage))
}

type CheckedCarriage = { carrier: string; trackingNumber: string | null; trackingUrl: string | null }

/** @throws fulfillment.tracking_number_wrong when a carrier we know has no such numbers */
function checkedCarriage({ carrier, trackingNumber, trackingUrl }: Carriage): CheckedCarriage {
  const known = carrierNamed(carrier)
  if (!known) return { carrier, trackingNumber: trackingNumber || null, trackingUrl: trackingUrl ?? null }
  const number = trackingNumber ? cleanNumber(trackingNumber) : null
  if (number !== null && !known.isNumber(number))
    throw refuse('fulfillment.tracking_number_wrong', { carrier: known.name, example: known.example })
  return { carrier: known.name, trackingNumber: number, trackingUrl: trackingPage(known.name, number) }
}

const lineIdsOf = (parcel: ParcelRow): string[] => parcel.lines.map(({ lineId }) => lineId)

async function leave(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  parcel: ParcelRow,
  { carrier, trackingNumber, trackingUrl }: CheckedCarriage,
): Promise<FulfillmentRow> {
  const now = ctx.clock.now()
  await shareOutLots(
    tx,
    order.id,
    row.lines.map(({ lineId }) => lineId),
  )
  const inside = (await selectShares(tx, order.id, lineIdsOf(parcel))).filter(({ parcelId }) => parcelId === parcel.id)
  const units = parcel.lines.map(({ lineId, quantity }) => ({
    lineId,
    quantity,
    aside: inside.find((share) => share.lineId === lineId)?.lots ?? [],
  }))
  const { promises, lots } = await issueUnits(ctx, tx, order, units)
  await notePromises(tx, order.id, parcel.id, promises)
  await noteLotsThatLeft(tx, order.id, parcel.id, lots)
  const left: ParcelRow = {
    ...parcel,
    state: 'handed_to_carrier',
    reached: reachedWith(parcel.reached, 'handed_to_carrier', now),
    carrier,
    tracking_number: trackingNumber,
    tracking_url: trackingUrl,
  }
  await updateParcel(tx, left)
  const closed = await closeIfAllLeft(ctx, tx, order, row, { carrier, trackingNumber })
  await announce(ctx, tx, order, row, 'fulfillment.shipped', {
    method: row.method,
    parcelId: parcel.id,
    position: parcel.position,
    carrier,
    trackingNumber,
    trackingUrl,
    lines: parcel.lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity })),
  })
  return closed
}
