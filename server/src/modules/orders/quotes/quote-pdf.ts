import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { AgreedHour } from '@ecluse/contracts/kept-hours.ts'
import type { LegalEntity } from '@ecluse/contracts/legal-entity.ts'
import type { Quote, QuoteRevision } from '@ecluse/contracts/quotes.ts'
import type { Locale, Money, PostalAddress } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { qrPng } from '../../../kernel/qr.ts'
import { fonts, margin, right, senderName, writePdf } from '../pdf-paper.ts'

const ink = '#17211f'
const dim = '#55635f'
const rule = '#c9d1ce'
const accent = '#0b5358'
/** Figures of one width, so that columns can be compared and a comma is not lost beside a seven. */
const figures: PDFKit.Mixins.OpenTypeFeatures[] = ['tnum']
/** How far down a page is written, in points. */
const bottom = 841.89 - 72

type Page = {
  readonly pdf: PDFKit.PDFDocument
  readonly locale: Locale
  readonly t: (key: string, values?: Record<string, string | number>) => string
}

/**
 * A revision of a quote on paper: who and what, prices with their VAT, until when, and where it can be accepted.
 * @param sender the firm's name and address, as e-mails are sent from
 * @param seller who sells, as documents name them; null until it was written down
 */
export async function quotePdf(
  quote: Quote,
  revision: QuoteRevision,
  sender: string,
  seller: LegalEntity | null,
): Promise<Buffer> {
  const firm = senderName(sender)
  const about = { locale: quote.locale, title: `${quote.number} · ${revision.revision}`, author: firm }
  return writePdf({ ...about, createdAt: new Date(revision.createdAt) }, async (pdf) => {
    const page: Page = { pdf, locale: quote.locale, t: (key, values) => text(quote.locale, `quote_pdf.${key}`, values) }
    writeHead(page, quote, revision, firm)
    writeParties(page, revision, seller)
    writeLines(page, revision)
    writeSums(page, revision)
    await writeAcceptance(page, quote, revision)
    writeFeet(page, quote, revision)
  })
}

function writeHead({ pdf, t, locale }: Page, quote: Quote, revision: QuoteRevision, firm: string): void {
  pdf.font(fonts.strong).fontSize(18).fillColor(accent).text(firm, margin, margin)
  pdf
    .fontSize(16)
    .fillColor(ink)
    .text(t('title', { number: quote.number }), { align: 'right' })
  const day = revision.sentAt ?? revision.createdAt
  pdf.font(fonts.plain).fontSize(9).fillColor(dim)
  pdf.text(t('revision', { revision: revision.revision, date: dayOf(day, locale) }), { align: 'right' })
  pdf.text(t('valid', { date: dayOf(`${revision.validUntil}T12:00:00Z`, locale) }), { align: 'right' })
  pdf.moveDown(1.2)
}

/** Who sells on the left, who buys on the right, each with what identifies them; and how it reaches the buyer. */
function writeParties(page: Page, revision: QuoteRevision, seller: LegalEntity | null): void {
  const { pdf, t, locale } = page
  const { contact, company, delivery } = revision
  const { method, siteName, address } = delivery
  const top = pdf.y
  const half = (right - margin - 24) / 2
  const column = (x: number, label: string, [first, ...rest]: readonly (string | null | undefined)[]): number => {
    pdf.font(fonts.plain).fontSize(9).fillColor(dim).text(label, x, top, { width: half })
    pdf
      .font(fonts.strong)
      .fontSize(11)
      .fillColor(ink)
      .text(first ?? '', { width: half })
    pdf.font(fonts.plain).fontSize(10)
    for (const words of rest) if (words) pdf.text(words, { width: half })
    return pdf.y
  }
  const buyer = [
    company ?? contact.name,
    company ? contact.name : null,
    contact.email,
    contact.phone && formatPhone(contact.phone, locale),
  ]
  const ends = [
    column(seller ? margin + half + 24 : margin, t('for'), buyer),
    seller ? column(margin, t('from'), [seller.name, ...sellerLines(t, seller)]) : 0,
  ]
  pdf.y = Math.max(...ends) + 10
  const where = address ? addressLines(address).join(', ') : (siteName ?? '')
  pdf
    .font(fonts.plain)
    .fillColor(dim)
    .fontSize(9)
    .text([text(locale, `quote_pdf.delivery.${method}`), where].filter(Boolean).join(' · '), margin)
  for (const hour of revision.hours) pdf.text(hourWords(page, hour), margin)
  pdf.moveDown(1.2)
}

