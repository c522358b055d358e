import type { Appointment } from '@ecluse/contracts/appointments.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { may, sitesOf, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { selectAppointment, type AppointmentHead } from './queries/appointments.ts'
import { holds } from './holds-token.ts'

/**
 * One appointment, for staff who see its shop or for the holder of its token.
 * @throws service.appointment_not_found
 */
export async function readAppointment(
  ctx: Ctx,
  db: Queryable,
  id: string,
  token: string | undefined,
): Promise<{ view: Appointment; row: AppointmentHead }> {
  const row = await selectAppointment(db, id)
  if (!row) throw refuse('service.appointment_not_found')
  const holder = holds(row, token)
  const siteIds = sitesOf(ctx.actor)
  const staff = may(ctx.actor, 'orders:read') && (siteIds === null || siteIds.includes(row.site_id))
  if (!staff && !holder) throw refuse('service.appointment_not_found')
  return { view: viewAppointment(row, ctx.locale, holder), row }
}

/** An appointment as it is shown; its secret to its holder only. */
export function viewAppointment(row: AppointmentHead, locale: Locale, holder: boolean): Appointment {
  return {
    id: row.id,
    code: `${row.code.slice(0, 4)}-${row.code.slice(4)}`,
    state: row.state,
    serviceCode: row.offering_code,
    serviceName: row.service_name[locale] || row.service_name.fr,
    siteId: row.site_id,
    siteName: row.site_name,
    timeZone: row.time_zone,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    resourceKind: row.resource_kind,
    alsoResourceId: row.also_resource_id ?? null,
    alsoResourceName: row.also_resource_name,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    seats: row.seats,
    contact: { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
    note: row.note,
    reservationId: row.reservation_id,
    orderId: row.order_id ?? null,
    createdAt: row.created_at.toISOString(),
    sequence: row.sequence,
    offerExpiresAt: row.offer_expires_at?.toISOString() ?? null,
    accessToken: holder ? row.access_token : null,
  }
}

/** An appointment with its secret, for a message to its holder. */
export async function appointmentForMessage(
  db: Queryable,
  id: string,
  locale: Locale,
): Promise<{ view: Appointment; row: AppointmentHead } | undefined> {
  const row = await selectAppointment(db, id)
  return row && { view: viewAppointment(row, locale, true), row }
}
