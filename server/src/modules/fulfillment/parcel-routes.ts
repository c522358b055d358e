import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { toMoney } from '../../kernel/money.ts'
import type { ReadModel } from '../offers/public.ts'
import { moveParcel } from './move-parcel.ts'
import { packParcel, unpackParcel } from './pack-parcel.ts'
import { readPacking, readParcels } from './read-parcels.ts'
import { readSlip } from './read-slip.ts'
import { resolveParcel } from './resolve-parcel.ts'
import { shipParcel } from './ship-parcel.ts'

/** Parcels: packed, given to a carrier, followed, and made good when they do not arrive. */
export const parcelRoutes =
  ({ model }: { model: ReadModel }): Routes =>
  (app, services) => {
    implement(app, services, 'getParcels', endpoints.getParcels, (ctx, { params, query }) =>
      readParcels(ctx, params.orderId, query.token),
    )
    implement(app, services, 'getPacking', endpoints.getPacking, (ctx, { params }) =>
      readPacking(ctx, ctx.db, params.fulfillmentId),
    )
    implement(app, services, 'getPackingSlip', endpoints.getPackingSlip, async (ctx, { params, query }, { reply }) => {
      const { number, pdf } = await readSlip(ctx, params.fulfillmentId, query.parcelId)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${number}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(pdf)
    })
    implement(app, services, 'packParcel', endpoints.packParcel, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await packParcel(ctx, tx, params.fulfillmentId, body)
        return readPacking(ctx, tx, params.fulfillmentId)
      }),
    )
    implement(app, services, 'unpackParcel', endpoints.unpackParcel, (ctx, { params }) =>
      command(ctx, async (tx) => {
        await unpackParcel(ctx, tx, params.fulfillmentId, params.parcelId)
        return readPacking(ctx, tx, params.fulfillmentId)
      }),
    )
    implement(app, services, 'shipParcel', endpoints.shipParcel, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await shipParcel(ctx, tx, params.fulfillmentId, params.parcelId, body)
        return readPacking(ctx, tx, params.fulfillmentId)
      }),
    )
    implement(app, services, 'moveParcel', endpoints.moveParcel, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await moveParcel(ctx, tx, params.fulfillmentId, params.parcelId, body)
        return readPacking(ctx, tx, params.fulfillmentId)
      }),
    )
    implement(app, services, 'resolveParcel', endpoints.resolveParcel, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const { refundMinor, order } = await resolveParcel(ctx, tx, model, params, body)
        return {
          resolution: refundMinor === null ? ('reshipped' as const) : ('refunded' as const),
          refund: refundMinor === null ? null : toMoney(refundMinor, order.currency),
          packing: await readPacking(ctx, tx, params.fulfillmentId),
        }
      }),
    )
  }
