/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import { currentCart } from '../cart-acts.ts'
import { readOrder, writeOrder } from '../cookies.ts'
import { absolute, show } from '../document.tsx'
import type { FormErrors } from '../parts/field.tsx'
import { addresses } from '../paths.ts'
import { goTo, isSecure, keepCart, link, newFormKey, type Visit } from '../visit.ts'
import { isBuyable } from './cart.tsx'
import { checkoutErrors, checkoutValues, orderBody, splitKey, waysOf, type CheckoutValues } from './checkout-form.ts'
import { appointmentFor, isAboutHour } from './checkout-appointment.tsx'
import { isDownloadsOnly } from './checkout-downloads.tsx'
import { driveFor } from './checkout-drive.tsx'
import { canBeSplit, splitFor } from './checkout-mixed.tsx'
import { CheckoutForm } from './checkout-view.tsx'
import { windowsFor } from './checkout-windows.tsx'

/** The empty form, with what is known of a signed-in customer. */
export async function checkoutPage(visit: Visit) {
  const cart = await currentCart(visit)
  if (!cart || !isBuyable(visit, cart)) return goTo(visit, link(visit, 'cart'))
  const { session } = await visit.call(endpoints.getSession)
  const values = checkoutValues(new URLSearchParams())
  const customer = session && session.role === null ? session : null
  const { member } = customer ? await visit.call(endpoints.getMyLoyalty) : { member: null }
  return showCheckout(
    visit,
    cart,
    {},
    {
      ...values,
      voucher: (visit.query.get('voucher') ?? '').slice(0, 40),
      email: customer?.email ?? '',
      name: customer?.name ?? '',
      method: isDownloadsOnly(cart) ? 'download' : firstWay(cart),
      card: 'tok_accept',
      ...(await agreedUpon(visit, cart)),
    },
    200,
    member,
  )
}

/** Whom a quote is for and how it is delivered: whoever pays it from its page need not say so again. */
async function agreedUpon(visit: Visit, cart: Cart): Promise<Partial<CheckoutValues>> {
  const token = visit.query.get('quote')
  if (!cart.quote || !token) return {}
  const quote = await visit
    .call(endpoints.getQuote, { params: { quoteId: cart.id }, query: { token, locale: visit.locale } })
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.problem.status < 500) return null
      throw error
    })
  const revision = quote?.revisions.find((one) => one.revision === cart.quote?.revision)
  if (!revision) return {}
  const { contact, delivery, gift } = revision
  const { delivery: brought, pickups } = waysOf(cart)
  return {
    name: delivery.address?.name ?? contact.name,
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    ...(gift ? { gift: true, giftMessage: gift.message } : {}),
    ...(delivery.method === 'delivery' && brought ? { method: 'delivery', ...typedAddress(delivery.address) } : {}),
    ...(delivery.method === 'pickup' && pickups.some(({ siteId }) => siteId === delivery.siteId)
      ? { method: 'pickup', siteId: delivery.siteId ?? '' }
      : {}),
  }
}

function typedAddress(address: PostalAddress | null): Partial<CheckoutValues> {
  if (!address) return {}
  const { street, street2 = '', postalCode, locality } = address
  return { street, street2, postalCode, locality }
}

/** The way that is chosen before anybody chooses. */
function firstWay(cart: Cart): string {
  const { delivery, pickups } = waysOf(cart)
  if (delivery) return 'delivery'
  return pickups.length > 0 ? 'pickup' : canBeSplit(cart) ? 'mixed' : ''
}

async function showCheckout(
  visit: Visit,
  cart: Cart,
  errors: FormErrors,
  values: CheckoutValues,
  status = 200,
  member: LoyaltyMember | null = null,
) {
  const { t } = visit
  // A refused submission placed nothing: the next one counts as a new one.
  const fresh = { ...values, key: newFormKey(), cartId: cart.id }
  const goods = !isDownloadsOnly(cart)
  const offer = goods ? await windowsFor(visit, { cartId: cart.id }, values.postalCode) : null
  const { split, times } = await splitFor(visit, cart, values)
  const drive = goods ? await driveFor(visit, cart) : null
  const appointment = goods ? await appointmentFor(visit, cart, values) : null
  return show(
    visit,
    {
      title:
        Object.keys(errors).length > 0 ? t('form.error_title', { title: t('checkout.title') }) : t('checkout.title'),
      description: t('checkout.title'),
      alternates: addresses.checkout,
      indexed: false,
      personal: true,
      quiet: true,
      body: (
        <CheckoutForm {...{ visit, cart, errors, offer, split, times, drive, appointment, member }} values={fresh} />
      ),
    },
    status,
  )
}

