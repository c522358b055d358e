import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { addressOf, orderAddress } from '@ecluse/storefront/paths.ts'
import type { Config } from './kernel/config.ts'
import type { Services } from './kernel/context.ts'
import { toMoney } from './kernel/money.ts'
import {
  httpTexts,
  pushCarrier,
  socialName,
  webPushes,
  type CarriedText,
  type Carriers,
  type LetterDesk,
  type MailDesk,
  type MailLinks,
} from './modules/engagement/public.ts'
import type { OfferModel } from './modules/offers/public.ts'

/** Pages of the shop that e-mails link to. */
export function mailLinks({ publicUrl }: Config): Omit<MailLinks, keyof MailDesk> & Pick<LetterDesk, 'answerCode'> {
  return {
    answerCode: (locale, code) => `${publicUrl}${addressOf('letterAnswer', locale, {}, { code })}`,
    order: (locale, orderId, accessToken) => `${publicUrl}${orderAddress(locale, orderId, accessToken)}`,
    quote: (locale, quoteId, token) => `${publicUrl}${addressOf('quote', locale, { quoteId }, { token })}`,
    reservation: (locale, reservationId, token) =>
      `${publicUrl}${addressOf('reservation', locale, { reservationId }, { token })}`,
    pass: (locale, token) => `${publicUrl}${addressOf('pass', locale, { token })}`,
    appointment: (locale, appointmentId, token) =>
      `${publicUrl}${addressOf('appointment', locale, { appointmentId }, { token })}`,
    calendar: (locale, appointmentId, token) =>
      `${publicUrl}${urlOf(endpoints.getAppointmentCalendar.path, { appointmentId }, { token, locale })}`,
    confirmNews: (locale, token) => `${publicUrl}${addressOf('newsConfirm', locale, {}, { token })}`,
    unsubscribe: (locale, token) => `${publicUrl}${addressOf('unsubscribe', locale, {}, { token })}`,
    withdrawal: (locale) => `${publicUrl}${addressOf('withdrawal', locale)}`,
    request: (locale, companyId, requestId) =>
      `${publicUrl}${addressOf('companyRequest', locale, { companyId, requestId })}`,
    invitation: (locale, token) => `${publicUrl}${addressOf('companyInvitation', locale, { token })}`,
    returnSlip: (locale, orderId, returnId, token) =>
      `${publicUrl}${addressOf('returnSlip', locale, { orderId, returnId }, { token })}`,
  }
}

/** Articles and pages that messages of one's own show: at the price of the online shop, as it is when they leave. */
export function mailDesk({ publicUrl }: Config, model: OfferModel): MailDesk {
  return {
    preferences: (locale, token) =>
      `${publicUrl}${token === null ? addressOf('news', locale) : addressOf('preferences', locale, {}, { token })}`,
    article(productId, locale, at) {
      const product = model.productById(productId)
      const sold = (product?.variants ?? []).flatMap(({ id }) => model.sellable('web', id, at) ?? [])
      const prices = sold.map(({ unitPriceMinor }) => unitPriceMinor).toSorted((a, b) => Number(a - b))
      const [least] = prices
      if (!product || least === undefined) return null
      return {
        name: product.name[locale],
        price: toMoney(least),
        from: prices.at(-1) !== least,
        href: `${publicUrl}${addressOf('product', locale, { handle: product.handle })}`,
      }
    },
  }
}

/** Whoever carries notifications, and text and social messages where one is set; what nobody carries is kept here. */
export function carriersOf(services: Services, { preferences }: Pick<MailDesk, 'preferences'>): Carriers {
  const { config, clock } = services
  const now = () => clock.now()
  const { smsUrl, smsSecret, smsFrom: from, socialUrl, socialSecret, socialAccount: account } = config
  const sms = { bodyOf: ({ to, text }: CarriedText) => ({ from, to, text }) }
  const social = { bodyOf: ({ to, text }: CarriedText) => ({ account, ...socialName(to), text }) }
  return {
    ...(smsUrl === null || smsSecret === null
      ? {}
      : { sms: httpTexts({ ...sms, url: smsUrl, secret: smsSecret }, now) }),
    ...(socialUrl === null || socialSecret === null
      ? {}
      : { social: httpTexts({ ...social, url: socialUrl, secret: socialSecret }, now) }),
    ...(config.push === 'keep' ? {} : { push: pushCarrier(services, webPushes(config), preferences) }),
  }
}
