import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import type { OrderRow } from '../orders/public.ts'
import { finishPreparation, openFulfillment } from './advance-fulfillment.ts'
import { announce } from './announce.ts'
import { leftToPack } from './domain/parcel-states.ts'
import { nameLotsOfParcel, shareOutLots } from './parcel-lots.ts'
import { leftToLeave } from './put-aside.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'
import { deleteParcel, insertParcel, selectParcels, type ParcelRow } from './queries/parcels.ts'

type Units = readonly {
  readonly lineId: string
  readonly quantity: number
  readonly lots?: readonly LotUnits[] | undefined
}[]

/**
 * Packs a parcel with some of what a preparation has. Once everything is packed, the preparation is ready. Under the order's lock:
 * two people who pack the same articles at once pack them once. Lots that are named lie in this parcel; otherwise it gets what
 * was put aside.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.not_left_to_pack, access.wrong_site, and those of `putAside`
 */
export async function packParcel(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  asked: { lines: Units; weightGrams: number | null },
): Promise<string> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  requirePackable(order, row)
  const parcels = await selectParcels(tx, order.id)
  const mine = parcels.filter((parcel) => parcel.fulfillment_id === row.id)
  const left = new Map(leftToPack(row.lines, mine).map(({ lineId, quantity }) => [lineId, quantity]))
  const units = joined(asked.lines)
  for (const { lineId, quantity } of units) {
    const there = left.get(lineId) ?? 0
    if (quantity > there) throw refuse('fulfillment.not_left_to_pack', { lineId, left: there })
    left.set(lineId, there - quantity)
  }
  const parcelId = await pack(ctx, tx, order, row, parcels, { lines: units, weightGrams: asked.weightGrams })
  const all = [...left.values()].every((quantity) => quantity === 0)
  if (all && row.state === 'to_prepare') await finishPreparation(ctx, tx, order, row)
  return parcelId
}

/** Writes a parcel of units that are known to be there, and tells of it. */
export async function pack(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  parcels: readonly ParcelRow[],
  { lines, weightGrams }: { lines: Units; weightGrams: number | null },
): Promise<string> {
  const id = ctx.ids.next()
  const position = Math.max(0, ...parcels.map((parcel) => parcel.position)) + 1
  const reached = { packed: ctx.clock.now().toISOString() }
  const parcel = { order_id: order.id, id, fulfillment_id: row.id, position, reached, weight_grams: weightGrams }
  await insertParcel(tx, parcel, lines)
  await giveLots(ctx, tx, order, row, id, lines)
  await announce(ctx, tx, order, row, 'fulfillment.parcel_packed', {
    parcelId: id,
    position,
    weightGrams,
    lines: lines.map(({ lineId, quantity }) => ({
      lineId,
      variantId: row.lines.find((line) => line.lineId === lineId)?.variantId ?? '',
      quantity,
    })),
  })
  return id
}

/** Says which lots lie in a parcel that was packed. */
async function giveLots(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  parcelId: string,
  lines: Units,
): Promise<void> {
  const named = lines.filter(({ lots }) => lots && lots.length > 0)
  const leaving = named.length > 0 ? await leftToLeave(tx, row) : []
  for (const { lineId, quantity, lots = [] } of named) {
    const line = leaving.find((one) => one.lineId === lineId)
    if (!line) throw refuse('fulfillment.line_gone')
    await nameLotsOfParcel(ctx, tx, { order, row, parcelId, line }, { quantity, lots })
  }
  await shareOutLots(
    tx,
    order.id,
    lines.map(({ lineId }) => lineId),
  )
}

/**
 * Takes a parcel that has not left apart: what was in it is to be packed again.
 * @throws fulfillment.not_found, fulfillment.parcel_not_found, fulfillment.wrong_state, access.wrong_site
 */
export async function unpackParcel(ctx: Ctx, tx: Tx, fulfillmentId: string, parcelId: string): Promise<void> {
  const { order, row, parcel } = await openParcel(ctx, tx, fulfillmentId, parcelId)
  if (parcel.state !== 'packed') throw refuse('fulfillment.wrong_state', { state: parcel.state })
  await deleteParcel(tx, order.id, parcel.id)
  const lines = parcel.lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity }))
  const { id, position } = parcel
  await announce(ctx, tx, order, row, 'fulfillment.parcel_unpacked', { parcelId: id, position, lines })
}

/** Locks the order of a parcel and reads both, with its preparation. @throws fulfillment.parcel_not_found and those of `openFulfillment` */
export async function openParcel(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  parcelId: string,
): Promise<{ order: OrderRow; row: FulfillmentRow; parcel: ParcelRow }> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  const parcel = (await selectParcels(tx, order.id)).find(({ id }) => id === parcelId)
  if (parcel?.fulfillment_id !== row.id) throw refuse('fulfillment.parcel_not_found')
  return { order, row, parcel }
}

/** @throws fulfillment.wrong_state */
export function requirePackable(order: OrderRow, row: FulfillmentRow): void {
  const open = row.state === 'to_prepare' || row.state === 'ready'
  if (row.method !== 'delivery' || !open) throw refuse('fulfillment.wrong_state', { state: row.state })
  if (order.document_state !== 'confirmed') throw refuse('fulfillment.wrong_state', { state: order.document_state })
}

function joined(lines: Units): Units[number][] {
  const sums = new Map<string, Units[number]>()
  for (const { lineId, quantity, lots = [] } of lines) {
    const before = sums.get(lineId)
    sums.set(lineId, {
      lineId,
      quantity: (before?.quantity ?? 0) + quantity,
      lots: [...(before?.lots ?? []), ...lots],
    })
  }
  return [...sums.values()]
}