function hourWords({ locale }: Page, { kind, name, siteName, startsAt, endsAt }: AgreedHour): string {
  const timeOf = (at: string): string => intlOf(locale).formatTime(at, { timeStyle: 'short', timeZone: 'Europe/Paris' })
  const day = intlOf(locale).formatDate(startsAt, { dateStyle: 'full', timeZone: 'Europe/Paris' })
  const what = name ?? text(locale, `quote_pdf.hour.${kind}`)
  return [what, siteName, `${day}, ${timeOf(startsAt)} – ${timeOf(endsAt)}`].filter(Boolean).join(' · ')
}

const addressLines = ({ name, street, street2, postalCode, locality }: PostalAddress): string[] =>
  [name, street, street2 ?? '', `${postalCode} ${locality}`].filter(Boolean)

function sellerLines(t: Page['t'], { name, address, siren, vatNumber }: LegalEntity): (string | null)[] {
  return [
    ...(address ? addressLines(address).filter((line) => line !== name && line !== '-') : []),
    siren && t('siren', { siren: siren.replace(/(\d{3})(?=\d)/g, '$1\u202f') }),
    vatNumber && t('vat_number', { number: vatNumber }),
  ]
}

/** Columns of the table: where each begins and how wide it is. */
const columns = {
  article: { x: margin, width: 232 },
  quantity: { x: margin + 236, width: 40 },
  list: { x: margin + 280, width: 68 },
  unit: { x: margin + 352, width: 68 },
  total: { x: margin + 424, width: right - margin - 424 },
} as const
type Column = keyof typeof columns

function writeRow({ pdf }: Page, y: number, cells: Partial<Record<Column, string>>): void {
  for (const [name, words] of Object.entries(cells)) {
    const { x, width } = columns[name as Column]
    if (name === 'article') pdf.text(words, x, y, { width })
    else pdf.text(words, x, y, { width, align: 'right', features: figures })
  }
}

function writeTableHead(page: Page): void {
  const { pdf, t } = page
  pdf.font(fonts.strong).fontSize(8).fillColor(dim)
  const y = pdf.y
  writeRow(page, y, {
    article: t('article'),
    quantity: t('quantity'),
    list: t('list_price'),
    unit: t('your_price'),
    total: t('total'),
  })
  line(page, y + 24)
  pdf.y = y + 30
}

function writeLines(page: Page, revision: QuoteRevision): void {
  const { pdf, locale } = page
  writeTableHead(page)
  for (const one of revision.lines) {
    const words = [one.name, one.variantLabel].filter(Boolean).join(' · ')
    const small = [
      one.sku,
      one.discountBasisPoints > 0 ? `− ${percent(one.discountBasisPoints, locale)}` : '',
      one.note,
    ]
    const about = small.filter(Boolean).join(' · ')
    pdf.font(fonts.plain).fontSize(10)
    const height = pdf.heightOfString(words, { width: columns.article.width }) + 16
    if (pdf.y + height > bottom) {
      pdf.addPage()
      writeTableHead(page)
    }
    const y = pdf.y
    pdf.font(fonts.plain).fontSize(10).fillColor(ink)
    writeRow(page, y, {
      quantity: String(one.quantity),
      list: one.discountBasisPoints > 0 ? money(one.listPrice, locale) : '',
      unit: money(one.unitPrice, locale),
      total: money(one.lineTotal, locale),
      article: words,
    })
    pdf.fontSize(8).fillColor(dim).text(about, columns.article.x, pdf.y, { width: columns.article.width })
    pdf.y += 8
  }
  line(page, pdf.y)
  pdf.y += 8
}

