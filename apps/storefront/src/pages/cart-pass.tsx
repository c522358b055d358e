/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { idSchema } from '@ecluse/contracts/scalars.ts'
import { goTo, isRefusal, link, type Visit } from '../visit.ts'
import { cartPage } from './cart.tsx'

const refusals = ['orders.cart_not_found', 'orders.empty', 'orders.out_of_stock', 'orders.quote_not_open'] as const

/** Makes the cart's pass and shows it. Sent again, it shows the same one. */
export async function cartPassForm(visit: Visit) {
  if (!visit.cart) return goTo(visit, link(visit, 'cart'))
  try {
    const pass = await visit.call(endpoints.createPass, { body: { cartId: visit.cart.id, locale: visit.locale } })
    return await cartPage(visit, undefined, pass)
  } catch (error) {
    if (!isRefusal(error, ...refusals)) throw error
    return cartPage(visit, error.problem.detail)
  }
}

/** Puts the cart aside in a shop for two hours, and shows the pass to come with. */
export async function cartHoldForm(visit: Visit) {
  const siteId = visit.form.get('siteId') ?? ''
  if (!visit.cart || !idSchema.safeParse(siteId).success) return goTo(visit, link(visit, 'cart'))
  const cartId = visit.cart.id
  try {
    await visit.call(endpoints.holdCart, { params: { cartId }, query: { locale: visit.locale }, body: { siteId } })
  } catch (error) {
    if (!isRefusal(error, ...refusals, 'orders.quote_fixed')) throw error
    return cartPage(visit, error.problem.detail)
  }
  return cartPassForm(visit)
}
