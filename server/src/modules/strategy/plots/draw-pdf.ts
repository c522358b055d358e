import { fonts } from '../../orders/public.ts'
import type { Drawing, Point } from './drawing.ts'

/** Draws on paper, with the drawing's left upper corner at `x`, `y`. */
export function drawPdf(pdf: PDFKit.PDFDocument, { shapes }: Drawing, x: number, y: number): void {
  const move = (points: readonly Point[]): void =>
    points.forEach(([px, py], at) => void (at === 0 ? pdf.moveTo(x + px, y + py) : pdf.lineTo(x + px, y + py)))
  for (const shape of shapes) {
    switch (shape.kind) {
      case 'line':
        if (shape.points.length < 2) break
        if (shape.dashed) pdf.dash(5, { space: 3 })
        move(shape.points)
        pdf.lineWidth(shape.width).strokeColor(shape.color).stroke()
        pdf.undash()
        break
      case 'area':
        if (shape.points.length < 3) break
        move(shape.points)
        pdf.closePath().fillOpacity(shape.opacity).fillColor(shape.color).fill()
        pdf.fillOpacity(1)
        break
      case 'bar':
        pdf
          .rect(x + shape.x, y + shape.y, shape.width, shape.height)
          .fillColor(shape.color)
          .fill()
        break
      case 'text': {
        pdf.font(shape.strong ? fonts.strong : fonts.plain).fontSize(shape.size)
        const wide = pdf.widthOfString(shape.text)
        const back = { start: 0, middle: wide / 2, end: wide }[shape.anchor]
        pdf
          .fillColor(shape.color)
          .text(shape.text, x + shape.x - back, y + shape.y - shape.size, { lineBreak: false, width: wide + 4 })
      }
    }
  }
}
