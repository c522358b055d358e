import type { Locale } from '@ecluse/contracts/scalars.ts'
import { setImmediate } from 'node:timers/promises'
import { text } from '../../../kernel/messages.ts'
import { qrPng } from '../../../kernel/qr.ts'
import { fonts, margin, right, writePdf } from '../../orders/public.ts'
import { formatDay } from '../mail/format.ts'
import type { Block, Mail } from '../mail/mail.ts'

/** A letter as it is printed. */
export type PrintedLetter = {
  readonly code: string
  /** The address block (NF Z10-011). */
  readonly lines: readonly string[]
  readonly locale: Locale
  readonly mail: Pick<Mail, 'subject' | 'title' | 'blocks'>
  /** Whether it can be refused: what sells says how to receive no more. */
  readonly refusable: boolean
}

/** What is the same in all letters of a batch. */
export type Stationery = {
  readonly sender: readonly string[]
  readonly at: Date
  /** Where a code is answered. */
  readonly answerUrl: (locale: Locale, code: string) => string
  readonly pictures: ReadonlyMap<string, Buffer>
  readonly bothSides: boolean
}

const ink = '#000000'
const dim = '#44504d'
const width = right - margin
const bottom = 841.89 - margin
const millimetre = 72 / 25.4
/** The window of a French envelope over a sheet folded in three: the block lies inside it wherever the sheet slides. */
const windowLeft = 110 * millimetre
const windowTop = 50 * millimetre
const lineHeight = 13
const codeSize = 56

/**
 * Letters in one file, in their order. Each begins on a new sheet, also when sheets are printed on both sides.
 * @returns the file, and how many pages each letter has
 */
export async function printLetters(
  letters: readonly PrintedLetter[],
  stationery: Stationery,
): Promise<{ file: Buffer; pages: number[] }> {
  const [locale, title] = [letters[0]?.locale ?? 'fr', letters.length === 1 ? (letters[0]?.mail.subject ?? '') : 'Lot']
  const pages: number[] = []
  const about = { locale, title, author: stationery.sender[0] ?? '', createdAt: stationery.at }
  const file = await writePdf(about, async (pdf) => {
    for (const [nth, letter] of letters.entries()) {
      const before = nth === 0 ? 0 : pdf.bufferedPageRange().count
      if (nth > 0) pdf.addPage()
      await writeLetter(pdf, letter, stationery)
      pages.push(pdf.bufferedPageRange().count - before)
      if (stationery.bothSides && (pages.at(-1) ?? 0) % 2 === 1 && nth < letters.length - 1) pdf.addPage()
      // Others are served between two letters.
      await setImmediate()
    }
  })
  return { file, pages }
}

async function writeLetter(pdf: PDFKit.PDFDocument, letter: PrintedLetter, stationery: Stationery): Promise<void> {
  const { code, lines, locale, mail, refusable } = letter
  pdf.font(fonts.strong).fontSize(11).fillColor(ink)
  const [firm = '', ...where] = stationery.sender
  pdf.text(firm, margin, margin, { width: 200 })
  pdf.font(fonts.plain).fontSize(9).fillColor(dim)
  for (const line of where) pdf.text(line, { width: 200 })
  pdf.fontSize(7).text(code, windowLeft, windowTop - 12, { lineBreak: false })
  pdf.fontSize(10).fillColor(ink)
  for (const [nth, line] of lines.entries())
    pdf.text(line, windowLeft, windowTop + nth * lineHeight, { lineBreak: false })
  pdf.x = margin
  pdf.y = 100 * millimetre
  pdf.fontSize(10.5).text(formatDay(stationery.at.toISOString(), locale, 'Europe/Paris'), { width, align: 'right' })
  pdf.moveDown(1)
  pdf.font(fonts.strong).text(text(locale, 'letter.subject', { subject: mail.subject }), margin, pdf.y, { width })
  pdf.moveDown(1)
  if (mail.title !== '' && mail.title !== mail.subject) {
    pdf.fontSize(13).text(mail.title, { width })
    pdf.moveDown(0.6)
  }
  for (const block of mail.blocks) writeBlock(pdf, block, stationery)
  await writeAnswer(
    pdf,
    letter,
    stationery.answerUrl(locale, code),
    refusable ? text(locale, 'letter.answer_or_refuse') : text(locale, 'letter.answer'),
  )
}

