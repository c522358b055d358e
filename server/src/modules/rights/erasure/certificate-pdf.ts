import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { fonts, margin, right, senderName, writePdf } from '../../orders/public.ts'
import { labelOf, named } from '../archive/archive-page.ts'
import type { CertificateRow } from '../queries/erasures.ts'
import { contentOf } from './certify.ts'

/** The certificate of an erasure as a paper to keep: what was erased, what is kept, by which law and until when. */
export function certificatePdf(row: CertificateRow, locale: Locale, sender: string): Promise<Buffer> {
  const content = contentOf(row)
  const t = (id: string, values?: Record<string, string | number | Date>) =>
    text(locale, `rights.certificate.${id}`, values)
  const author = senderName(sender)
  const erasedAt = new Date(content.erasedAt)
  const on = (day: string) => intlOf(locale).formatDate(new Date(day), { dateStyle: 'long', timeZone: 'Europe/Paris' })
  return writePdf({ locale, title: t('title'), author, createdAt: erasedAt }, (pdf) => {
    const width = right - margin
    pdf.font(fonts.strong).fontSize(11).text(author, { width })
    pdf.moveDown(2).fontSize(16).text(t('title'), { width })
    pdf.moveDown(1).font(fonts.plain).fontSize(10.5)
    pdf.text(t('asked', { number: content.request, day: on(content.askedAt) }), { width })
    pdf.text(t('done', { day: on(content.erasedAt) }), { width })
    const part = (title: string) => pdf.moveDown(1).font(fonts.strong).text(title, { width }).font(fonts.plain)
    part(t('erased'))
    for (const { table, rows } of content.erased)
      pdf.text(`${named(locale, labelOf(table), table)} : ${rows}`, { width })
    part(t('kept'))
    if (content.kept.length === 0) pdf.text(t('nothing_kept'), { width })
    for (const { law, records, until } of content.kept)
      pdf.text(`${text(locale, `rights.law.${law}`)} : ${t('records', { count: records, day: on(until) })}`, { width })
    pdf.moveDown(1).text(t('opposition'), { width })
    pdf.moveDown(1.5).fontSize(8)
    pdf.text(t('seal', { number: content.sequence, hash: row.hash.toString('hex'), key: row.key_id }), { width })
  })
}
