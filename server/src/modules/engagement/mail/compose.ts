import type { Order } from '@ecluse/contracts/orders.ts'
import { text } from '../../../kernel/messages.ts'
import type { OrderTemplate } from '../domain/template.ts'
import { deliveryBlock, homeZone, lineBlock, passBlock, sumBlock, withdrawalBlocks } from './blocks.ts'
import { formatDay, formatMoney } from './format.ts'
import { consentBlock, fileBlocks, nothingToWithdraw } from './download-blocks.ts'
import type { Block, Mail } from './mail.ts'
import type { MailData } from './mail-data.ts'

type Parts = { values?: Record<string, string>; blocks: readonly (Block | null)[] }

/** What happens next, by the main way an order goes. */
const nextSteps: Readonly<Record<Order['delivery']['method'], string>> = {
  delivery: 'delivery_next',
  pickup: 'pickup_next',
  carry_out: 'delivery_next',
  download: 'download_next',
}

const partsOf: Readonly<Record<OrderTemplate, (data: MailData) => Parts>> = {
  order_confirmation: (data) => ({
    blocks: [
      say(data, nextSteps[data.order.delivery.method]),
      ...waysOf(data),
      sumBlock(data),
      seeOrder(data),
      consentBlock(data),
      ...(nothingToWithdraw(data) ? [guarantee(data)] : withdrawalBlocks(data)),
    ],
  }),
  receipt: (data) => ({
    blocks: [deliveryBlock(data), lineBlock(data), sumBlock(data), seeOrder(data), rateOrder(data), guarantee(data)],
  }),
  pickup_ready: (data) => ({
    values: { site: data.site?.name ?? '' },
    // It is ready now: when it was promised for no longer matters.
    blocks: [passBlock(data), deliveryBlock(data, { times: false }), lineBlock(data), seeOrder(data)],
  }),
  pickup_waiting: (data) => ({
    values: { site: data.site?.name ?? '', until: keptUntil(data) },
    blocks: [
      passBlock(data),
      deliveryBlock(data, { times: false }),
      lineBlock(data, data.details.lines),
      seeOrder(data),
    ],
  }),
  pickup_expired: (data) => ({
    values: { site: data.site?.name ?? '' },
    blocks: [
      say(data, data.details.refundState ? 'cancel_refund' : 'cancel_not_charged'),
      lineBlock(data),
      sumBlock(data),
      seeOrder(data),
    ],
  }),
  shipped: (data) => ({
    blocks: [
      tracking(data),
      followParcel(data),
      isPart(data) ? say(data, 'shipped_part') : null,
      deliveryBlock(data),
      lineBlock(data, data.details.lines),
      seeOrder(data),
    ],
  }),
  handed_over: (data) => ({
    values: { site: data.site?.name ?? '' },
    blocks: [lineBlock(data, data.details.lines), sumBlock(data), seeOrder(data), rateOrder(data), guarantee(data)],
  }),
  return_received: (data) => ({
    values: { refund: refundOf(data), site: returnOf(data)?.siteName ?? '', return: returnOf(data)?.number ?? '' },
    blocks: [
      lineBlock(data, data.details.lines),
      deductionNote(data),
      say(data, data.details.refundMinor ? 'refund_next' : 'no_refund', { refund: refundOf(data) }),
      carriageNote(data),
      seeOrder(data),
    ],
  }),
  order_changed: (data) => ({
    blocks: [
      changeNote(data),
      data.details.destinationChanged ? say(data, 'order_changed.destination') : null,
      data.details.refundMinor ? say(data, 'refund_next', { refund: refundOf(data) }) : null,
      data.details.dueMinor ? say(data, 'order_changed.paid', { amount: dueOf(data) }) : null,
      deliveryBlock(data),
      passBlock(data),
      lineBlock(data, leftOf(data)),
      sumBlock(data),
      seeOrder(data),
    ],
  }),
  change_asked: (data) => asked(data, 'change_asked.else'),
  substitute_asked: (data) => asked(data, 'substitute_asked.else'),
  change_overtaken: (data) => ({ blocks: [say(data, 'change_overtaken.money'), seeOrder(data)] }),
  articles_exchanged: (data) => ({
    values: { exchange: data.details.returnNumber ?? '' },
    blocks: [lineBlock(data, data.details.lines), difference(data), seeOrder(data)],
  }),
  return_asked: (data) => ({
    values: { return: data.details.returnNumber ?? '' },
    blocks: [
      lineBlock(data, data.details.lines),
      say(data, 'return_asked.next', { until: dayOf(data, data.details.expiresAt) }),
      {
        kind: 'link',
        label: text(data.locale, 'mail.return_asked.link'),
        href: data.links.returnSlip,
        weight: 'main',
      },
    ],
  }),
  return_arrived: (data) => ({
    values: { return: data.details.returnNumber ?? '', site: data.details.siteName ?? '' },
    blocks: [lineBlock(data, data.details.lines), seeOrder(data)],
  }),
  return_refused: (data) => ({
    values: { return: data.details.returnNumber ?? '' },
    blocks: [
      lineBlock(data, data.details.lines),
      data.details.reason === undefined
        ? null
        : {
            kind: 'note',
            title: text(data.locale, 'mail.return_refused.why'),
            paragraphs: [data.details.reason],
          },
      seeOrder(data),
    ],
  }),
  return_expired: (data) => ({
    values: { return: data.details.returnNumber ?? '' },
    blocks: [say(data, 'return_expired.next'), seeOrder(data)],
  }),
  refund_made: (data) => ({
    values: { refund: refundOf(data) },
    blocks: [say(data, data.details.refundMethod === 'cash' ? 'refund_cash' : 'refund_card'), seeOrder(data)],
  }),
  order_cancelled: (data) => ({
    blocks: [
      say(data, data.details.refundState ? 'cancel_refund' : 'cancel_not_charged'),
      lineBlock(data),
      sumBlock(data),
      seeOrder(data),
    ],
  }),
  order_delayed: (data) => ({
    blocks: [lineBlock(data, data.details.lines), deliveryBlock(data), seeOrder(data)],
  }),
  order_postponed: (data) => ({
    blocks: [
      lineBlock(data, data.details.lines),
      say(data, 'order_postponed.right'),
      seeOrder(data),
      {
        kind: 'link',
        label: text(data.locale, 'mail.order_postponed.cancel'),
        href: data.links.withdrawal,
        weight: 'quiet',
      },
    ],
  }),
  line_substituted: (data) => ({
    values: { missing: data.details.missing ?? '' },
    blocks: [
      lineBlock(data, data.details.lines),
      say(data, data.details.refundMinor ? 'line_substituted.less' : 'line_substituted.same', {
        refund: refundOf(data),
      }),
      say(data, 'line_substituted.right'),
      sumBlock(data),
      seeOrder(data),
    ],
  }),
  line_shortened: refunded,
  substitute_refused: refunded,
  line_cancelled: refunded,
  line_withdrawn: refunded,
  line_uncollected: refunded,
  withdrawal_receipt: (data) => ({
    blocks: [
      { kind: 'note', title: text(data.locale, 'mail.withdrawal_receipt.receipt'), paragraphs: data.receipt ?? [] },
      seeOrder(data),
    ],
  }),
  part_cancelled: refunded,
  downloads_given: (data) => ({
    blocks: [...fileBlocks(data), lineBlock(data, data.details.lines), seeOrder(data), consentBlock(data)],
  }),
  payment_expired: (data) => ({ blocks: [say(data, 'expired_next'), lineBlock(data)] }),
}

