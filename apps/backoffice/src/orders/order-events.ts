import type { TimelineEntry } from '@ecluse/contracts/orders.ts'
import { refusalReasons } from '@ecluse/contracts/sourcing.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import type { MessageId, Translate } from '../app/i18n.ts'

type Details = TimelineEntry['details']
type Known = {
  title: MessageId
  tone: StateTone
  /** Which details a reader wants, in order. */
  shows?: readonly (keyof typeof writers)[]
}

const text = (value: Details[string] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** How each detail is written; null when the event does not carry it. */
const writers = {
  amount: (details: Details, _t: Translate, locale: Locale) => {
    const minor = details['amountMinor'] ?? details['refundMinor'] ?? details['totalMinor']
    return typeof minor === 'number' ? formatMoney({ amountMinor: minor, currency: 'EUR' }, locale) : null
  },
  address: (details: Details, t: Translate) =>
    details['destinationChanged'] === true ? t('event.destinationChanged') : null,
  /** What a change gave back, or cost. */
  money: (details: Details, t: Translate, locale: Locale) => {
    const minor = details['moneyMinor']
    const more = details['addedMinor']
    if (typeof more === 'number' && more > 0)
      return t('event.difference.paid', { amount: formatMoney({ amountMinor: more, currency: 'EUR' }, locale) })
    if (typeof minor !== 'number' || minor === 0) return null
    return t('event.difference.back', { amount: formatMoney({ amountMinor: minor, currency: 'EUR' }, locale) })
  },
  /** What is to be paid for a change. */
  due: (details: Details, _t: Translate, locale: Locale) => {
    const minor = details['dueMinor']
    return typeof minor === 'number' ? formatMoney({ amountMinor: minor, currency: 'EUR' }, locale) : null
  },
  /** Why a change was not made. */
  changeEnd: (details: Details, t: Translate) => {
    const reason = details['endReason']
    return reason === 'withdrawn' || reason === 'expired' || reason === 'overtaken'
      ? t(`event.changeEnd.${reason}`)
      : null
  },
  /** What something costs less than what it stands in for. */
  givenBack: (details: Details, t: Translate, locale: Locale) => {
    const minor = details['refundMinor']
    if (typeof minor !== 'number' || minor === 0) return null
    return t('event.difference.back', { amount: formatMoney({ amountMinor: minor, currency: 'EUR' }, locale) })
  },
  /** What an exchange cost, or gave back. */
  difference: (details: Details, t: Translate, locale: Locale) => {
    const minor = details['differenceMinor']
    if (typeof minor !== 'number') return null
    const amount = formatMoney({ amountMinor: Math.abs(minor), currency: 'EUR' }, locale)
    return t(minor === 0 ? 'event.difference.none' : minor > 0 ? 'event.difference.paid' : 'event.difference.back', {
      amount,
    })
  },
  method: (details: Details, t: Translate) => {
    const method = details['method']
    return method === 'online_card' || method === 'cash' || method === 'terminal_card' || method === 'voucher'
      ? t(`method.${method}`)
      : null
  },
  quote: (details: Details, t: Translate) => {
    const number = text(details['quoteNumber'])
    const revision = details['revision']
    return number && t('quotes.number', { number, revision: typeof revision === 'number' ? revision : 0 })
  },
  revision: (details: Details, t: Translate) => {
    const revision = details['revision']
    return typeof revision === 'number' ? t('quotes.revisionNumber', { revision }) : null
  },
  by: (details: Details) => text(details['by']),
  /** Who took it away in its buyer's place. */
  collector: (details: Details, t: Translate) => {
    const name = text(details['collectedBy'])
    return name && t('event.collectedBy', { name })
  },
  /** From which channel a document came. */
  passage: (details: Details, t: Translate) => {
    const from = text(details['fromChannel'])
    return from && t('event.from', { channel: from })
  },
  /** Where it happened. */
  site: (details: Details) => text(details['siteName']),
  number: (details: Details) => text(details['number']),
  article: (details: Details) => text(details['name']),
  /** The day for which something is promised now. */
  shipsOn: (details: Details, t: Translate, locale: Locale) => {
    const to = text(details['to'])
    return to ? t('event.shipsOn', { date: formatDate(to, locale, 'day', 'UTC') }) : t('ahead.unknown')
  },
  refusal: (details: Details, t: Translate) => {
    const reason = refusalReasons.find((known) => known === details['refusal'])
    return reason ? t(`refusal.${reason}`) : null
  },
  /** Where it goes instead. */
  to: (details: Details, t: Translate) => {
    const place = text(details['toPlaceName'])
    return place ? t('orders.movedTo', { place }) : t('orders.movedNowhere')
  },
  parcel: (details: Details, t: Translate) => {
    const position = details['position']
    return typeof position === 'number' ? t('parcels.one', { position }) : null
  },
  resolution: (details: Details, t: Translate) => {
    const resolution = details['resolution']
    return resolution === 'reshipped' || resolution === 'refunded' ? t(`parcel.${resolution}`) : null
  },
  bay: (details: Details, t: Translate) => {
    const bay = details['bay']
    return typeof bay === 'number' ? t('event.bay', { bay }) : null
  },
  carrier: (details: Details) => text(details['carrier']),
  tracking: (details: Details) => text(details['trackingNumber']),
  reason: (details: Details, t: Translate) => {
    const reason = text(details['reason'] ?? details['lateReason'] ?? details['deductionReason'] ?? details['note'])
    // Whoever gives up their own order need not say why, and nobody decides about one that was not fetched.
    if (reason === 'customer') return t('cancelPart.byCustomer')
    if (reason === 'uncollected') return t('orders.uncollected')
    return reason && t('orders.because', { reason })
  },
}

/** Events of an order in words. One that is not known here is shown by its code: better that than hidden. */
const known: Record<string, Known> = {
  'orders.order_placed': { title: 'event.orderPlaced', tone: 'primary', shows: ['amount'] },
  'orders.order_reserved': { title: 'event.orderReserved', tone: 'waiting', shows: ['amount'] },
  'orders.order_cancelled': { title: 'event.orderCancelled', tone: 'urgent', shows: ['reason'] },
  'orders.order_expired': { title: 'event.orderExpired', tone: 'neutral' },
  'orders.return_received': { title: 'event.returned', tone: 'neutral', shows: ['site', 'number', 'amount', 'reason'] },
  'orders.order_changed': { title: 'event.orderChanged', tone: 'waiting', shows: ['article', 'address', 'money'] },
  'orders.articles_exchanged': {
    title: 'event.exchanged',
    tone: 'primary',
    shows: ['site', 'number', 'article', 'difference'],
  },
  'orders.return_asked': { title: 'event.returnAsked', tone: 'waiting', shows: ['number'] },
  'orders.return_arrived': { title: 'event.returnArrived', tone: 'waiting', shows: ['site', 'number'] },
  'orders.return_refused': { title: 'event.returnRefused', tone: 'urgent', shows: ['number', 'reason'] },
  'orders.return_given_up': { title: 'event.returnGivenUp', tone: 'neutral', shows: ['number'] },
  'orders.withdrawal_declared': { title: 'event.withdrawn', tone: 'urgent', shows: ['number', 'amount'] },
  'orders.document_continued': { title: 'event.documentContinued', tone: 'neutral', shows: ['quote', 'passage'] },
  'orders.document_passed': { title: 'event.documentPassed', tone: 'neutral', shows: ['passage'] },
  'orders.pass_made': { title: 'event.passMade', tone: 'neutral' },
  'orders.cart_held': { title: 'event.cartHeld', tone: 'primary' },
  'orders.hold_released': { title: 'event.holdReleased', tone: 'neutral' },
  'orders.hour_released': { title: 'event.hourReleased', tone: 'neutral' },
  'orders.hold_expired': { title: 'event.holdExpired', tone: 'neutral' },
  'orders.quote_drafted': { title: 'event.quoteDrafted', tone: 'neutral' },
  'orders.quote_revised': { title: 'event.quoteRevised', tone: 'neutral', shows: ['revision'] },
  'orders.quote_approval_asked': { title: 'event.quoteApprovalAsked', tone: 'waiting', shows: ['revision'] },
  'orders.quote_approved': { title: 'event.quoteApproved', tone: 'done', shows: ['revision'] },
  'orders.quote_denied': { title: 'event.quoteDenied', tone: 'urgent', shows: ['revision', 'reason'] },
  'orders.quote_sent': { title: 'event.quoteSent', tone: 'primary', shows: ['revision', 'amount'] },
  'orders.quote_accepted': { title: 'event.quoteAccepted', tone: 'done', shows: ['revision', 'by'] },
  'orders.quote_refused': { title: 'event.quoteRefused', tone: 'neutral', shows: ['reason'] },
  'orders.quote_expired': { title: 'event.quoteExpired', tone: 'neutral' },
  'orders.quote_ordered': { title: 'event.quoteOrdered', tone: 'done', shows: ['number'] },
  'payments.payment_captured': { title: 'event.paymentCaptured', tone: 'done', shows: ['amount', 'method'] },
  'payments.refund_made': { title: 'event.refunded', tone: 'done', shows: ['amount', 'method'] },
  'fulfillment.order_ready': { title: 'event.prepared', tone: 'primary', shows: ['site'] },
  'fulfillment.preparation_undone': { title: 'event.preparationUndone', tone: 'neutral', shows: ['site'] },
  'fulfillment.handed_over': { title: 'event.handedOver', tone: 'done', shows: ['site', 'collector'] },
  'fulfillment.pickup_waiting': { title: 'event.pickupWaiting', tone: 'waiting', shows: ['site'] },
  'fulfillment.delivery_delivered': { title: 'event.delivered', tone: 'done' },
  'fulfillment.delivery_failed': { title: 'event.deliveryFailed', tone: 'urgent', shows: ['reason'] },
  'fulfillment.delivery_undone': { title: 'event.deliveryUndone', tone: 'neutral' },
  'fulfillment.line_refused': {
    title: 'event.lineRefused',
    tone: 'waiting',
    shows: ['article', 'refusal', 'site', 'to'],
  },
  'fulfillment.line_served': { title: 'event.lineServed', tone: 'primary', shows: ['article', 'to'] },
  'orders.line_allocated': { title: 'event.lineAllocated', tone: 'done', shows: ['article'] },
  'orders.promise_postponed': { title: 'event.promisePostponed', tone: 'urgent', shows: ['article', 'shipsOn'] },
  'orders.change_asked': { title: 'event.changeAsked', tone: 'waiting', shows: ['article', 'due'] },
  'orders.change_link_shown': { title: 'event.changeLinkShown', tone: 'neutral' },
  'orders.change_dropped': { title: 'event.changeDropped', tone: 'neutral', shows: ['changeEnd'] },
  'orders.line_substituted': { title: 'event.lineSubstituted', tone: 'waiting', shows: ['article', 'givenBack'] },
  'orders.line_shortened': { title: 'event.lineShortened', tone: 'urgent', shows: ['article', 'amount'] },
  'orders.part_cancelled': { title: 'event.partCancelled', tone: 'urgent', shows: ['amount', 'reason'] },
  'orders.downloads_given': { title: 'event.downloadsGiven', tone: 'done' },
  'orders.download_renewed': { title: 'event.downloadRenewed', tone: 'primary', shows: ['article'] },
  'orders.download_revoked': { title: 'event.downloadRevoked', tone: 'urgent', shows: ['article', 'reason'] },
  'orders.line_cancelled': { title: 'event.lineCancelled', tone: 'urgent', shows: ['article', 'amount'] },
  'fulfillment.shipped': { title: 'event.shipped', tone: 'done', shows: ['parcel', 'site', 'carrier', 'tracking'] },
  'fulfillment.customer_arrived': { title: 'event.customerArrived', tone: 'waiting', shows: ['site', 'bay'] },
  'fulfillment.bay_assigned': { title: 'event.bayAssigned', tone: 'primary', shows: ['bay'] },
  'fulfillment.parcel_packed': { title: 'event.parcelPacked', tone: 'primary', shows: ['parcel', 'site'] },
  'fulfillment.parcel_unpacked': { title: 'event.parcelUnpacked', tone: 'neutral', shows: ['parcel', 'site'] },
  'fulfillment.parcel_in_transit': { title: 'event.parcelInTransit', tone: 'primary', shows: ['parcel', 'carrier'] },
  'fulfillment.parcel_delivered': { title: 'event.parcelDelivered', tone: 'done', shows: ['parcel', 'carrier'] },
  'fulfillment.parcel_returned': {
    title: 'event.parcelReturned',
    tone: 'urgent',
    shows: ['parcel', 'carrier', 'reason'],
  },
  'fulfillment.parcel_lost': { title: 'event.parcelLost', tone: 'urgent', shows: ['parcel', 'carrier', 'reason'] },
  'fulfillment.parcel_resolved': { title: 'event.parcelResolved', tone: 'primary', shows: ['parcel', 'resolution'] },
  'orders.units_refunded': { title: 'event.unitsRefunded', tone: 'done', shows: ['amount'] },
}

export function eventTitle(type: string, t: Translate): string {
  const event = known[type]
  return event ? t(event.title) : type
}

export function eventTone(type: string): StateTone {
  return known[type]?.tone ?? 'neutral'
}

/** What the event carries that a reader wants: places, amounts, numbers, reasons; not the place its channel names already. */
export function eventDetail(
  { type, details }: TimelineEntry,
  t: Translate,
  locale: Locale,
  channelName?: string,
): string | null {
  const parts = (known[type]?.shows ?? [])
    .map((name) => writers[name](details, t, locale))
    .filter((part) => part !== null && part !== channelName)
  return parts.length > 0 ? parts.join(' · ') : null
}

/** Who did it; what the program did by itself has nobody's name. */
export function eventActor(actor: string | null): string | null {
  return actor === null || actor.startsWith('system') ? null : actor
}
