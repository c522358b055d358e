import type { Audit, AuditReport, Weakness, WeaknessKind } from '@ecluse/contracts/audits.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { fonts, margin, right, senderName, writePdf } from '../../orders/public.ts'

const ink = '#17211f'
const dim = '#55635f'
const accent = '#0b5358'
const width = right - margin
const bottom = 780
const mostPrices = 20

/** Which weaknesses are told in euros; the others are shares, and a correlation. */
const inEuros: readonly WeaknessKind[] = ['sales_falling', 'losing_money', 'prices_differ', 'dearer_than_competitor']

type Words = ReturnType<typeof wordsOf>

/** Words and figures of the report, in a language. */
function wordsOf(locale: Locale) {
  const intl = intlOf(locale)
  const words = (key: string, values?: Record<string, string | number>): string => text(locale, `audit.${key}`, values)
  const euros = (minor: number): string =>
    intl.formatNumber(minor / 100, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  const share = (of: number | null): string =>
    of === null ? '–' : intl.formatNumber(of, { style: 'percent', maximumFractionDigits: 1 })
  const number = (of: number | null): string =>
    of === null ? '–' : intl.formatNumber(of, { maximumFractionDigits: 2 })
  return {
    words,
    euros,
    share,
    number,
    day: (at: string): string => intl.formatDate(at, { dateStyle: 'medium', timeZone: 'Europe/Paris' }),
    weakness: ({ kind, channel, other, value, against }: Weakness): string => {
      const said = kind === 'suspected_cannibal' ? number : inEuros.includes(kind) ? euros : share
      return words(`weak.${kind}`, {
        channel: channel ?? '',
        other: other ?? '',
        value: said(value),
        against: said(against),
      })
    },
  }
}

/** How lines, titles and bars are drawn, a page after the other. */
function paperOf(pdf: PDFKit.PDFDocument) {
  const room = (height: number): void => {
    if (pdf.y + height > bottom) pdf.addPage()
  }
  return {
    line: (said: string): void => {
      room(16)
      pdf.font(fonts.plain).fontSize(10).fillColor(ink).text(said, margin, pdf.y, { width })
    },
    section: (title: string): void => {
      room(60)
      pdf.moveDown(0.8)
      pdf.font(fonts.strong).fontSize(12).fillColor(accent).text(title, margin, pdf.y, { width })
      pdf.moveDown(0.2)
    },
    /** Bars from nought, each with its name and figure. */
    bars: (rows: readonly { name: string; value: number; said: string }[]): void => {
      const most = Math.max(Number.MIN_VALUE, ...rows.map(({ value }) => value))
      for (const { name, value, said } of rows) {
        room(16)
        const top = pdf.y
        pdf.font(fonts.plain).fontSize(9).fillColor(ink).text(name, margin, top, { width: 120, lineBreak: false })
        pdf.rect(margin + 126, top + 1, Math.max(0.5, (240 * Math.max(0, value)) / most), 9).fill(accent)
        pdf.fillColor(ink).text(said, margin + 374, top, { width: width - 374, lineBreak: false })
        pdf.x = margin
        pdf.y = top + 15
      }
    },
    small: (said: string): void =>
      void pdf.font(fonts.plain).fontSize(8).fillColor(dim).text(said, margin, pdf.y, { width }),
  }
}
type Paper = ReturnType<typeof paperOf>

/** An audit on paper: what is weak, sales by channel as bars, and the figures behind. @param sender as e-mails are sent from */
export function auditPdf(audit: Audit, report: AuditReport, locale: Locale, sender: string): Promise<Buffer> {
  const said = wordsOf(locale)
  const { words, day } = said
  const about = { locale, title: words('title'), author: senderName(sender), createdAt: new Date(audit.at) }
  return writePdf(about, (pdf) => {
    const paper = paperOf(pdf)
    pdf.font(fonts.strong).fontSize(18).fillColor(ink).text(words('title'), margin, margin, { width })
    paper.small(
      words('made', { at: day(audit.at), from: day(audit.from), until: day(audit.until), by: audit.by ?? '' }),
    )
    paper.section(words('weak', { count: report.weaknesses.length }))
    if (report.weaknesses.length === 0) paper.line(words('weak.none'))
    for (const one of report.weaknesses) paper.line(`– ${said.weakness(one)}`)
    for (const one of report.unsaid) paper.line(words(`unsaid.${one}`))
    drawChannels(paper, said, report)
    drawDependence(paper, said, report)
    drawPrices(paper, said, report)
    pdf.moveDown(1)
    paper.small(words('hash', { hash: audit.hash ?? '' }))
  })
}

function drawChannels(paper: Paper, { words, euros, share }: Words, { channels }: AuditReport): void {
  paper.section(words('sales'))
  paper.bars(
    channels.map(({ channel, netRevenue, share: of }) => ({
      name: channel,
      value: netRevenue,
      said: `${euros(netRevenue)} (${share(of)})`,
    })),
  )
  paper.section(words('channels'))
  for (const one of channels) {
    paper.line(
      words('channel', {
        channel: one.channel,
        before: euros(one.netRevenueBefore),
        now: euros(one.netRevenue),
        contribution: one.contribution === null ? '–' : euros(one.contribution),
        conversion: share(one.conversion),
        returns: share(one.returnRate),
        kept: share(one.promisesKept),
      }),
    )
  }
}

function drawDependence(paper: Paper, { words, share, number }: Words, { concentration }: AuditReport): void {
  const { byChannel, byCircuit, circuits } = concentration
  paper.section(words('dependence'))
  paper.line(words('concentration', { channel: number(byChannel), circuit: number(byCircuit) }))
  paper.bars(
    circuits.map((one) => ({ name: words(`circuit.${one.circuit}`), value: one.share, said: share(one.share) })),
  )
}

function drawPrices(paper: Paper, { words, euros, share, number }: Words, report: AuditReport): void {
  if (report.prices.length > 0) paper.section(words('prices'))
  for (const { sku, name, low, high, gap } of report.prices.slice(0, mostPrices)) {
    const values = { low: euros(low.priceMinor), high: euros(high.priceMinor), gap: share(gap) }
    paper.line(words('price', { sku, name, lowAt: low.channel, highAt: high.channel, ...values }))
  }
  if (report.returnReasons.length === 0) return
  paper.section(words('returns'))
  paper.bars(
    report.returnReasons.map(({ reason, units }) => ({
      name: words(`reason.${reason}`),
      value: units,
      said: number(units),
    })),
  )
}
