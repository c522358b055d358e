import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Told } from './told.ts'

/** The messages we send about an order. */
export const templates = [
  'order_confirmation',
  'receipt',
  'pickup_ready',
  'pickup_waiting',
  'pickup_expired',
  'shipped',
  'handed_over',
  'return_received',
  'articles_exchanged',
  'order_changed',
  'change_asked',
  'substitute_asked',
  'change_overtaken',
  'return_asked',
  'return_arrived',
  'return_refused',
  'return_expired',
  'refund_made',
  'order_cancelled',
  'payment_expired',
  'order_delayed',
  'line_cancelled',
  'line_withdrawn',
  'line_uncollected',
  'downloads_given',
  'part_cancelled',
  'line_substituted',
  'line_shortened',
  'substitute_refused',
  'order_postponed',
  'withdrawal_receipt',
  'consent_confirmation',
  'quote_sent',
  'company_invitation',
  'approval_asked',
  'request_approved',
  'request_refused',
  'request_expired',
  'reservation_made',
  'reservation_ready',
  'reservation_ending',
  'reservation_cancelled',
  'reservation_expired',
  'appointment_booked',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_reminder',
  'appointment_offered',
] as const
export type Template = (typeof templates)[number]
/** Those that are about an order. */
export type OrderTemplate = Exclude<
  Template,
  'quote_sent' | 'consent_confirmation' | CompanyTemplate | ReservationTemplate | AppointmentTemplate
>
/** Those to people who buy for a company. */
const companyTemplates = [
  'company_invitation',
  'approval_asked',
  'request_approved',
  'request_refused',
  'request_expired',
] as const satisfies readonly Template[]
export type CompanyTemplate = (typeof companyTemplates)[number]
/** Those to whoever reserved articles to try. */
export type ReservationTemplate = Extract<Template, `reservation_${string}`>

/** Those to whoever has an appointment. */
export type AppointmentTemplate = Extract<Template, `appointment_${string}`>

/** What a message is about: an order unless its template says otherwise. */
export function subjectOf(
  template: Template,
): 'order' | 'quote' | 'consent' | 'company' | 'reservation' | 'appointment' {
  if (template === 'quote_sent') return 'quote'
  if (template === 'consent_confirmation') return 'consent'
  if (template.startsWith('reservation_')) return 'reservation'
  if (template.startsWith('appointment_')) return 'appointment'
  return (companyTemplates as readonly string[]).includes(template) ? 'company' : 'order'
}

/** What an event told that the order does not. */
export type Details = {
  /** The values of the variables of a template of one's own. */
  readonly values?: Readonly<Record<string, string>>
  /** Who of a company is written to. */
  readonly memberId?: string
  readonly carrier?: string | null
  readonly trackingNumber?: string | null
  readonly trackingUrl?: string | null
  /** The part of a mixed order it is about. */
  readonly groupNo?: number
  readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[]
  readonly returnId?: string
  readonly returnNumber?: string
  readonly destinationChanged?: boolean
  /** What was changed, or is to be, in words. */
  readonly changes?: readonly string[]
  /** What is to be paid, or was, for a change. */
  readonly dueMinor?: number
  /** Of an exchange: paid by its buyer, or given back when negative. */
  readonly differenceMinor?: number
  /** The article something stands in for. */
  readonly missing?: string
  readonly siteName?: string
  readonly expiresAt?: string
  /** What was kept of a refund for diminished value, or why articles are sent back. */
  readonly deductionMinor?: number
  readonly reason?: string
  readonly withdrawalId?: string
  readonly refundMinor?: number
  /** What of it is carriage. */
  readonly carriageMinor?: number
  readonly refundMethod?: string
  readonly refundState?: string | null
  /** The revision of a quote. */
  readonly revision?: number
  /** The question that the message asks to answer. */
  readonly consentId?: string
}

/** A message an event asks for. `occurrence` tells those of one kind and order apart, the same whenever the event comes again. */
export type Wanted = {
  readonly orderId: string
  readonly template: Template
  readonly occurrence: string
  readonly details: Details
}

/** What an event asks for; about its aggregate unless it says of whom else. */
type Asked = Omit<Wanted, 'orderId'> & { readonly orderId?: string }

