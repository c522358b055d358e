import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { longestComment, ratingScores } from '@ecluse/contracts/ratings.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'
import { showOrder } from './order.tsx'

/** Keeps an answer, and goes back to the order. */
export async function ratingForm(visit: Visit) {
  const { form, t } = visit
  const orderId = visit.params['orderId'] ?? ''
  const token = (form.get('token') ?? '').slice(0, 100)
  const score = ratingScores.find((one) => String(one) === form.get('score'))
  const refused = (detail: string) => showOrder(visit, false, { token, errors: { rating: detail } })
  if (score === undefined) return refused(t('rating.missing'))
  const comment = (form.get('comment') ?? '').trim().slice(0, longestComment)
  try {
    await visit.call(endpoints.rateOrder, {
      params: { orderId },
      body: { ...(token ? { token } : {}), score, comment },
    })
  } catch (error) {
    if (isRefusal(error, 'service.not_rateable')) return refused(error.problem.detail)
    if (isRefusal(error, 'orders.not_found', 'kernel.invalid_input', 'access.forbidden')) return notFound(visit)
    throw error
  }
  return goTo(visit, `${link(visit, 'order', { orderId }, { token, rated: '1' })}#rating`)
}