/** Makes the message of a template, in its reader's language. */
export function composeMail(template: OrderTemplate, data: MailData): Mail {
  const { locale, order, sender } = data
  const { values, blocks } = partsOf[template](data)
  const all = { number: order.number, shop: sender.name, ...values }
  const words = (part: 'subject' | 'title' | 'intro') => text(locale, `mail.${template}.${part}`, all)
  const greeting = text(locale, 'mail.greeting', { name: order.contact?.name ?? '' })
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: greeting },
      { kind: 'text', text: words('intro') },
      ...blocks.filter((block) => block !== null),
    ],
    footer: [
      text(locale, 'mail.why', { number: order.number }),
      text(locale, 'mail.contact', { shop: sender.name, address: sender.address }),
    ],
  }
}

function keptUntil({ locale, details, site }: MailData): string {
  return details.expiresAt ? formatDay(details.expiresAt, locale, site?.timeZone ?? homeZone) : ''
}

/** What would be changed, what is to be paid for it, and what happens otherwise. */
function asked(data: MailData, otherwise: string): Parts {
  const amount = dueOf(data)
  const label = text(data.locale, 'mail.change_asked.pay', { amount })
  return {
    values: { amount, until: dayOf(data, data.details.expiresAt) },
    blocks: [changeNote(data), { kind: 'link', label, href: data.links.order, weight: 'main' }, say(data, otherwise)],
  }
}

/** Articles that are out of the order, what goes back, and what the order comes to now. */
function refunded(data: MailData): Parts {
  return {
    values: { refund: refundOf(data) },
    blocks: [
      lineBlock(data, data.details.lines),
      say(data, 'refund_next', { refund: refundOf(data) }),
      carriageNote(data),
      sumBlock(data),
      seeOrder(data),
    ],
  }
}