/** Events that make a message, and the message each makes. The aggregate is the order, or the quote. */
const wantedBy: Readonly<Record<string, (told: Told, eventId: string) => Asked | null>> = {
  'orders.order_placed': ({ deliveryMethod }) =>
    once(deliveryMethod === 'carry_out' ? 'receipt' : 'order_confirmation'),
  // A parcel that is ready has not left yet: there is nothing to do for its buyer.
  'fulfillment.order_ready': ({ method, groupNo }) =>
    method !== 'pickup'
      ? null
      : groupNo === undefined
        ? once('pickup_ready')
        : { template: 'pickup_ready', occurrence: String(groupNo), details: { groupNo } },
  'fulfillment.shipped': (told, eventId) => ({
    template: 'shipped',
    occurrence: told.parcelId ?? told.fulfillmentId ?? eventId,
    details: {
      carrier: told.carrier ?? null,
      trackingNumber: told.trackingNumber ?? null,
      trackingUrl: told.trackingUrl ?? null,
      lines: linesOf(told),
    },
  }),
  // What is carried out of the shop at once has its receipt already: it was made with the order.
  'fulfillment.handed_over': (told, eventId) =>
    told.method === 'carry_out'
      ? once('receipt')
      : {
          template: 'handed_over',
          occurrence: told.fulfillmentId ?? eventId,
          details: { ...ofGroup(told), lines: linesOf(told) },
        },
  // Of an exchange its buyer is told once, with what they were given; of a present they are not.
  'orders.articles_exchanged': (told, eventId) =>
    told.gift
      ? null
      : {
          template: 'articles_exchanged',
          occurrence: told.returnId ?? eventId,
          details: {
            returnNumber: told.number ?? '',
            lines: linesOf(told),
            differenceMinor: told.differenceMinor ?? 0,
          },
        },
  'orders.return_received': (told, eventId) =>
    told.moneyBackMinor === undefined && !told.voucher
      ? {
          template: 'return_received',
          occurrence: told.returnId ?? eventId,
          details: {
            returnId: told.returnId ?? '',
            lines: linesOf(told),
            refundMinor: told.refundMinor ?? 0,
            ...carriageOf(told),
            ...(told.deductionMinor === undefined
              ? {}
              : { deductionMinor: told.deductionMinor, reason: told.deductionReason ?? '' }),
          },
        }
      : null,
  'orders.return_asked': (told, eventId) => ofReturn('return_asked', told, eventId),
  'orders.return_arrived': (told, eventId) => ofReturn('return_arrived', told, eventId),
  'orders.return_refused': (told, eventId) => ofReturn('return_refused', told, eventId),
  // Who gives up a return knows it.
  'orders.return_given_up': (told, eventId) =>
    told.endReason === 'expired' ? ofReturn('return_expired', told, eventId) : null,
  // What went to a voucher is told on the voucher, to whoever holds it.
  'payments.refund_made': (told, eventId) =>
    told.method === 'voucher'
      ? null
      : {
          template: 'refund_made',
          occurrence: told.refundId ?? eventId,
          details: { refundMinor: told.amountMinor ?? 0, refundMethod: told.method ?? '' },
        },
  'fulfillment.pickup_waiting': (told, eventId) => ({
    template: 'pickup_waiting',
    occurrence: told.fulfillmentId ?? eventId,
    details: { expiresAt: told.expiresAt ?? '', lines: linesOf(told) },
  }),
  'orders.order_cancelled': (told) =>
    told.wasConfirmed === false
      ? once('payment_expired')
      : told.reason === 'uncollected'
        ? { ...once('pickup_expired'), details: { refundState: told.refundState ?? null } }
        : { ...once('order_cancelled'), details: { refundState: told.refundState ?? null } },
  // The receipt the law asks for, to the address its buyer gave.
  'orders.withdrawal_declared': (told, eventId) => ({
    template: 'withdrawal_receipt',
    occurrence: told.withdrawalId ?? eventId,
    details: { withdrawalId: told.withdrawalId ?? '' },
  }),
  'orders.order_expired': () => once('payment_expired'),
  // A quote is a document of its own, told of once per revision.
  'orders.quote_sent': ({ revision = 0 }) => ({
    template: 'quote_sent',
    occurrence: String(revision),
    details: { revision },
  }),
  // Each question is an entry of a chain, and is asked once.
  'customers.consent_asked': ({ consentId, partyId }) =>
    consentId && partyId
      ? { template: 'consent_confirmation', orderId: partyId, occurrence: consentId, details: { consentId } }
      : null,
  // Each invitation brings another link.
  'customers.member_invited': ({ memberId }, eventId) => ({
    template: 'company_invitation',
    orderId: memberId ?? '',
    occurrence: eventId,
    details: {},
  }),
  // Each approver is asked by an event of their own.
  'orders.approval_asked': ({ memberId, step }) =>
    memberId ? { template: 'approval_asked', occurrence: `${step ?? 0} ${memberId}`, details: { memberId } } : null,
  'orders.request_approved': toRequester('request_approved'),
  'orders.request_refused': toRequester('request_refused'),
  'orders.request_expired': toRequester('request_expired'),
  'service.appointment_booked': () => once('appointment_booked'),
  'service.appointment_moved': ({ sequence }) => ({ ...once('appointment_moved'), occurrence: String(sequence) }),
  'service.appointment_cancelled': () => once('appointment_cancelled'),
  // Each hour that is held is an appointment of its own.
  'service.slot_offered': ({ expiresAt }) => ({
    ...once('appointment_offered'),
    details: { expiresAt: expiresAt ?? '' },
  }),
  'service.appointment_due': ({ sequence }) => ({ ...once('appointment_reminder'), occurrence: String(sequence) }),
  'orders.reservation_made': () => once('reservation_made'),
  'orders.reservation_ready': () => once('reservation_ready'),
  'orders.reservation_ending': () => once('reservation_ending'),
  'orders.reservation_ended': ({ outcome }) =>
    outcome === 'cancelled'
      ? once('reservation_cancelled')
      : outcome === 'no_show'
        ? once('reservation_expired')
        : null,
  // What comes from elsewhere in time concerns nobody but us.
  'fulfillment.line_refused': delayed,
  'fulfillment.line_served': delayed,
  // Each day that slips is told, and where it slipped to.
  'orders.promise_postponed': (told, eventId) => ({
    template: 'order_postponed',
    occurrence: eventId,
    details: { lines: linesOf(told) },
  }),
  'orders.order_changed': (told, eventId) => ({
    template: 'order_changed',
    occurrence: String(told.revision ?? eventId),
    details: {
      refundMinor: told.moneyMinor ?? 0,
      dueMinor: told.addedMinor ?? 0,
      changes: changesOf(told),
      ...(told.destinationChanged ? { destinationChanged: true } : {}),
    },
  }),
  // Who asks for a change pays it at once; who is asked by us finds the way to pay in a message.
  'orders.change_asked': (told, eventId) =>
    told.askedBy === 'staff'
      ? {
          template: told.instead ? 'substitute_asked' : 'change_asked',
          occurrence: told.changeId ?? eventId,
          details: { dueMinor: told.dueMinor ?? 0, expiresAt: told.expiresAt ?? '', changes: changesOf(told) },
        }
      : null,
  // What was paid for and could not be made any more: the money is let go.
  'orders.change_dropped': (told, eventId) =>
    told.endReason === 'overtaken'
      ? { template: 'change_overtaken', occurrence: told.changeId ?? eventId, details: {} }
      : null,
  'orders.part_cancelled': (told, eventId) => ({
    template: 'part_cancelled',
    occurrence: eventId,
    details: { lines: linesOf(told), refundMinor: told.refundMinor ?? 0, ...carriageOf(told) },
  }),
  'orders.downloads_given': (told, eventId) => ({
    template: 'downloads_given',
    occurrence: eventId,
    details: { lines: linesOf(told) },
  }),
  // Other links: the ones before have ended.
  'orders.download_renewed': (told, eventId) => ({
    template: 'downloads_given',
    occurrence: eventId,
    details: { lines: linesOf(told) },
  }),
  'orders.line_substituted': (told, eventId) => ({
    template: 'line_substituted',
    occurrence: eventId,
    details: { lines: linesOf(told), refundMinor: told.refundMinor ?? 0, missing: told.missing ?? '' },
  }),
  'orders.line_shortened': (told, eventId) => refunded('line_shortened', told, eventId),
  'orders.line_cancelled': (told, eventId) => refunded(whyCancelled(told), told, eventId),
}

