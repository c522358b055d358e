import type { OrderDownloads } from '@ecluse/contracts/downloads.ts'
import { orderOfGroup } from '@ecluse/contracts/order-of-group.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { text } from '../../kernel/messages.ts'
import { qrPng } from '../../kernel/qr.ts'
import { siteById } from '../channels/public.ts'
import { companyById, issueInvitation, memberById, writeConsentToken } from '../customers/public.ts'
import {
  downloadsOf,
  orderForDocument,
  quoteForMessage,
  requestForMessage,
  reservationForMessage,
  withdrawalById,
} from '../orders/public.ts'
import { parseSender } from './domain/sender.ts'
import {
  subjectOf,
  type AppointmentTemplate,
  type Details,
  type ReservationTemplate,
  type Template,
} from './domain/template.ts'
import { appointmentForMessage } from '../service/public.ts'
import { composeMail } from './mail/compose.ts'
import { composeAppointmentMail } from './mail/compose-appointment.ts'
import type { MailPart } from './mail/mail-data.ts'
import {
  composeInvitationMail,
  composeRequestMail,
  isRequestTemplate,
  type RequestTemplate,
} from './mail/compose-company.ts'
import { composeConsentMail } from './mail/compose-consent.ts'
import { composeQuoteMail } from './mail/compose-quote.ts'
import { composeReservationMail } from './mail/compose-reservation.ts'
import { renderHtml } from './mail/html.ts'
import type { Qr } from './mail/mail.ts'
import { renderText } from './mail/plain-text.ts'
import { accessTokenOf } from './queries/messages.ts'
import type { MailDesk } from './templates/mail-desk.ts'
import { makeOwnMail } from './templates/make-own-mail.ts'

/** The pages of the shop that messages link to; full addresses. */
export type MailLinks = {
  order(locale: Locale, orderId: string, accessToken: string): string
  withdrawal(locale: Locale): string
  returnSlip(locale: Locale, orderId: string, returnId: string, accessToken: string): string
  quote(locale: Locale, quoteId: string, accessToken: string): string
  invitation(locale: Locale, token: string): string
  request(locale: Locale, companyId: string, requestId: string): string
  reservation(locale: Locale, reservationId: string, accessToken: string): string
  pass(locale: Locale, token: string): string
  appointment(locale: Locale, appointmentId: string, accessToken: string): string
  calendar(locale: Locale, appointmentId: string, accessToken: string): string
  confirmNews(locale: Locale, token: string): string
  unsubscribe(locale: Locale, token: string): string
} & MailDesk

export type Content = { readonly subject: string; readonly html: string; readonly text: string }

/** A message whose words are still to be made; `own`: from a template people wrote. */
export type MessageToMake = {
  readonly template: Template | 'own' | 'text'
  readonly order_id: string
  readonly locale: Locale
  readonly details: Details
  readonly party_id: string | null
  readonly template_id: string | null
  readonly template_version: number | null
  readonly occurrence: string
}

