import type { ProcessingRegister } from '@ecluse/contracts/register.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { csvLine } from '../../../kernel/csv.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { fonts, margin, right, writePdf } from '../../orders/public.ts'

const columns = ['activity', 'purpose', 'basis', 'people', 'categories', 'recipients', 'retention'] as const

type Line = Readonly<Record<(typeof columns)[number], string>>

function linesOf(register: ProcessingRegister, locale: Locale): Line[] {
  const words = (id: string) => text(locale, `rights.register.${id}`)
  return register.activities.map(({ activity, basis, purpose, people, categories, recipients, retention }) => ({
    activity: words(`activity.${activity}`),
    purpose,
    basis: words(`basis.${basis}`),
    people,
    categories: categories.join(', '),
    recipients: [...recipients, register.content.recipients].filter(Boolean).join(', ') || words('nobody'),
    retention,
  }))
}

/** What the firm says, name after name; what it did not say is said to be missing. */
function saidOf({ content }: ProcessingRegister, locale: Locale): (readonly [string, string])[] {
  const t = (id: string) => text(locale, `rights.register.${id}`)
  const { controller, representative, dpo, transfers, security } = content
  const whom = [controller.name, controller.address, controller.email, controller.phone]
  return [
    [t('controller'), whom.filter(Boolean).join(', ')],
    [t('representative'), representative],
    [t('dpo'), [dpo.name, dpo.email].filter(Boolean).join(', ')],
    [t('transfers'), transfers],
    [t('security'), security],
  ] as const
}

/** The register as CSV: each activity on a line, with what the firm says of all of them. */
export function registerCsv(register: ProcessingRegister, locale: Locale): string {
  const said = saidOf(register, locale)
  const head = [...columns.map((column) => text(locale, `rights.register.${column}`)), ...said.map(([name]) => name)]
  const lines = linesOf(register, locale).map((line) => [
    ...columns.map((column) => line[column]),
    ...said.map(([, value]) => value),
  ])
  return [head, ...lines].map((cells) => csvLine(cells)).join('')
}

/** The register as a paper to show to the authority. */
export function registerPdf(
  register: ProcessingRegister,
  locale: Locale,
  { author, now }: { author: string; now: Date },
): Promise<Buffer> {
  const t = (id: string, values?: Record<string, string>) => text(locale, `rights.register.${id}`, values)
  const day = intlOf(locale).formatDate(now, { dateStyle: 'long', timeZone: 'Europe/Paris' })
  return writePdf({ locale, title: t('title'), author, createdAt: now }, (pdf) => {
    const width = right - margin
    const field = (name: string, value: string) => {
      pdf.font(fonts.strong).fontSize(9.5).text(name, { width })
      pdf.font(fonts.plain).text(value || t('not_said'), { width })
      pdf.moveDown(0.4)
    }
    pdf.font(fonts.strong).fontSize(16).text(t('title'), { width })
    pdf.font(fonts.plain).fontSize(9.5).text(t('as_of', { day }), { width }).moveDown(1)
    for (const [name, value] of saidOf(register, locale)) field(name, value)
    for (const line of linesOf(register, locale)) {
      if (pdf.y > 640) pdf.addPage()
      pdf.moveDown(1).font(fonts.strong).fontSize(12).text(line.activity, { width }).moveDown(0.4)
      for (const column of columns) if (column !== 'activity') field(t(column), line[column])
    }
  })
}
