import type { Subscriber } from '../../../kernel/relay.ts'
import { appointmentsOfOrders } from '../../orders/public.ts'
import { keepForOrder } from '../keep-for-order.ts'
import { appointmentsBoughtWith } from '../queries/appointments.ts'
import { endWithOrder } from '../settle-appointment.ts'

/** What was bought with articles comes into the agenda of its shop when its order stands, and goes with it. */
export const followOrders: Subscriber = {
  name: 'service.follow-orders',
  types: ['orders.order_placed', 'orders.order_cancelled'],
  async handle(ctx, tx, events) {
    const placed = events.filter(({ payload }) => payload['appointment'] === true)
    if (placed.length > 0) {
      const orderIds = placed.map(({ aggregateId }) => aggregateId)
      for (const bought of await appointmentsOfOrders(tx, orderIds)) await keepForOrder(ctx, tx, bought)
    }
    const ended = events.filter(({ type }) => type === 'orders.order_cancelled')
    if (ended.length === 0) return
    const orderIds = ended.map(({ aggregateId }) => aggregateId)
    for (const { id } of await appointmentsBoughtWith(tx, orderIds)) await endWithOrder(ctx, tx, id)
  },
}
