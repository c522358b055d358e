import type { Cart } from '@ecluse/contracts/carts.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { substitutionWishes, type SubstitutionWish } from '@ecluse/contracts/substitution-wish.ts'
import type { FormErrors } from '../parts/field.tsx'
import type { Visit } from '../visit.ts'
import { chosenHour, readHour, type HourValues } from './checkout-appointment.tsx'
import { readGift, type GiftValues } from './checkout-gift.tsx'

/** The cards of the local test provider, by the token each gives. */
export const testCards = ['tok_accept', 'tok_decline', 'tok_challenge', 'tok_timeout'] as const
export type TestCard = (typeof testCards)[number]

/** What the checkout form holds, as it was typed. */
export type CheckoutValues = GiftValues &
  HourValues & {
    key: string
    cartId: string
    email: string
    name: string
    phone: string
    /** `delivery`, `window` with a window, `pickup` with a site, or `mixed`: some articles picked up at a site, the others delivered. */
    method: string
    siteId: string
    windowId: string
    /** `drive` with a slot, and the shop it is of. */
    slotId: string
    slotSiteId: string
    /** Articles that are picked up, and where: `site.variant`. */
    picks: string[]
    /** The window of the part that is delivered, and a time at a drive for a part: `site.slot`. */
    partWindow: string
    partSlot: string
    /** The split whose total was shown. */
    mixShown: string
    street: string
    street2: string
    postalCode: string
    locality: string
    card: string
    /** Code of a voucher that pays first; empty for most. */
    voucher: string
    /** The wording agreed to so that files are given at once; empty when it was not. */
    downloadNow: string
    /** What to do when an article of a pick-up is missing. */
    substitutions: SubstitutionWish
    /** The latest day told for what is sold before it is there; null: nothing was. Nobody is sold a later one. */
    shipsBy: string | null
    /** Totals shown for each way, in minor units: the buyer is never charged another. */
    totals: {
      delivery: number | null
      pickup: number | null
      window: number | null
      mixed: number | null
      drive: number | null
      download: number | null
    }
  }

const isDate = /^\d{4}-\d{2}-\d{2}$/
const frenchPostalCode = /^\d{5}$/
const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

function shownTotal(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}

/** Where each article is picked up, from the choice beside each line. */
function picksOf(form: URLSearchParams): string[] {
  return [...form].slice(0, 500).flatMap(([name, siteId]) => {
    const variantId = name.startsWith('way-') ? name.slice('way-'.length) : ''
    return isUuid.test(variantId) && isUuid.test(siteId) ? [`${siteId}.${variantId}`] : []
  })
}

/** Parts that are picked up, by shop, as the API takes them. */
function pickupsOf({ picks, partSlot }: CheckoutValues): NonNullable<PlaceOrderBody['pickups']> {
  const [slotSite = '', slotId = ''] = partSlot.split('.')
  const sites = [...new Set(picks.map((pick) => pick.split('.')[0] ?? ''))]
  return sites.map((siteId) => ({
    siteId,
    variantIds: picks.flatMap((pick) => (pick.startsWith(siteId) ? [pick.split('.')[1] ?? ''] : [])),
    ...(siteId === slotSite && isUuid.test(slotId) ? { slotId } : {}),
  }))
}

export function checkoutValues(form: URLSearchParams): CheckoutValues {
  const [windowId = '', fee = ''] = (form.get('windowId') ?? '').slice(0, 80).split('.')
  const [slotId = '', slotSiteId = ''] = (form.get('slotId') ?? '').slice(0, 80).split('.')
  const subtotal = shownTotal(form.get('subtotal'))
  const windowFee = shownTotal(fee)
  const text = (name: string, most: number): string => (form.get(name) ?? '').trim().slice(0, most)
  return {
    key: text('key', 100),
    cartId: text('cartId', 60),
    email: text('email', 254),
    name: text('name', 120),
    phone: text('phone', 30),
    method: text('method', 20),
    siteId: text('siteId', 60),
    windowId,
    slotId,
    slotSiteId,
    picks: picksOf(form),
    partWindow: isUuid.test(text('partWindow', 60)) ? text('partWindow', 60) : '',
    partSlot: text('partSlot', 80),
    mixShown: text('mixShown', 20_000),
    street: text('street', 200),
    street2: text('street2', 200),
    postalCode: text('postalCode', 12).replace(/\s/g, ''),
    locality: text('locality', 120),
    card: text('card', 60),
    voucher: text('voucher', 40),
    downloadNow: text('downloadNow', 40),
    substitutions: substitutionWishes.find((wish) => wish === form.get('substitutions')) ?? 'accept',
    ...readGift(form),
    ...readHour(form),
    shipsBy: isDate.test(text('shipsBy', 10)) ? text('shipsBy', 10) : null,
    totals: {
      delivery: shownTotal(form.get('totalDelivery')),
      pickup: shownTotal(form.get('totalPickup')),
      window: subtotal === null || windowFee === null ? null : subtotal + windowFee,
      mixed: shownTotal(form.get('totalMixed')),
      drive: shownTotal(form.get('totalPickup')),
      download: shownTotal(form.get('subtotal')),
    },
  }
}

