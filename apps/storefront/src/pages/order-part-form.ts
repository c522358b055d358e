import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { goTo, isRefusal, link, newFormKey, type Visit } from '../visit.ts'
import { showOrder } from './order.tsx'

/** Cancels a part; sent twice, it is cancelled once. */
export async function orderPartForm(visit: Visit) {
  const orderId = visit.params.orderId ?? ''
  const token = (visit.form.get('token') ?? '').slice(0, 100)
  const no = Math.trunc(Number(visit.form.get('no') ?? ''))
  try {
    await visit.call(
      endpoints.cancelPart,
      { params: { orderId, no }, body: token ? { token } : {} },
      { idempotencyKey: (visit.form.get('key') ?? '').slice(0, 100) || newFormKey() },
    )
  } catch (error) {
    if (!isRefusal(error, 'orders.part_not_cancellable')) throw error
    return showOrder(visit, false, { token, errors: { [`part-${no}`]: error.problem.detail } })
  }
  return goTo(visit, link(visit, 'order', { orderId }, { token }))
}
