import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { goneUnitsOf } from '@ecluse/contracts/gone-units.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import { formatDay, formatMoment, formatTime, formatMoney, formatRate } from './format.ts'
import type { Block, Fact, Line, Sum } from './mail.ts'
import type { MailData } from './mail-data.ts'

export const homeZone = 'Europe/Paris'

/** Where and when: the address and the day of a delivery, or the shop and the time of a pick-up. */
export function deliveryBlock({ locale, order, site }: MailData, { times } = { times: true }): Block | null {
  const { method, address, promisedAt, latestAt, inWindow } = order.delivery
  const zone = site?.timeZone ?? homeZone
  const facts: Fact[] = []
  if (method === 'delivery' && address) {
    facts.push({ label: text(locale, 'mail.delivery.address'), lines: addressLines(address) })
    if (promisedAt && latestAt && inWindow)
      facts.push({ label: text(locale, 'mail.delivery.window'), lines: [window(promisedAt, latestAt)] })
    else if (promisedAt) facts.push({ label: text(locale, 'mail.delivery.expected'), lines: [expected()] })
  }
  if (method !== 'delivery' && site) {
    const phone = site.phone ? [formatPhone(site.phone, locale)] : []
    const lines = [site.name, site.street, `${site.postalCode} ${site.locality}`, ...phone]
    facts.push({ label: text(locale, 'mail.shop'), lines })
    if (method === 'pickup' && promisedAt && times)
      facts.push({ label: text(locale, 'mail.pickup.ready_from'), lines: [formatMoment(promisedAt, locale, zone)] })
  }
  return facts.length > 0 ? { kind: 'facts', title: text(locale, `mail.method.${method}`), facts } : null

  function window(from: string, until: string): string {
    const hours = { from: formatTime(from, locale, zone), until: formatTime(until, locale, zone) }
    return text(locale, 'mail.delivery.in_window', { day: formatDay(from, locale, zone), ...hours })
  }

  function expected(): string {
    const first = formatDay(promisedAt ?? '', locale, zone)
    const last = latestAt ? formatDay(latestAt, locale, zone) : first
    return first === last ? first : text(locale, 'mail.delivery.between', { first, last })
  }
}

function addressLines({ name, street, street2, postalCode, locality, country }: PostalAddress): string[] {
  return [
    name,
    street,
    ...(street2 ? [street2] : []),
    `${postalCode} ${locality}`,
    ...(country === 'FR' ? [] : [country]),
  ]
}

/** The code that opens a pick-up, to be read aloud or scanned. */
export function passBlock({ locale, order, qr }: MailData): Block | null {
  const code = order.delivery.pickupCode
  if (order.delivery.method !== 'pickup' || code === null || qr === null) return null
  return { kind: 'pass', label: text(locale, 'mail.pickup.code'), code, hint: text(locale, 'mail.pickup.hint'), qr }
}

/** The articles of the order, or of the part of it that a parcel, a hand-over or a return is about. */
export function lineBlock(
  { locale, order }: MailData,
  only?: readonly { lineId: string; quantity: number }[],
): Block | null {
  const lines = only
    ? only.flatMap(({ lineId, quantity }) => {
        const line = order.lines.find(({ id }) => id === lineId)
        return line ? [lineOf(line, quantity)] : []
      })
    : order.lines.map((line) => ({ ...lineOf(line, line.quantity), details: [...detailsOf(line), ...goneFrom(line)] }))
  return lines.length > 0 ? { kind: 'lines', title: text(locale, 'mail.articles'), lines } : null

  function lineOf(line: Order['lines'][number], quantity: number): Line {
    return {
      quantity: String(quantity),
      name: line.name,
      details: detailsOf(line),
      total: quantity === line.quantity ? formatMoney(line.lineTotal, locale) : null,
    }
  }

  function detailsOf(line: Order['lines'][number]): string[] {
    return [
      ...(line.variantLabel ? [line.variantLabel] : []),
      ...(line.ahead && line.ahead.allocatedAt === null ? [aheadOf(line.ahead, locale)] : []),
      ...(line.withdrawalException ? [text(locale, `withdrawal.exception.${line.withdrawalException}`)] : []),
      text(locale, 'mail.reference', { sku: line.sku }),
      text(locale, 'mail.unit_price', { price: formatMoney(line.unitPrice, locale) }),
    ]
  }

  /** What of it is not sold any more, when all articles are told. */
  function goneFrom(line: Order['lines'][number]): string[] {
    const gone = goneUnitsOf(order, line)
    if (!gone) return []
    const { units, of, replaced, amount } = gone
    const values = { units, of, whole: units === of ? 'yes' : 'no', amount: formatMoney(amount, locale) }
    return [text(locale, replaced ? 'mail.gone_replaced' : 'mail.gone', values)]
  }
}

