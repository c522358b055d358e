import { parcelStates, type OrderParcels, type Packing, type Parcel } from '@ecluse/contracts/parcels.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { readOrder } from '../orders/public.ts'
import { leftToPack, linesInParcels, shippingStateOfLines } from './domain/parcel-states.ts'
import { orderOf, selectFulfillment } from './queries/fulfillments.ts'
import { linesOfParcels, selectParcels, type ParcelRow } from './queries/parcels.ts'
import { viewFulfillment } from './view-fulfillment.ts'

/**
 * The parcels of an order, for whoever may see the order, and how far its units are.
 * @throws orders.not_found
 */
export async function readParcels(ctx: Ctx, orderId: string, token: string | undefined): Promise<OrderParcels> {
  await readOrder(ctx, ctx.db, orderId, token)
  const [rows, ordered] = await Promise.all([selectParcels(ctx.db, orderId), linesOfParcels(ctx.db, orderId)])
  const lines = linesInParcels(ordered, rows)
  return { state: shippingStateOfLines(lines), items: rows.map(viewParcel), lines }
}

/** A preparation with its parcels. @throws fulfillment.not_found, access.wrong_site */
export async function readPacking(ctx: Ctx, db: Queryable, fulfillmentId: string): Promise<Packing> {
  const owner = await orderOf(db, fulfillmentId)
  const row = owner ? await selectFulfillment(db, owner.order_id, fulfillmentId) : undefined
  if (!row) throw refuse('fulfillment.not_found')
  requireSite(ctx.actor, row.site_id)
  const parcels = (await selectParcels(db, row.order_id)).filter((parcel) => parcel.fulfillment_id === row.id)
  const open = row.state === 'to_prepare' || row.state === 'ready'
  return {
    fulfillment: viewFulfillment(ctx, row),
    parcels: parcels.map(viewParcel),
    left: open && row.method === 'delivery' ? leftToPack(row.lines, parcels) : [],
  }
}

function viewParcel(row: ParcelRow): Parcel {
  return {
    id: row.id,
    orderId: row.order_id,
    fulfillmentId: row.fulfillment_id,
    siteId: row.site_id,
    siteName: row.site_name,
    position: row.position,
    state: row.state,
    steps: parcelStates.flatMap((state) => {
      const at = row.reached[state]
      return at === undefined ? [] : [{ state, at }]
    }),
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    trackingUrl: row.tracking_url,
    weightGrams: row.weight_grams,
    resolution: row.resolution,
    note: row.note,
    lines: row.lines.map(({ variantId: _, ...line }) => line),
  }
}