/** Why a line went: its buyer is not told that it is missing when they gave it up, did not fetch it, or did not want what stood in. */
function whyCancelled({ reason }: Told): Template {
  if (reason === 'remplacement refusé') return 'substitute_refused'
  if (reason === 'rétractation') return 'line_withdrawn'
  return reason === 'uncollected' ? 'line_uncollected' : 'line_cancelled'
}

/** What of lines was changed, one by one. */
const changesOf = ({ name }: Told): string[] => (name ? name.split(' · ') : [])

export const eventTypes: readonly string[] = Object.keys(wantedBy)

/** The message an event asks for, or null. */
export function messageWantedBy(event: StoredEvent): Wanted | null {
  const wanted = wantedBy[event.type]?.(event.payload, event.id)
  return wanted ? { orderId: event.aggregateId, ...wanted } : null
}

function ofReturn(template: Template, told: Told, eventId: string): Omit<Wanted, 'orderId'> {
  const { returnId, number: returnNumber = '', siteName, expiresAt, note } = told
  return {
    template,
    occurrence: returnId ?? eventId,
    details: {
      returnId: returnId ?? '',
      returnNumber,
      lines: linesOf(told),
      ...(siteName ? { siteName } : {}),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(note === undefined ? {} : { reason: note }),
    },
  }
}

function delayed(told: Told, eventId: string): Omit<Wanted, 'orderId'> | null {
  if (!told.postponedTo) return null
  return { template: 'order_delayed', occurrence: eventId, details: { lines: linesOf(told) } }
}

function refunded(template: Template, told: Told, eventId: string): Omit<Wanted, 'orderId'> {
  return {
    template,
    occurrence: eventId,
    details: { lines: linesOf(told), refundMinor: told.refundMinor ?? 0, ...carriageOf(told) },
  }
}

function toRequester(template: Template): (told: Told) => Asked | null {
  return ({ memberId }) => (memberId ? { ...once(template), details: { memberId } } : null)
}

function ofGroup({ groupNo }: Told): { groupNo?: number } {
  return groupNo === undefined ? {} : { groupNo }
}

function once(template: Template): Omit<Wanted, 'orderId'> {
  return { template, occurrence: '', details: {} }
}

function carriageOf({ carriageMinor }: Told): { carriageMinor?: number } {
  return carriageMinor ? { carriageMinor } : {}
}

function linesOf({ lines }: Told): { lineId: string; quantity: number }[] {
  return (lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }))
}
