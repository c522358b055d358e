import type { Site } from '@ecluse/contracts/channels.ts'
import { giftCodeOf } from '@ecluse/contracts/gift-code.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { text } from '../../kernel/messages.ts'
import { qrPng } from '../../kernel/qr.ts'
import { fonts, margin, right, senderName, writePdf } from '../orders/public.ts'

const dim = '#55635f'
const ink = '#17211f'
const width = right - margin
const quantityWidth = 48
const wordsWidth = width - quantityWidth - 12
const codeSize = 96
/** How far down a page is written, in points. */
const bottom = 841.89 - margin

/** One article of a slip. */
export type SlipLine = {
  readonly sku: string
  readonly name: string
  readonly variantLabel: string
  readonly quantity: number
  /** Lots or serial numbers that were taken for it. */
  readonly lots: readonly string[]
}

/**
 * A packing slip: who sends what to whom, in the language of the order. It never says a price; that of a gift has its words
 * and the code by which whoever receives it exchanges in a shop.
 * @param sender the firm's name and address, as e-mails are sent from
 */
export function slipPdf(
  slip: { readonly order: Order; readonly site: Site; readonly lines: readonly SlipLine[]; readonly at: Date },
  sender: string,
): Promise<Buffer> {
  const { order, site, lines, at } = slip
  const { locale, number, gift, returnDays } = order
  const t = (key: string, values?: Record<string, string | number>) => text(locale, `slip_pdf.${key}`, values)
  return writePdf({ locale, title: t('title', { number }), author: senderName(sender), createdAt: at }, async (pdf) => {
    writeHead(pdf, order, site, t('title', { number }))
    for (const line of lines) writeLine(pdf, line, (numbers) => t('lots', { numbers }))
    pdf.font(fonts.plain).fontSize(10.5).fillColor(ink)
    if (gift?.message) pdf.moveDown(1.5).text(gift.message, margin, pdf.y, { width })
    pdf.moveDown(1.5).fontSize(9).fillColor(dim)
    if (!gift) {
      pdf.text(t('back', { days: returnDays }), margin, pdf.y, { width })
      return
    }
    const code = giftCodeOf(number)
    if (pdf.y + codeSize > bottom) pdf.addPage()
    const top = pdf.y
    pdf.image(await qrPng(code), margin, top, { width: codeSize })
    const beside = { width: width - codeSize - 12 }
    pdf.text(t('gift', { days: returnDays }), margin + codeSize + 12, top + 24, beside)
    pdf.font(fonts.strong).fontSize(12).fillColor(ink).text(code, beside)
  })
}

function writeHead(pdf: PDFKit.PDFDocument, { delivery, contact }: Order, site: Site, title: string): void {
  pdf.font(fonts.strong).fontSize(11).text(site.name, margin, margin, { width })
  pdf.font(fonts.plain).fontSize(10).fillColor(dim)
  pdf.text(`${site.street}, ${site.postalCode} ${site.locality}`, { width })
  const { address } = delivery
  const recipient = address
    ? [address.name, address.street, address.street2, `${address.postalCode} ${address.locality}`]
    : [contact?.name]
  pdf.moveDown(1.5).fontSize(11).fillColor(ink)
  for (const line of recipient) if (line) pdf.text(line, { width })
  pdf.moveDown(1.5).font(fonts.strong).fontSize(16).text(title, { width })
  pdf.moveDown(1)
}

function writeLine(pdf: PDFKit.PDFDocument, line: SlipLine, lotWords: (numbers: string) => string): void {
  const name = [line.name, line.variantLabel].filter(Boolean).join(' · ')
  const small = [line.sku, line.lots.length > 0 && lotWords(line.lots.join(', '))].filter(Boolean).join(' · ')
  pdf.font(fonts.plain).fontSize(10.5)
  const height = pdf.heightOfString(name, { width: wordsWidth }) + 28
  if (pdf.y + height > bottom) pdf.addPage()
  const top = pdf.y
  pdf.fillColor(ink).text(String(line.quantity), right - quantityWidth, top, { width: quantityWidth, align: 'right' })
  pdf.text(name, margin, top, { width: wordsWidth })
  pdf.fontSize(9).fillColor(dim).text(small, { width: wordsWidth })
  pdf.moveDown(0.6)
}
