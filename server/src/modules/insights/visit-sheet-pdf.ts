import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { VisitSheet } from '@ecluse/contracts/sales-visits.ts'
import type { Locale, Money } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../kernel/messages.ts'
import { fonts, margin, right, senderName, writePdf } from '../orders/public.ts'

const ink = '#17211f'
const dim = '#55635f'
const accent = '#0b5358'
const width = right - margin

/**
 * A visit sheet on paper, in sections; what there is nothing of is left out.
 * @param sender the firm's name and address, as e-mails are sent from
 */
export function visitSheetPdf(sheet: VisitSheet, locale: Locale, sender: string): Promise<Buffer> {
  const words: Words = (key, values) => text(locale, `visit_sheet.${key}`, values)
  const intl = intlOf(locale)
  const day = (at: string): string => intl.formatDate(at, { dateStyle: 'medium', timeZone: 'Europe/Paris' })
  const money = (of: Money | null): string =>
    of === null ? '' : intl.formatNumber(of.amountMinor / 100, { style: 'currency', currency: of.currency })
  const earlier = ({ closedAt, outcome, note }: VisitSheet['visits'][number]): string =>
    [closedAt ? day(closedAt) : '', outcome ? words(`outcome.${outcome}`) : '', note].filter(Boolean).join(' · ')
  const { customer } = sheet
  const name = customer.name || words('nameless')
  const about = { locale, title: words('title', { name }), author: senderName(sender), createdAt: new Date(sheet.at) }
  return writePdf(about, (pdf) => {
    const line = (said: string): void => void pdf.font(fonts.plain).fontSize(10).fillColor(ink).text(said, { width })
    const section = (title: string, lines: readonly string[]): void => {
      const said = lines.filter((one) => one !== '')
      if (said.length === 0) return
      pdf.moveDown(0.8)
      pdf.font(fonts.strong).fontSize(11).fillColor(accent).text(title, margin, pdf.y, { width })
      said.forEach(line)
    }
    const documents = (list: VisitSheet['quotes'], kind: string): string[] =>
      list.map(({ number, at, state, total }) =>
        [number, day(at), words(`${kind}.${state}`), money(total)].filter(Boolean).join(' · '),
      )
    pdf.font(fonts.strong).fontSize(18).fillColor(ink).text(words('title', { name }), margin, margin, { width })
    pdf
      .font(fonts.plain)
      .fontSize(9)
      .fillColor(dim)
      .text(words('made', { at: day(sheet.at) }), { width })
    if (sheet.restricted) section(words('restricted'), [words('restricted.help')])
    section(words('who'), [
      customer.place,
      customer.phone ? formatPhone(customer.phone, locale) : '',
      customer.email ?? '',
      customer.relational ? words('relational') : '',
      named(words, 'segments', sheet.segments),
    ])
    if (sheet.visit) section(words('why', { on: day(sheet.visit.on) }), [sheet.visit.about, sheet.visit.questions])
    section(
      words('ask'),
      sheet.questions.map((question) => `– ${words(`question.${question}`)}`),
    )
    section(
      words('permissions'),
      sheet.permissions.map(({ medium, allowed }) =>
        words(allowed ? 'may' : 'may_not', { medium: words(`medium.${medium}`) }),
      ),
    )
    section(words('returns'), documents(sheet.returns, 'return'))
    section(words('quotes'), documents(sheet.quotes, 'quote'))
    const { orders } = sheet
    section(
      words('orders', { count: orders.count, total: money(orders.total) }),
      documents(sheet.latestOrders, 'order'),
    )
    section(
      words('bought'),
      sheet.bought.map(({ name: article, quantity, lastAt }) => `${quantity} × ${article} (${day(lastAt)})`),
    )
    section(words('recommended'), proposed(sheet, words))
    section(words('visits'), sheet.visits.map(earlier))
  })
}

type Words = (key: string, values?: Record<string, string | number>) => string

/** A list under what it is a list of, or nothing. */
const named = (words: Words, key: 'segments' | 'interests' | 'sizes', names: readonly string[]): string =>
  names.length === 0 ? '' : words(key, { names: names.join(', ') })

/** What they like, in which sizes, and articles that follow from it. */
function proposed({ interests, sizes, offers }: VisitSheet, words: Words): string[] {
  const liked = interests.map(({ name }) => name)
  const worn = sizes.map(({ name, value }) => `${name} ${value}`)
  return [
    named(words, 'interests', liked),
    named(words, 'sizes', worn),
    ...offers.map(({ name, interest }) => `– ${name} (${interest})`),
  ]
}
