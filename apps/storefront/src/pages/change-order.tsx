/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { ChangeableOrder, OrderChangeSums } from '@ecluse/contracts/order-changes.ts'
import { changeLine, currentCart } from '../cart-acts.ts'
import type { FormErrors } from '../parts/field.tsx'
import { ChangeHistory } from '../parts/order-change.tsx'
import { orderFormPage, readForHolder, tokenOf } from '../parts/order-form.tsx'
import { goTo, link, newFormKey, type Visit } from '../visit.ts'
import { ChangeForm } from './change-form.tsx'
import { ChangeReview } from './change-review.tsx'
import { changeBody, changeErrors, valuesOfForm, valuesOfOrder, type ChangeValues } from './change-values.ts'
import { windowsFor } from './checkout-windows.tsx'

/** What of an order its buyer can still change, and what was changed before. */
export async function changeOrderPage(visit: Visit) {
  const order = await changeableOf(visit)
  return showForm(visit, order, order && valuesOfOrder(order), {}, 200)
}

/** Shows what a change comes to, then makes it. */
export async function changeOrderForm(visit: Visit) {
  const { form } = visit
  const order = await changeableOf(visit)
  const values = valuesOfForm(form)
  const act = form.get('act')
  // Asked for the windows of what is typed so far, or back from the sums: nothing is looked at yet.
  if (!order || act === 'windows' || act === 'back') return showForm(visit, order, values, {}, 200)
  const errors = changeErrors(visit, values)
  if (Object.keys(errors).length > 0) return showForm(visit, order, values, errors, 422)
  const token = tokenOf(visit)
  const cart = await currentCart(visit)
  const body = changeBody(visit, order, cart, values, token)
  const params = { orderId: order.orderId }
  try {
    if (act !== 'confirm') {
      const sums = await visit.call(endpoints.priceChange, { params, body })
      if (sums.changes.length === 0)
        return await showForm(visit, order, values, { form: visit.t('change.nothing') }, 422)
      return await showReview(visit, order, sums)
    }
    const { waiting } = await visit.call(
      endpoints.changeOrder,
      { params, body: { ...body, expectedDifferenceMinor: Number(form.get('expected')) } },
      { idempotencyKey: form.get('key') ?? newFormKey() },
    )
    for (const { variantId } of body.add) await changeLine(visit, variantId, 0)
    if (waiting) return await goTo(visit, link(visit, 'changePayment', { ...params, changeId: waiting.id }, { token }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return await showForm(visit, order, values, refusalErrors(error), error.problem.status)
  }
  return goTo(visit, link(visit, 'order', params, { token }))
}

const changeableOf = (visit: Visit) =>
  readForHolder(() => {
    const token = tokenOf(visit)
    return visit.call(endpoints.getChangeable, {
      params: { orderId: visit.params['orderId'] ?? '' },
      query: { locale: visit.locale, ...(token ? { token } : {}) },
    })
  })

/** Puts a refusal beside what it is about. */
function refusalErrors({ problem }: ApiError): FormErrors {
  if (problem.code.startsWith('fulfillment.window') || problem.code === 'orders.promise_full')
    return { windowId: problem.detail }
  return { form: problem.detail }
}

async function showForm(
  visit: Visit,
  order: ChangeableOrder | null,
  values: ChangeValues | null,
  errors: FormErrors,
  status: number,
) {
  const orderId = visit.params['orderId'] ?? ''
  const token = tokenOf(visit)
  const offer =
    order?.deliveryRefusal === null && order.ways.delivery
      ? await windowsFor(visit, { orderId, ...(token ? { token } : {}) }, values?.postalCode ?? '')
      : null
  const cart: Cart | null = order?.addRefusal === null ? await currentCart(visit) : null
  return orderFormPage(visit, {
    name: 'changeOrder',
    params: { orderId },
    number: order?.number ?? null,
    title: visit.t('change.title'),
    errors,
    status,
    children: order && values && (
      <>
        <ChangeForm {...{ visit, order, cart, offer, token, values, errors }} />
        <ChangeHistory visit={visit} order={order} />
      </>
    ),
  })
}

function showReview(visit: Visit, order: ChangeableOrder, sums: OrderChangeSums) {
  return orderFormPage(visit, {
    name: 'changeOrder',
    params: { orderId: order.orderId },
    number: order.number,
    title: visit.t('change.review'),
    errors: {},
    status: 200,
    children: <ChangeReview visit={visit} order={order} sums={sums} />,
  })
}