/** The day on which what was sold before it is there leaves (art. L.216-1 of the French consumer code). */
function aheadOf({ kind, shipsOn }: NonNullable<Order['lines'][number]['ahead']>, locale: Locale): string {
  if (shipsOn === null) return text(locale, 'mail.ships_unknown')
  return text(locale, `mail.ships.${kind}`, { date: formatDay(shipsOn, locale, 'UTC') })
}

/** What the order comes to, with the VAT of each rate that is in it (CGI, ann. II, art. 242 nonies A, I, 9°). */
export function sumBlock({ locale, order }: MailData): Block {
  const sums: Sum[] = [
    { label: text(locale, 'mail.subtotal'), amount: formatMoney(order.subtotal, locale), weight: 'plain' },
  ]
  if (order.delivery.method === 'delivery') {
    const { fee } = order.delivery
    const amount = fee.amountMinor === 0 ? text(locale, 'mail.delivery.free') : formatMoney(fee, locale)
    sums.push({ label: text(locale, 'mail.delivery.fee'), amount, weight: 'plain' })
  }
  if (order.credited.amountMinor > 0) {
    const less = { ...order.credited, amountMinor: -order.credited.amountMinor }
    sums.push({ label: text(locale, 'mail.credited'), amount: formatMoney(less, locale), weight: 'plain' })
  }
  sums.push({ label: text(locale, 'mail.total'), amount: formatMoney(order.total, locale), weight: 'total' })
  for (const { rateBasisPoints, base, vat } of order.vatByRate) {
    const values = { rate: formatRate(rateBasisPoints, locale), base: formatMoney(base, locale) }
    sums.push({ label: text(locale, 'mail.vat', values), amount: formatMoney(vat, locale), weight: 'quiet' })
  }
  if (order.refunded.amountMinor > 0) {
    sums.push({ label: text(locale, 'mail.paid'), amount: formatMoney(order.paid, locale), weight: 'plain' })
    sums.push({ label: text(locale, 'mail.refunded'), amount: formatMoney(order.refunded, locale), weight: 'plain' })
  }
  return { kind: 'sums', sums }
}

/**
 * What a distance sale must confirm on a durable medium (Code de la consommation, L221-13 and L221-5): the right to
 * withdraw with its model form (annex to R221-1), and the legal guarantees.
 */
export function withdrawalBlocks({ locale, order, sender, links }: MailData): Block[] {
  const day = formatDay(order.placedAt, locale, homeZone)
  const values = { shop: sender.name, address: sender.address, number: order.number, day, days: order.returnDays }
  return [
    {
      kind: 'note',
      title: text(locale, 'mail.withdrawal.title'),
      paragraphs: [text(locale, 'mail.withdrawal.right', values), text(locale, 'mail.withdrawal.effects')],
    },
    { kind: 'link', label: text(locale, 'mail.withdrawal.link'), href: links.withdrawal, weight: 'quiet' },
    {
      kind: 'note',
      title: text(locale, 'mail.withdrawal.form_title'),
      paragraphs: [text(locale, 'mail.withdrawal.form', values)],
    },
    { kind: 'note', title: text(locale, 'mail.guarantee.title'), paragraphs: [text(locale, 'mail.guarantee.text')] },
  ]
}