/** How one answers, by the code in words and in squares. */
async function writeAnswer(
  pdf: PDFKit.PDFDocument,
  { code }: PrintedLetter,
  url: string,
  words: string,
): Promise<void> {
  if (pdf.y + codeSize + 24 > bottom) pdf.addPage()
  const top = Math.max(pdf.y + 16, bottom - codeSize - 4)
  pdf.image(await qrPng(url), margin, top, { width: codeSize })
  const beside = { width: width - codeSize - 12 }
  pdf.font(fonts.plain).fontSize(8.5).fillColor(dim)
  pdf.text(words, margin + codeSize + 12, top + 8, beside)
  pdf.font(fonts.strong).fontSize(10).fillColor(ink).text(code, beside)
  pdf.x = margin
}

function writeBlock(pdf: PDFKit.PDFDocument, block: Block, stationery: Stationery): void {
  pdf.font(fonts.plain).fontSize(10.5).fillColor(ink)
  pdf.x = margin
  switch (block.kind) {
    case 'text':
      pdf.text(block.text, { width, lineGap: 2 }).moveDown(0.7)
      return
    case 'heading':
      pdf.font(fonts.strong).fontSize(12).text(block.text, { width }).moveDown(0.4)
      return
    case 'link':
      // Preferences are behind a link that cannot be typed; the code does as much.
      if (block.weight === 'main')
        pdf.text(`${block.label} : `, { width, continued: true }).text(block.href).moveDown(0.7)
      return
    case 'code':
      return writeCode(pdf, block)
    case 'article':
      pdf.font(fonts.strong).text(block.name, { width })
      pdf.font(fonts.plain).text(block.price, { width }).moveDown(0.7)
      return
    case 'picture':
      return writePicture(pdf, block.picture, stationery.pictures)
    case 'divider':
      pdf.moveTo(margin, pdf.y).lineTo(right, pdf.y).lineWidth(0.5).stroke(dim).moveDown(0.7)
      return
    case 'columns':
      for (const inner of block.columns.flat()) writeBlock(pdf, inner, stationery)
      return
    default:
      throw new Error(`a letter has no ${block.kind}`)
  }
}

function writeCode(pdf: PDFKit.PDFDocument, { label, code, hint }: Extract<Block, { kind: 'code' }>): void {
  const height = 44 + (hint === '' ? 0 : 14)
  if (pdf.y + height > bottom) pdf.addPage()
  const top = pdf.y
  pdf.rect(margin, top, width, height).dash(3, { space: 3 }).lineWidth(0.8).stroke(dim).undash()
  pdf
    .fontSize(9)
    .fillColor(dim)
    .text(label, margin + 10, top + 7, { width: width - 20 })
  pdf
    .font(fonts.strong)
    .fontSize(14)
    .fillColor(ink)
    .text(code, margin + 10, top + 20, { width: width - 20 })
  if (hint !== '')
    pdf
      .font(fonts.plain)
      .fontSize(9)
      .fillColor(dim)
      .text(hint, { width: width - 20 })
  pdf.x = margin
  pdf.y = top + height + 10
}

/** Printers' files know PNG and JPEG; of another picture its words stand there. */
function writePicture(
  pdf: PDFKit.PDFDocument,
  { source, width: wide, height: high, alt }: Extract<Block, { kind: 'picture' }>['picture'],
  pictures: ReadonlyMap<string, Buffer>,
): void {
  const bytes = pictures.get(source.replace(/^cid:/, ''))
  if (bytes === undefined || bytes.subarray(0, 3).toString('latin1') === 'GIF') {
    pdf.fillColor(dim).text(`[${alt}]`, { width }).moveDown(0.7)
    return
  }
  const scale = Math.min(1, (width * 0.6) / wide, 200 / high)
  if (pdf.y + high * scale > bottom) pdf.addPage()
  pdf.image(bytes, margin, pdf.y, { width: wide * scale, height: high * scale })
  pdf.moveDown(0.7)
}