function writeSums(page: Page, revision: QuoteRevision): void {
  const { pdf, t, locale } = page
  if (pdf.y + 120 > bottom) pdf.addPage()
  const row = (label: string, amount: string, strong = false): void => {
    const y = pdf.y
    pdf
      .font(strong ? fonts.strong : fonts.plain)
      .fontSize(strong ? 12 : 10)
      .fillColor(strong ? ink : dim)
    pdf.text(label, margin + 200, y, { width: 220, align: 'right' })
    pdf.text(amount, columns.total.x, y, { width: columns.total.width, align: 'right', features: figures })
    pdf.y = y + (strong ? 20 : 15)
  }
  if (revision.discount.amountMinor > 0) row(t('discount'), `− ${money(revision.discount, locale)}`)
  row(t('subtotal'), money(revision.subtotal, locale))
  if (revision.delivery.method === 'delivery')
    row(t('fee'), revision.delivery.fee.amountMinor === 0 ? t('free') : money(revision.delivery.fee, locale))
  row(t('due'), money(revision.total, locale), true)
  for (const { rateBasisPoints, base, vat } of revision.vatByRate)
    row(t('vat', { rate: percent(rateBasisPoints, locale), base: money(base, locale) }), money(vat, locale))
  if (revision.notes) {
    pdf.moveDown(0.6)
    pdf
      .font(fonts.plain)
      .fontSize(10)
      .fillColor(ink)
      .text(revision.notes, margin, pdf.y, { width: right - margin })
  }
}

/** Where the quote can be accepted: a link, the same as a QR code, and the code to say in a shop or by phone. */
async function writeAcceptance({ pdf, t }: Page, quote: Quote, revision: QuoteRevision): Promise<void> {
  if (!quote.pass || revision.revision !== quote.revision) return
  if (pdf.y + 130 > bottom) pdf.addPage()
  const y = pdf.y + 16
  const size = 96
  pdf.image(await qrPng(quote.link), margin, y, { width: size })
  const x = margin + size + 16
  const width = right - x
  pdf
    .font(fonts.strong)
    .fontSize(11)
    .fillColor(ink)
    .text(t('accept', { revision: revision.revision }), x, y + 4, { width })
  pdf.font(fonts.plain).fontSize(9).fillColor(accent).text(quote.link, { width, link: quote.link, underline: true })
  pdf.moveDown(0.6)
  pdf.fillColor(ink).text(t('in_shop'), { width })
  pdf.font(fonts.strong).fontSize(14).text(quote.pass.code, { width, characterSpacing: 1 })
  pdf.y = Math.max(pdf.y, y + size)
}

function writeFeet({ pdf, t }: Page, quote: Quote, revision: QuoteRevision): void {
  const { count } = pdf.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(index)
    // Below the margin, where text would otherwise begin another page.
    pdf.page.margins.bottom = 0
    pdf.font(fonts.plain).fontSize(7).fillColor(dim)
    const words = t('foot', { number: quote.number, revision: revision.revision, page: index + 1, pages: count })
    pdf.text(words, margin, 841.89 - 48, { width: right - margin, align: 'left' })
    pdf.text(t('seal', { hash: revision.hash.slice(0, 16) }), margin, 841.89 - 38, { width: right - margin })
  }
}

function line({ pdf }: Page, y: number): void {
  pdf.moveTo(margin, y).lineTo(right, y).lineWidth(0.5).strokeColor(rule).stroke()
}

const narrow = (words: string, locale: Locale): string => (locale === 'fr' ? words.replace(/\u00a0/g, '\u202f') : words)

function money({ amountMinor, currency }: Money, locale: Locale): string {
  return narrow(intlOf(locale).formatNumber(amountMinor / 100, { style: 'currency', currency }), locale)
}

function percent(basisPoints: number, locale: Locale): string {
  return narrow(
    intlOf(locale).formatNumber(basisPoints / 10_000, { style: 'percent', maximumFractionDigits: 2 }),
    locale,
  )
}

function dayOf(instant: string, locale: Locale): string {
  return intlOf(locale).formatDate(instant, { dateStyle: 'long', timeZone: 'Europe/Paris' })
}
