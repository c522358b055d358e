import type { Site } from '@ecluse/contracts/channels.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { Reservation } from '@ecluse/contracts/reservations.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import type { ReservationTemplate } from '../domain/template.ts'
import { homeZone } from './blocks.ts'
import { formatMoment, formatMoney } from './format.ts'
import type { Block, Fact, Mail, Qr } from './mail.ts'

/** What the message of a reservation is made of. */
export type ReservationMail = {
  readonly locale: Locale
  readonly reservation: Reservation
  readonly site: Site | null
  readonly sender: Sender
  readonly link: string
  readonly qr: Qr | null
}

/** Messages to whoever reserved articles to try: the code to come with while it is good, and what became of it after. */
export function composeReservationMail(template: ReservationTemplate, data: ReservationMail): Mail {
  const { locale, reservation, site, sender, link, qr } = data
  const zone = site?.timeZone ?? homeZone
  const values = {
    site: reservation.siteName,
    shop: sender.name,
    until: formatMoment(reservation.expiresAt, locale, zone),
  }
  const words = (part: string) => text(locale, `mail.${template}.${part}`, values)
  const common = (part: string) => text(locale, `mail.reservation.${part}`, values)
  const over = template === 'reservation_cancelled' || template === 'reservation_expired'
  const pass: Block[] =
    over || qr === null
      ? []
      : [{ kind: 'pass', label: common('code'), code: reservation.code, hint: common('hint'), qr }]
  const rest: Block[] = over
    ? []
    : [
        { kind: 'facts', title: common('where'), facts: factsOf(locale, reservation, site, values.until) },
        linesOf(locale, reservation),
        { kind: 'link', label: common('see'), href: link, weight: 'main' },
        { kind: 'text', text: common('cancel_hint') },
      ]
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.greeting', { name: reservation.contact.name }) },
      { kind: 'text', text: words('intro') },
      ...pass,
      ...rest,
      ...(over ? [linesOf(locale, reservation)] : []),
    ],
    footer: [common('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}

function factsOf(locale: Locale, { siteName, shelf }: Reservation, site: Site | null, until: string): Fact[] {
  const address = site ? [site.street, `${site.postalCode} ${site.locality}`] : []
  const phone = site?.phone ? [formatPhone(site.phone, locale)] : []
  return [
    { label: text(locale, 'mail.shop'), lines: [siteName, ...address, ...phone] },
    { label: text(locale, 'mail.reservation.until'), lines: [until] },
    ...(shelf === null ? [] : [{ label: text(locale, 'mail.reservation.shelf'), lines: [shelf] }]),
  ]
}

function linesOf(locale: Locale, { lines }: Reservation): Block {
  return {
    kind: 'lines',
    title: text(locale, 'mail.articles'),
    lines: lines.map(({ quantity, name, variantLabel, sku, unitPrice }) => ({
      quantity: `${quantity} ×`,
      name,
      details: [...(variantLabel ? [variantLabel] : []), text(locale, 'mail.reference', { sku })],
      total: formatMoney({ ...unitPrice, amountMinor: unitPrice.amountMinor * quantity }, locale),
    })),
  }
}