/** What is wrong with a checkout, by field, in the visitor's words; empty when it can be sent. */
export function checkoutErrors(visit: Visit, values: CheckoutValues): FormErrors {
  const { t } = visit
  const errors: FormErrors = {}
  if (!emailSchema.safeParse(values.email).success) errors.email = t('form.email_wrong')
  if (values.name === '') errors.name = t('form.name_missing')
  if (values.phone !== '' && !/^[+\d][\d\s.()-]{5,}$/.test(values.phone)) errors.phone = t('form.phone_wrong')
  if (!['delivery', 'window', 'pickup', 'drive', 'mixed', 'download'].includes(values.method))
    errors.method = t('checkout.method_missing')
  if (values.method === 'pickup' && values.siteId === '') errors.siteId = t('checkout.shop_missing')
  if (values.method === 'window' && !isUuid.test(values.windowId)) errors.windowId = t('checkout.window_missing')
  if (values.method === 'drive' && !isUuid.test(values.slotId)) errors.slotId = t('checkout.slot_missing')
  if (values.method === 'mixed' && values.picks.length === 0) errors.picks = t('checkout.picks_missing')
  if (values.method === 'delivery' || values.method === 'window' || values.method === 'mixed') {
    if (values.street === '') errors.street = t('form.street_missing')
    if (!frenchPostalCode.test(values.postalCode)) errors.postalCode = t('form.postal_code_wrong')
    if (values.locality === '') errors.locality = t('form.locality_missing')
  }
  // What is fetched in a shop is served in that shop.
  const fetchedAt = values.method === 'pickup' ? values.siteId : values.method === 'drive' ? values.slotSiteId : ''
  if (chosenHour(values).appointment && fetchedAt !== '' && fetchedAt !== values.appointmentSite)
    errors.startsAt = t('checkout.appointment_elsewhere')
  if (!testCards.includes(values.card as TestCard)) errors.card = t('checkout.card_missing')
  return errors
}

/** The window of what is delivered, when one was chosen. */
function windowOf({ method, windowId, partWindow }: CheckoutValues): { windowId?: string } {
  const chosen = method === 'window' ? windowId : method === 'mixed' ? partWindow : ''
  return chosen === '' ? {} : { windowId: chosen }
}

/** The order as the API takes it; the values have been found right. */
export function orderBody(visit: Visit, values: CheckoutValues, returnUrl: string) {
  const { street2 } = values
  const delivery: PlaceOrderBody['delivery'] =
    values.method === 'download'
      ? { method: 'download' }
      : values.method === 'pickup'
        ? { method: 'pickup', siteId: values.siteId }
        : values.method === 'drive'
          ? { method: 'pickup', siteId: values.slotSiteId, slotId: values.slotId }
          : {
              method: 'delivery',
              ...windowOf(values),
              address: {
                name: values.name,
                street: values.street,
                ...(street2 ? { street2 } : {}),
                postalCode: values.postalCode,
                locality: values.locality,
                country: 'FR',
              },
            }
  const total = values.totals[values.method as keyof CheckoutValues['totals']]
  return {
    channel: visit.options.channelCode,
    locale: visit.locale,
    cartId: values.cartId,
    contact: { email: values.email, phone: values.phone || null, name: values.name },
    delivery,
    ...(values.method === 'mixed' && values.picks.length > 0 ? { pickups: pickupsOf(values) } : {}),
    ...(values.downloadNow ? { downloadConsent: { version: values.downloadNow } } : {}),
    ...(values.method === 'drive' || values.method === 'pickup' ? { substitutions: values.substitutions } : {}),
    ...(values.gift && values.method !== 'download' ? { gift: { message: values.giftMessage } } : {}),
    ...chosenHour(values),
    payments: [
      ...(values.voucher === '' ? [] : [{ method: 'voucher' as const, code: values.voucher }]),
      { method: 'online_card' as const, token: values.card, returnUrl },
    ],
    ...(total === null ? {} : { expectedTotalMinor: total }),
    shipsBy: values.shipsBy,
  }
}

/** A split in one line: what was shown is told from what is asked for now. */
export const splitKey = ({ picks, partWindow, partSlot }: CheckoutValues): string =>
  [...picks.toSorted(), partWindow, partSlot].join(',')

/** Ways of delivery a cart has now. */
export function waysOf(cart: Cart) {
  const delivery = cart.deliveryOptions.find((one) => one.method === 'delivery') ?? null
  const pickups = cart.deliveryOptions
    .filter((one) => one.method === 'pickup' && one.possible)
    .sort((a, b) => (a.promisedAt ?? '9').localeCompare(b.promisedAt ?? '9'))
  return { delivery: delivery?.possible ? delivery : null, pickups }
}
