import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { normalisePhone } from '../customers/public.ts'
import type { appointmentsOfOrders } from '../orders/public.ts'
import { codeLength, reminderFor, tell } from './book-appointment.ts'
import {
  appointmentsBoughtWith,
  insertAppointment,
  insertPromisesOf,
  type AppointmentRow,
} from './queries/appointments.ts'

type Bought = Awaited<ReturnType<typeof appointmentsOfOrders>>[number]

/** Writes the appointment that was bought with an order into the agenda of its shop, once. Its time is promised with the order. */
export async function keepForOrder(ctx: Ctx, tx: Tx, bought: Bought): Promise<void> {
  if ((await appointmentsBoughtWith(tx, [bought.order_id])).length > 0) return
  const now = ctx.clock.now()
  const row: AppointmentRow = {
    id: bought.appointment_id,
    code: ctx.ids.code(codeLength),
    access_token: ctx.ids.secret(),
    offering_code: bought.service,
    site_id: bought.site_id,
    resource_id: bought.resource_id,
    also_resource_id: bought.also_resource_id,
    order_id: bought.order_id,
    starts_at: bought.starts_at,
    ends_at: bought.ends_at,
    blocked_until: bought.blocked_until,
    state: 'booked',
    seats: 1,
    locale: bought.locale,
    contact_name: bought.contact_name ?? '–',
    contact_email: bought.contact_email?.toLowerCase() ?? null,
    contact_phone: bought.contact_phone === null ? null : normalisePhone(bought.contact_phone),
    note: '',
    reservation_id: null,
    sequence: 0,
    remind_at: reminderFor(bought.starts_at, now),
    created_at: now,
    updated_at: now,
    actor: null,
  }
  await insertAppointment(tx, row)
  await insertPromisesOf(tx, row.id, bought.promises)
  await tell(ctx, tx, row, 'service.appointment_booked')
}