/** What of a refund is carriage. */
function carriageNote(data: MailData): Block | null {
  const { carriageMinor: amountMinor } = data.details
  const { currency } = data.order.total
  return amountMinor
    ? say(data, 'refund_carriage', { amount: formatMoney({ amountMinor, currency }, data.locale) })
    : null
}

function say({ locale }: MailData, key: string, values: Record<string, string> = {}): Block {
  return { kind: 'text', text: text(locale, `mail.${key}`, values) }
}

function seeOrder({ locale, links }: MailData): Block {
  return { kind: 'link', label: text(locale, 'mail.see_order'), href: links.order, weight: 'main' }
}

/** Asks how it went, of who has it in hand; the answer is given on the page of the order. */
function rateOrder({ locale, links }: MailData): Block {
  return { kind: 'link', label: text(locale, 'mail.rate'), href: `${links.order}#rating`, weight: 'quiet' }
}

/** What of an order was changed, or would be. */
function changeNote({ locale, details }: MailData): Block | null {
  if (!details.changes?.length) return null
  return { kind: 'note', title: text(locale, 'mail.order_changed.what'), paragraphs: details.changes }
}

/** The lines of an order that are not cancelled, whole. */
function leftOf({ order }: MailData) {
  return order.lines
    .filter(({ exception }) => exception !== 'cancelled')
    .map(({ id, quantity }) => ({ lineId: id, quantity }))
}

function dueOf({ locale, order, details }: MailData): string {
  return formatMoney({ amountMinor: details.dueMinor ?? 0, currency: order.total.currency }, locale)
}

function difference(data: MailData): Block {
  const { locale, order, details } = data
  const minor = details.differenceMinor ?? 0
  const amount = formatMoney({ amountMinor: Math.abs(minor), currency: order.total.currency }, locale)
  const outcome = minor === 0 ? 'even' : minor > 0 ? 'paid' : 'back'
  return say(data, `articles_exchanged.${outcome}`, { amount })
}

/** What was kept of a refund, and why: the buyer is told the reason. */
function deductionNote({ locale, order, details }: MailData): Block | null {
  if (!details.deductionMinor) return null
  const amount = formatMoney({ amountMinor: details.deductionMinor, currency: order.total.currency }, locale)
  return {
    kind: 'note',
    title: text(locale, 'mail.return_received.kept', { amount }),
    paragraphs: [details.reason ?? ''],
  }
}

function dayOf({ locale }: MailData, at: string | undefined): string {
  return at === undefined ? '' : formatDay(at, locale, homeZone)
}

function guarantee({ locale }: MailData): Block {
  return {
    kind: 'note',
    title: text(locale, 'mail.guarantee.title'),
    paragraphs: [text(locale, 'mail.guarantee.text')],
  }
}

function tracking({ locale, details }: MailData): Block | null {
  if (!details.trackingNumber) return null
  return {
    kind: 'facts',
    title: text(locale, 'mail.tracking'),
    facts: [{ label: details.carrier ?? text(locale, 'mail.carrier'), lines: [details.trackingNumber] }],
  }
}

/** Where, when and which articles: once, or for each part of a mixed order. */
function waysOf(data: MailData): (Block | null)[] {
  if (!data.parts?.length) return [deliveryBlock(data), passBlock(data), lineBlock(data)]
  return data.parts.flatMap(({ order, site }) => {
    const part = { ...data, order, site }
    const code = order.delivery.pickupCode
    return [
      deliveryBlock(part),
      code === null
        ? null
        : {
            kind: 'facts',
            title: text(data.locale, 'mail.pickup.code'),
            facts: [{ label: site?.name ?? '', lines: [code] }],
          },
      lineBlock(part),
    ]
  })
}

function followParcel({ locale, details }: MailData): Block | null {
  if (!details.trackingUrl) return null
  return { kind: 'link', label: text(locale, 'mail.follow_parcel'), href: details.trackingUrl, weight: 'main' }
}

/** Whether a parcel holds less than what was ordered: the rest is said to follow. */
function isPart({ order, details }: MailData): boolean {
  const sent = (details.lines ?? []).reduce((sum, { quantity }) => sum + quantity, 0)
  return sent < order.lines.reduce((sum, line) => sum + (line.exception === 'cancelled' ? 0 : line.quantity), 0)
}

function returnOf({ order, details }: MailData): Order['returns'][number] | undefined {
  return order.returns.find(({ id }) => id === details.returnId)
}

function refundOf({ locale, order, details }: MailData): string {
  return formatMoney({ amountMinor: details.refundMinor ?? 0, currency: order.total.currency }, locale)
}
