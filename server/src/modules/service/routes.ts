import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { FastifyRequest } from 'fastify'
import { command } from '../../kernel/command.ts'
import { actorLabel, may, requireSite, type Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { text } from '../../kernel/messages.ts'
import { siteById } from '../channels/public.ts'
import { reservationForMessage } from '../orders/public.ts'
import { bookAppointment } from './book-appointment.ts'
import { calendarFile } from './domain/calendar-file.ts'
import { findSlots } from './find-slots.ts'
import { appointmentsOfReservations, listAppointmentRows } from './queries/appointments.ts'
import { lockResources } from './queries/locks.ts'
import {
  deleteClosureRow,
  insertClosure,
  selectClosures,
  selectResource,
  selectResources,
  selectServices,
  siteOfClosure,
  upsertResource,
  upsertService,
} from './queries/resources.ts'
import { cancelAppointment, moveAppointment, settleAppointment } from './settle-appointment.ts'
import { appointmentForMessage, readAppointment, viewAppointment } from './view-appointment.ts'

export type AppointmentDeps = {
  /** Counts what one network books. @throws kernel.too_many_requests */
  readonly limitReservations: (request: FastifyRequest) => Promise<unknown>
  readonly appointmentLink: (locale: Locale, id: string, token: string) => string
}

/** Does something to an appointment and answers with it as it is then. */
const acting = (ctx: Ctx, id: string, token: string | undefined, act: (tx: Tx) => Promise<void>) =>
  command(ctx, async (tx) => {
    await act(tx)
    return (await readAppointment(ctx, tx, id, token)).view
  })

/** Services, the hours they can be booked at, and appointments. */
export const appointmentRoutes =
  (deps: AppointmentDeps): Routes =>
  (app, services) => {
    implement(app, services, 'listServices', endpoints.listServices, async (ctx) => {
      const items = await selectServices(ctx.db)
      return { items: may(ctx.actor, 'orders:read') ? items : items.filter(({ active }) => active) }
    })
    implement(app, services, 'listSlots', endpoints.listSlots, (ctx, { params, query }) =>
      findSlots(ctx, { ...query, from: query.from, code: params.code, untimely: may(ctx.actor, 'orders:read') }),
    )
    implement(app, services, 'bookAppointment', endpoints.bookAppointment, async (ctx, { body }, { request }) => {
      if (!may(ctx.actor, 'orders:read')) await deps.limitReservations(request)
      return command(ctx, async (tx) => {
        if (body.reservation) {
          const reservation = await reservationForMessage(tx, body.reservation.id)
          if (!reservation || reservation.accessToken !== body.reservation.token || reservation.endedAt !== null)
            throw refuse('orders.reservation_not_found')
          // What is tried must still be kept then, and there.
          if (reservation.siteId !== body.siteId || new Date(body.startsAt) >= new Date(reservation.expiresAt))
            throw refuse('service.slot_not_offered')
        }
        const { reservation, startsAt, ...wish } = body
        const resourceId = may(ctx.actor, 'orders:read') ? body.resourceId : undefined
        const booking = { ...wish, resourceId, startsAt: new Date(startsAt), reservationId: reservation?.id ?? null }
        const id = await bookAppointment(ctx, tx, booking)
        const { row } = await readAppointment({ ...ctx, actor: { kind: 'system', name: 'booking' } }, tx, id, undefined)
        return viewAppointment(row, body.locale, true)
      })
    })
    implement(app, services, 'getAppointment', endpoints.getAppointment, async (ctx, { params, query }) => {
      return (await readAppointment(ctx, ctx.db, params.appointmentId, query.token)).view
    })
    implement(
      app,
      services,
      'getReservationAppointment',
      endpoints.getReservationAppointment,
      async (ctx, { params, query }) => {
        const reservation = await reservationForMessage(ctx.db, params.reservationId)
        if (!reservation || reservation.accessToken !== query.token) throw refuse('orders.reservation_not_found')
        const [found] = await appointmentsOfReservations(ctx.db, [params.reservationId])
        const appointment = found && (await appointmentForMessage(ctx.db, found.id, ctx.locale))
        return { appointment: appointment?.view ?? null }
      },
    )
    changeRoutes(app, services)
    calendarRoutes(deps)(app, services)
    settingRoutes(app, services)
  }

const changeRoutes: Routes = (app, services) => {
  implement(app, services, 'moveAppointment', endpoints.moveAppointment, (ctx, { params, body }) => {
    const resourceId = may(ctx.actor, 'fulfillment:write') ? body.resourceId : undefined
    const to = { token: body.token, startsAt: new Date(body.startsAt), resourceId }
    return acting(ctx, params.appointmentId, body.token, (tx) => moveAppointment(ctx, tx, params.appointmentId, to))
  })
  implement(app, services, 'cancelAppointment', endpoints.cancelAppointment, (ctx, { params, body }) =>
    acting(ctx, params.appointmentId, body.token, (tx) => cancelAppointment(ctx, tx, params.appointmentId, body.token)),
  )
  implement(app, services, 'listAppointments', endpoints.listAppointments, async (ctx, { query }) => {
    requireSite(ctx.actor, query.siteId)
    const rows = await listAppointmentRows(ctx.db, query)
    return { items: rows.map((row) => viewAppointment(row, ctx.locale, false)) }
  })
  implement(app, services, 'settleAppointment', endpoints.settleAppointment, (ctx, { params, body }) =>
    acting(ctx, params.appointmentId, undefined, (tx) => settleAppointment(ctx, tx, params.appointmentId, body.state)),
  )
}

const calendarRoutes =
  (deps: AppointmentDeps): Routes =>
  (app, services) => {
    implement(
      app,
      services,
      'getAppointmentCalendar',
      endpoints.getAppointmentCalendar,
      async (ctx, { params, query }, { reply }) => {
        const { view, row } = await readAppointment(ctx, ctx.db, params.appointmentId, query.token)
        const { hostname } = new URL(ctx.config.publicUrl)
        const file = calendarFile({
          id: view.id,
          domain: hostname,
          sequence: view.sequence,
          cancelled: view.state === 'cancelled',
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          writtenAt: row.updated_at,
          summary: `${view.serviceName} · ${view.siteName}`,
          description: text(ctx.locale, 'appointment.calendar', { code: view.code }),
          location: `${row.site_name}, ${row.street}, ${row.postal_code} ${row.locality}`,
          url: deps.appointmentLink(ctx.locale, view.id, row.access_token),
          organiser: row.site_name,
        })
        return reply
          .type('text/calendar; charset=utf-8')
          .header('content-disposition', `attachment; filename="${view.code}.ics"`)
          .header('cache-control', 'private, no-store')
          .send(file)
      },
    )
  }

const settingRoutes: Routes = (app, services) => {
  implement(app, services, 'listResources', endpoints.listResources, async (ctx, { query }) => {
    requireSite(ctx.actor, query.siteId)
    const closures = await selectClosures(ctx.db, query.siteId, ctx.clock.now())
    return {
      items: await selectResources(ctx.db, query.siteId),
      closures: closures.map(({ startsAt, endsAt, ...closure }) => ({
        ...closure,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      })),
    }
  })
  implement(app, services, 'putResource', endpoints.putResource, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      requireSite(ctx.actor, body.siteId)
      if (!(await siteById(tx, body.siteId))) throw refuse('channels.site_not_found')
      await lockResources(tx, body.siteId)
      const known = await selectResource(tx, params.resourceId)
      if (known && known.siteId !== body.siteId) throw refuse('service.not_found')
      await upsertResource(tx, { id: params.resourceId, ...body }, ctx.clock.now())
      const saved = await selectResource(tx, params.resourceId)
      if (!saved) throw refuse('service.not_found')
      return saved
    }),
  )
  implement(app, services, 'putService', endpoints.putService, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const service = { code: params.code, ...body }
      await upsertService(tx, service, ctx.clock.now())
      return service
    }),
  )
  implement(app, services, 'createClosure', endpoints.createClosure, (ctx, { body }) =>
    command(ctx, async (tx) => {
      requireSite(ctx.actor, body.siteId)
      const times = { startsAt: new Date(body.startsAt), endsAt: new Date(body.endsAt) }
      if (times.endsAt <= times.startsAt) throw refuse('kernel.invalid_input')
      if (!(await siteById(tx, body.siteId))) throw refuse('channels.site_not_found')
      await lockResources(tx, body.siteId)
      if (body.resourceId !== null && (await selectResource(tx, body.resourceId))?.siteId !== body.siteId)
        throw refuse('service.not_found')
      const closure = { id: ctx.ids.next(), ...body }
      await insertClosure(tx, { ...closure, ...times, actor: actorLabel(ctx.actor) })
      return closure
    }),
  )
  implement(app, services, 'deleteClosure', endpoints.deleteClosure, (ctx, { params }) =>
    inTransaction(ctx.db, async (tx) => {
      const siteId = await siteOfClosure(tx, params.closureId)
      if (siteId !== undefined) {
        requireSite(ctx.actor, siteId)
        await deleteClosureRow(tx, params.closureId)
      }
      return undefined
    }),
  )
}
