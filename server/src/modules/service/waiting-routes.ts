import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Waiting } from '@ecluse/contracts/waiting-list.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { FastifyRequest } from 'fastify'
import { command } from '../../kernel/command.ts'
import { may, requireSite } from '../../kernel/context.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { listWaitingRows, type ListedWaiting } from './queries/waiting.ts'
import { readAppointment } from './view-appointment.ts'
import { acceptOffer, joinWaitingList, passOffer, removeWaiting } from './waiting-list.ts'

/** The waiting list: who asks for an hour that is not free, and what becomes of hours that are. */
export const waitingRoutes =
  (deps: { readonly limitReservations: (request: FastifyRequest) => Promise<unknown> }): Routes =>
  (app, services) => {
    implement(
      app,
      services,
      'joinWaitingList',
      endpoints.joinWaitingList,
      async (ctx, { params, body }, { request }) => {
        if (!may(ctx.actor, 'orders:read')) await deps.limitReservations(request)
        return command(ctx, (tx) => joinWaitingList(ctx, tx, { service: params.code, ...body }))
      },
    )
    implement(app, services, 'acceptOffer', endpoints.acceptOffer, (ctx, { params: { appointmentId }, body }) =>
      command(ctx, async (tx) => {
        await acceptOffer(ctx, tx, appointmentId, body.token)
        return (await readAppointment(ctx, tx, appointmentId, body.token)).view
      }),
    )
    implement(app, services, 'passOffer', endpoints.passOffer, (ctx, { params: { appointmentId }, body }) =>
      command(ctx, async (tx) => {
        await passOffer(ctx, tx, appointmentId, body)
        return (await readAppointment(ctx, tx, appointmentId, body.token)).view
      }),
    )
    implement(app, services, 'listWaiting', endpoints.listWaiting, async (ctx, { query }) => {
      requireSite(ctx.actor, query.siteId)
      return { items: (await listWaitingRows(ctx.db, query.siteId)).map((row) => viewWaiting(row, ctx.locale)) }
    })
    implement(app, services, 'removeWaiting', endpoints.removeWaiting, (ctx, { params }) =>
      command(ctx, async (tx) => {
        await removeWaiting(ctx, tx, params.waitingId)
        return undefined
      }),
    )
  }

function viewWaiting(row: ListedWaiting, locale: Locale): Waiting {
  return {
    id: row.id,
    serviceCode: row.offering_code,
    serviceName: row.service_name[locale] || row.service_name.fr,
    siteId: row.site_id,
    from: row.from_date,
    until: row.until_date,
    seats: row.seats,
    contact: { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
    state: row.state,
    firstBy: row.first_by,
    askedAt: row.asked_at.toISOString(),
    offeredAt: row.offered_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
