import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { showOrder } from './order.tsx'

/** “I am here”: a form, so that it works on any telephone. */
export async function arrivalForm(visit: Visit) {
  const orderId = visit.params.orderId ?? ''
  const token = (visit.form.get('token') ?? '').slice(0, 100)
  const bay = Number(visit.form.get('bay') ?? '')
  try {
    await visit.call(endpoints.signalArrival, {
      params: { orderId },
      body: {
        token,
        vehicle: (visit.form.get('vehicle') ?? '').trim().slice(0, 80),
        bay: Number.isInteger(bay) && bay >= 1 && bay <= 60 ? bay : null,
      },
    })
  } catch (error) {
    if (!isRefusal(error, 'fulfillment.bay_taken', 'fulfillment.bay_unknown', 'fulfillment.not_awaited')) throw error
    return showOrder(visit, false, { token, errors: { bay: error.problem.detail } })
  }
  return goTo(visit, link(visit, 'order', { orderId }, { token }))
}
