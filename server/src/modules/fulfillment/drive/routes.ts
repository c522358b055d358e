import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { requireSite } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { ReadModel } from '../../offers/public.ts'
import { readArrival, readBoard } from './board.ts'
import { offerSlots, putDrive } from './slots.ts'
import { assignBay, signalArrival } from './visits.ts'

/** The drive: slots, arrivals, bays, and how long customers wait. */
export const driveRoutes =
  ({ model }: { model: ReadModel }): Routes =>
  (app, services) => {
    implement(app, services, 'offerDriveSlots', endpoints.offerDriveSlots, (ctx, { query }) =>
      offerSlots(ctx, model, query),
    )
    implement(app, services, 'putDrive', endpoints.putDrive, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        requireSite(ctx.actor, params.siteId)
        const { bays, slotMinutes, capacity, active } = body
        await putDrive(ctx, tx, { site_id: params.siteId, bays, slot_minutes: slotMinutes, capacity, active })
        return { ...body, siteId: params.siteId }
      }),
    )
    implement(app, services, 'getDriveBoard', endpoints.getDriveBoard, (ctx, { params, query }) =>
      readBoard(ctx, params.siteId, query.date),
    )
    implement(app, services, 'getArrival', endpoints.getArrival, async (ctx, { params, query }) => ({
      awaited: await readArrival(ctx, params.orderId, query.token),
    }))
    implement(app, services, 'signalArrival', endpoints.signalArrival, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const visit = await signalArrival(ctx, tx, params.orderId, body)
        return { arrivedAt: visit.arrived_at.toISOString(), bay: visit.bay }
      }),
    )
    implement(app, services, 'assignBay', endpoints.assignBay, async (ctx, { params, body }) => {
      const { site_id: siteId } = await command(ctx, (tx) => assignBay(ctx, tx, params.orderId, body.bay))
      const visit = (await readBoard(ctx, siteId, undefined)).visits.find(({ orderId }) => orderId === params.orderId)
      if (!visit) throw refuse('orders.not_found')
      return visit
    })
  }
