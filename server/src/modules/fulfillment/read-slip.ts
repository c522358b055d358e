import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { siteById } from '../channels/public.ts'
import { orderForDocument } from '../orders/public.ts'
import { readableFulfillment, viewLots } from './pick-lots.ts'
import { selectParcels } from './queries/parcels.ts'
import { slipPdf } from './slip-pdf.ts'

/**
 * The packing slip of a preparation, or of one of its parcels. Of a parcel it tells the lots that lie in it, of a preparation those
 * that are set aside for it.
 * @throws fulfillment.not_found, access.wrong_site
 */
export async function readSlip(
  ctx: Ctx,
  fulfillmentId: string,
  parcelId: string | undefined,
): Promise<{ number: string; pdf: Buffer }> {
  const row = await readableFulfillment(ctx, ctx.db, fulfillmentId)
  const [order, site, lots, parcels] = await Promise.all([
    orderForDocument(ctx, ctx.db, row.order_id),
    siteById(ctx.db, row.site_id),
    viewLots(ctx, ctx.db, row),
    parcelId === undefined ? [] : selectParcels(ctx.db, row.order_id),
  ])
  const parcel = parcels.find(({ id, fulfillment_id }) => id === parcelId && fulfillment_id === row.id)
  if (!site || (parcelId !== undefined && !parcel)) throw refuse('fulfillment.not_found')
  const lotsOf = ({ lineId }: { lineId: string }) =>
    (parcel
      ? parcel.lines.find((line) => line.lineId === lineId)?.lots
      : lots.lines.find((line) => line.lineId === lineId)?.picked) ?? []
  const lines = (parcel ?? row).lines.map((line) => ({
    ...line,
    lots: lotsOf(line).map(({ number }) => number),
  }))
  const pdf = await slipPdf({ order, site, lines, at: ctx.clock.now() }, ctx.config.mailFrom)
  return { number: order.number, pdf }
}
