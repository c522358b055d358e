import type { Locale } from '@ecluse/contracts/scalars.ts'
import { fonts, margin, right, senderName, writePdf } from '../pdf-paper.ts'

/**
 * The receipt of a withdrawal as a file to keep: word for word what was sent (Code de la consommation, L221-21).
 * @param sender the firm's name and address, as e-mails are sent from
 */
export function receiptPdf(
  withdrawal: { readonly number: string; readonly locale: Locale; readonly declaredAt: Date; readonly receipt: string },
  sender: string,
): Promise<Buffer> {
  const { number, locale, declaredAt, receipt } = withdrawal
  const author = senderName(sender)
  return writePdf({ locale, title: number, author, createdAt: declaredAt }, (pdf) => {
    const width = right - margin
    const [title = number, ...lines] = receipt.split('\n')
    pdf.font(fonts.strong).fontSize(11).text(author, { width })
    pdf.moveDown(2).fontSize(16).text(title, { width })
    pdf.moveDown(1).font(fonts.plain).fontSize(10.5)
    for (const line of lines) pdf.text(line, { width, paragraphGap: 6 })
  })
}
