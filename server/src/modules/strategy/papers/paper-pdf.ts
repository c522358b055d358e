import type { Locale } from '@ecluse/contracts/scalars.ts'
import { fonts, margin, right, senderName, writePdf } from '../../orders/public.ts'
import { drawPdf } from '../plots/draw-pdf.ts'
import { colours } from '../plots/drawing.ts'
import type { Block, Paper } from './paper.ts'

const width = right - margin
const pageEnd = 841.89 - margin
const cellGap = 8

/**
 * Puts it on paper, plots included.
 * @param sender the firm's name and address, as e-mails are sent from
 */
export function paperPdf(
  { title, about, blocks }: Paper,
  { locale, sender, createdAt }: { locale: Locale; sender: string; createdAt: Date },
): Promise<Buffer> {
  return writePdf({ locale, title, author: senderName(sender), createdAt }, (pdf) => {
    pdf.font(fonts.strong).fontSize(18).fillColor(colours.ink).text(title, margin, margin, { width })
    pdf.font(fonts.plain).fontSize(9).fillColor(colours.dim).text(about, { width })
    for (const block of blocks) drawBlock(pdf, block)
  })
}

type Pdf = PDFKit.PDFDocument

/** Goes to the next page where so much is not left on this one. */
function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pageEnd) pdf.addPage()
}

function drawBlock(pdf: Pdf, block: Block): void {
  switch (block.kind) {
    case 'heading':
      keepTogether(pdf, 60)
      pdf.moveDown(0.8)
      pdf.font(fonts.strong).fontSize(11).fillColor(colours.accent).text(block.text, margin, pdf.y, { width })
      return
    case 'text':
      pdf.moveDown(0.3)
      pdf.font(fonts.plain).fontSize(10).fillColor(colours.ink).text(block.text, margin, pdf.y, { width })
      return
    case 'plot': {
      keepTogether(pdf, block.drawing.height + 30)
      pdf.moveDown(0.8)
      pdf.font(fonts.strong).fontSize(10).fillColor(colours.ink).text(block.title, margin, pdf.y, { width })
      const top = pdf.y + 4
      drawPdf(pdf, block.drawing, margin, top)
      pdf.x = margin
      pdf.y = top + block.drawing.height
      return
    }
    case 'table':
      pdf.moveDown(0.4)
      for (const [at, row] of [block.head, ...block.rows].entries()) drawRow(pdf, row, at === 0)
  }
}

function drawRow(pdf: Pdf, cells: readonly string[], head: boolean): void {
  const column = width / cells.length
  const inside = { width: column - cellGap }
  pdf.font(head ? fonts.strong : fonts.plain).fontSize(9)
  const height = Math.max(...cells.map((cell) => pdf.heightOfString(cell || ' ', inside))) + 6
  keepTogether(pdf, height)
  const top = pdf.y
  cells.forEach((cell, at) => {
    pdf
      .font(head || at === 0 ? fonts.strong : fonts.plain)
      .fillColor(at === 0 ? colours.dim : colours.ink)
      .text(cell, margin + at * column, top + 3, inside)
  })
  pdf
    .moveTo(margin, top + height)
    .lineTo(right, top + height)
    .lineWidth(0.5)
    .strokeColor(colours.line)
    .stroke()
  pdf.x = margin
  pdf.y = top + height
}