/** Buys. The same form sent twice gives the same order, by its idempotency key. */
export async function checkoutForm(visit: Visit) {
  const values = checkoutValues(visit.form)
  // Asked for the windows of what is typed so far: nothing is looked at yet.
  const act = visit.form.get('act')
  if (act === 'windows' || act === 'split' || act === 'hours') return againWith(visit, values, {}, 200)
  const errors = checkoutErrors(visit, values)
  if (Object.keys(errors).length > 0) return againWith(visit, values, errors, 422)
  // Nobody pays for a split whose total they have not seen.
  if (values.method === 'mixed' && values.mixShown !== splitKey(values))
    return againWith(visit, values, { form: visit.t('checkout.split_look') }, 422)
  let placed: PlacedOrder
  try {
    const returnUrl = absolute(visit, link(visit, 'paymentReturn'))
    placed = await visit.call(
      endpoints.placeOrder,
      { body: orderBody(visit, values, returnUrl) },
      { idempotencyKey: values.key || newFormKey() },
    )
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    return refused(visit, values, error)
  }
  const { orderId, accessToken: token } = placed
  writeOrder(visit.reply, { orderId, token, key: values.key, locale: visit.locale }, isSecure(visit))
  keepCart(visit, null)
  if (visit.form.get('byText') === '1' && values.phone.trim() !== '') await tellByText(visit, orderId, token)
  return goTo(visit, nextAddress(visit, placed))
}

/** Notes that a buyer wishes to hear by text message; an order is bought all the same when that cannot be noted. */
async function tellByText(visit: Visit, orderId: string, token: string): Promise<void> {
  try {
    await visit.call(endpoints.putOrderServiceWish, { params: { orderId }, body: { token, medium: 'sms' } })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

/** Where a buyer goes from an order as it stands: to the bank, to wait, to read that it failed, or to be thanked. */
export function nextAddress(visit: Visit, placed: PlacedOrder): string {
  if (placed.challengeUrl) return placed.challengeUrl
  const page = placed.documentState === 'confirmed' ? 'thanks' : 'paymentWait'
  return link(visit, page, { orderId: placed.orderId }, { token: placed.accessToken })
}

async function againWith(visit: Visit, values: CheckoutValues, errors: FormErrors, status: number) {
  const cart = await currentCart(visit, values.cartId || visit.cart?.id)
  if (!cart || cart.lines.length === 0) return goTo(visit, link(visit, 'cart'))
  return showCheckout(visit, cart, errors, values, status)
}

/** Puts the API's refusal beside what it is about. */
async function refused(visit: Visit, values: CheckoutValues, error: ApiError) {
  const { problem } = error
  const last = readOrder(visit.request)
  const isGone = problem.code === 'orders.cart_not_found' || problem.code === 'orders.empty'
  // This form went through before, and took its cart with it: that order is shown, not a second one made.
  if ((isGone || problem.code === 'kernel.idempotency_key_reused') && last?.key === values.key) {
    return goTo(visit, link(visit, 'paymentReturn'))
  }
  if (isGone) return goTo(visit, link(visit, 'cart'))
  return againWith(visit, values, refusalErrors(error), problem.status)
}

/** Fields of the form by the last part of the path the API names. */
const fieldOfPath: Record<string, string> = {
  email: 'email',
  phone: 'phone',
  name: 'name',
  street: 'street',
  street2: 'street2',
  postalCode: 'postalCode',
  locality: 'locality',
  siteId: 'siteId',
}

function refusalErrors({ problem }: ApiError): FormErrors {
  if (problem.code.startsWith('payments.voucher')) return { voucher: problem.detail }
  if (problem.code.startsWith('payments.')) return { card: problem.detail }
  if (
    problem.code.startsWith('fulfillment.slot') ||
    (problem.code === 'orders.promise_full' && problem.details?.kind === 'bay')
  )
    return { slotId: problem.detail }
  if (isAboutHour(problem)) return { startsAt: problem.detail }
  if (problem.code.startsWith('fulfillment.window') || problem.code === 'orders.promise_full')
    return { windowId: problem.detail }
  if (problem.code === 'orders.group_wrong') return { picks: problem.detail }
  if (problem.code === 'orders.delivery_not_offered') return { method: problem.detail }
  if (problem.code === 'orders.contact_required') return { email: problem.detail }
  const errors: FormErrors = {}
  for (const issue of problem.issues ?? []) {
    const field = fieldOfPath[issue.path.split(/[./]/).at(-1) ?? '']
    if (field) errors[field] = issue.message
  }
  return Object.keys(errors).length > 0 ? errors : { form: problem.detail }
}