/** Makes what a message says, from the order as it is now. */
export async function prepareContent(ctx: Ctx, links: MailLinks, message: MessageToMake): Promise<Content> {
  const { locale, order_id: orderId, template } = message
  if (template === 'own') return makeOwnMail(ctx, links, message)
  assert(template !== 'text', 'a text message is made when it is written')
  if (template === 'quote_sent') return quoteContent(ctx, links, orderId, locale)
  if (template === 'consent_confirmation')
    return consentContent(ctx, links, orderId, { locale, consentId: message.details.consentId ?? '' })
  if (template === 'company_invitation') return invitationContent(ctx, links, orderId, locale)
  if (isRequestTemplate(template))
    return requestContent(ctx, links, orderId, { locale, template, details: message.details })
  if (isOfAppointment(template)) return appointmentContent(ctx, links, orderId, locale, template)
  if (isOfReservation(template)) return reservationContent(ctx, links, orderId, locale, template)
  const whole = await orderForDocument(ctx, ctx.db, orderId)
  const order = orderOfGroup(whole, message.details.groupNo)
  const token = await accessTokenOf(ctx.db, orderId)
  assert(token !== undefined, 'an order has an access token')
  const site = order.delivery.siteId === null ? undefined : await siteById(ctx.db, order.delivery.siteId)
  const sender = parseSender(ctx.config.mailFrom)
  const mail = composeMail(template, {
    locale,
    order,
    details: message.details,
    site: site ?? null,
    parts: await partsOf(ctx, whole),
    sender,
    links: {
      order: links.order(locale, orderId, token),
      withdrawal: links.withdrawal(locale),
      returnSlip: links.returnSlip(locale, orderId, message.details.returnId ?? '', token),
    },
    ...(await receiptOf(ctx, message.details)),
    ...(await downloadsFor(ctx, order)),
    qr: await qrOf(order, locale),
  })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

/** The parts of a mixed order with their shops; none of an order that goes one way. */
async function partsOf(ctx: Ctx, order: Order): Promise<MailPart[]> {
  const parts: MailPart[] = []
  for (const { no, siteId } of order.groups)
    parts.push({
      order: orderOfGroup(order, no),
      site: (siteId === null ? null : await siteById(ctx.db, siteId)) ?? null,
    })
  return parts
}

/** The files of an order, with addresses that work from a mailbox. */
async function downloadsFor(ctx: Ctx, order: Order): Promise<{ downloads?: OrderDownloads }> {
  if (!order.lines.some((line) => line.downloadFrom !== null)) return {}
  const { consent, items } = await downloadsOf(ctx, ctx.db, order.id)
  const whole = (url: string | null): string | null => url && `${ctx.config.publicUrl}${url}`
  return {
    downloads: {
      consent,
      items: items.map((item) => ({ ...item, files: item.files.map((file) => ({ ...file, url: whole(file.url) })) })),
    },
  }
}

async function receiptOf(ctx: Ctx, { withdrawalId }: Details): Promise<{ receipt?: string[] }> {
  if (withdrawalId === undefined) return {}
  const withdrawal = await withdrawalById(ctx.db, withdrawalId)
  return withdrawal ? { receipt: withdrawal.receipt.split('\n') } : {}
}

const isOfAppointment = (template: Template): template is AppointmentTemplate => subjectOf(template) === 'appointment'

async function appointmentContent(
  ctx: Ctx,
  links: MailLinks,
  id: string,
  locale: Locale,
  template: AppointmentTemplate,
): Promise<Content> {
  const found = await appointmentForMessage(ctx.db, id, locale)
  assert(found !== undefined, 'an appointment that is told of is there')
  const sender = parseSender(ctx.config.mailFrom)
  const token = found.row.access_token
  const mail = composeAppointmentMail(template, {
    locale,
    appointment: found.view,
    place: found.row,
    sender,
    link: links.appointment(locale, id, token),
    calendar: links.calendar(locale, id, token),
  })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

const isOfReservation = (template: Template): template is ReservationTemplate => subjectOf(template) === 'reservation'

async function reservationContent(
  ctx: Ctx,
  links: MailLinks,
  id: string,
  locale: Locale,
  template: ReservationTemplate,
): Promise<Content> {
  const reservation = await reservationForMessage(ctx.db, id)
  assert(reservation !== undefined, 'a reservation that is told of is there')
  const { accessToken, passToken, siteId } = reservation
  const sender = parseSender(ctx.config.mailFrom)
  const alt = text(locale, 'mail.reservation.qr')
  const mail = composeReservationMail(template, {
    locale,
    reservation,
    site: (await siteById(ctx.db, siteId)) ?? null,
    sender,
    link: links.reservation(locale, id, accessToken ?? ''),
    qr: passToken === null ? null : { png: await qrPng(links.pass(locale, passToken)), alt },
  })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

async function quoteContent(ctx: Ctx, links: MailLinks, quoteId: string, locale: Locale): Promise<Content> {
  const quote = await quoteForMessage(ctx.db, quoteId, ctx.clock.now())
  assert(quote !== undefined, 'a quote that was sent is there')
  const link = links.quote(locale, quoteId, quote.accessToken)
  const sender = parseSender(ctx.config.mailFrom)
  const qr = quote.passCode === null ? null : { png: await qrPng(link), alt: text(locale, 'mail.quote_sent.qr') }
  const mail = composeQuoteMail(locale, quote, { sender, link, qr })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

/** The link can only be written by us; it is in the message and nowhere else. */
function consentContent(
  ctx: Ctx,
  links: MailLinks,
  partyId: string,
  { locale, consentId }: { locale: Locale; consentId: string },
): Content {
  const sender = parseSender(ctx.config.mailFrom)
  const token = writeConsentToken(ctx.config, { may: 'confirm', partyId, entryId: consentId })
  const mail = composeConsentMail(locale, { sender, link: links.confirmNews(locale, token) })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

/** The link's secret is made here, so that it lies in the message and nowhere else. */
async function invitationContent(ctx: Ctx, links: MailLinks, memberId: string, locale: Locale): Promise<Content> {
  const member = await memberById(ctx.db, memberId)
  const company = member && (await companyById(ctx.db, member.company_id))
  assert(member && company, 'who was invited is there')
  const { token, expiresAt } = await inTransaction(ctx.db, (tx) => issueInvitation(ctx, tx, memberId))
  const sender = parseSender(ctx.config.mailFrom)
  const invitation = { name: member.name, role: member.role, company: company.name, expiresAt }
  const mail = composeInvitationMail(locale, invitation, { sender, link: links.invitation(locale, token) })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

/** What is written about a purchase that needs approval: to whoever decides, and to whoever asked. */
async function requestContent(
  ctx: Ctx,
  links: MailLinks,
  requestId: string,
  message: { template: RequestTemplate; locale: Locale; details: Details },
): Promise<Content> {
  const { locale, template, details } = message
  const request = await requestForMessage(ctx.db, requestId)
  const member = await memberById(ctx.db, details.memberId ?? '')
  assert(request && member, 'who is written to about a request is there')
  const sender = parseSender(ctx.config.mailFrom)
  const link = links.request(locale, request.companyId, requestId)
  const mail = composeRequestMail(locale, template, { ...request, name: member.name }, { sender, link })
  return { subject: mail.subject, html: renderHtml(mail, locale, sender.name), text: renderText(mail) }
}

/** The QR code says what people would type: the pick-up code. */
async function qrOf({ delivery: { method, pickupCode } }: Order, locale: Locale): Promise<Qr | null> {
  if (method !== 'pickup' || pickupCode === null) return null
  return { png: await qrPng(pickupCode), alt: text(locale, 'mail.pickup.qr', { code: pickupCode }) }
}
