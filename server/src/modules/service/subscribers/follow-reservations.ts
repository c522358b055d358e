import type { Subscriber } from '../../../kernel/relay.ts'
import { appointmentsOfReservations } from '../queries/appointments.ts'
import { cancelAppointment } from '../settle-appointment.ts'

/** Articles reserved to be tried are given up, or were not fetched: the fitting room kept for them is free again. */
export const followReservations: Subscriber = {
  name: 'service.follow-reservations',
  types: ['orders.reservation_ended'],
  async handle(ctx, tx, events) {
    const given = events.filter(({ payload }) => payload['outcome'] === 'cancelled' || payload['outcome'] === 'no_show')
    if (given.length === 0) return
    const appointments = await appointmentsOfReservations(
      tx,
      given.map(({ aggregateId }) => aggregateId),
    )
    for (const { id } of appointments) await cancelAppointment(ctx, tx, id, undefined)
  },
}
