import { randomBytes } from 'node:crypto'
import { letterCodeOf } from '@ecluse/contracts/letter-code.ts'
import type { LetterBatch } from '@ecluse/contracts/letters.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { fonts, margin, right, writePdf } from '../../orders/public.ts'
import { formatDay, formatMoney } from '../mail/format.ts'
import { parseSender } from '../domain/sender.ts'
import { samplesOf } from '../templates/make-mail.ts'
import { templateById } from '../templates/queries/templates.ts'
import { composeLetter, printedOf, stationeryOf, type LetterDesk } from './draw-letters.ts'
import { readLetterTariff } from './letter-tariff.ts'
import { printLetters } from './letter-pdf.ts'
import { batchById, lettersOfBatch, type BatchRow } from './queries/letters.ts'

/** A batch as lists show it. */
export function batchView(row: BatchRow): LetterBatch {
  return {
    id: row.id,
    number: row.number,
    letters: row.letters,
    sheets: row.sheets,
    costMicro: Number(row.cost_micro),
    classes: row.classes,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    handedOverAt: row.handed_over_at?.toISOString() ?? null,
    returned: row.returned,
    answered: row.answered,
  }
}

/** @throws engagement.batch_not_found */
export async function readBatch(db: Queryable, batchId: string): Promise<BatchRow> {
  const row = await batchById(db, batchId)
  if (row === undefined) throw refuse('engagement.batch_not_found')
  return row
}

/** The letters of a batch in one file, as they were drawn: made again from what is kept of each. @throws engagement.batch_not_found */
export async function batchFile(ctx: Ctx, desk: LetterDesk, batchId: string): Promise<Buffer> {
  const batch = await readBatch(ctx.db, batchId)
  const letters = (await lettersOfBatch(ctx.db, batchId)).flatMap((row) => {
    const { lines, mail } = row.letter
    return lines && mail ? [printedOf({ ...row, lines, mail })] : []
  })
  const tariff = await readLetterTariff(ctx.db)
  const stationery = await stationeryOf(ctx, ctx.db, desk, { letters, tariff, at: batch.created_at })
  return (await printLetters(letters, stationery)).file
}

/** What whoever prints and posts a batch is asked to do, on one page. @throws engagement.batch_not_found */
export async function batchTicket(ctx: Ctx, batchId: string): Promise<Buffer> {
  const { locale } = ctx
  const batch = batchView(await readBatch(ctx.db, batchId))
  const { bothSides } = await readLetterTariff(ctx.db)
  const t = (key: string, values?: Record<string, string | number>) => text(locale, `letter_ticket.${key}`, values)
  const title = t('title', { number: batch.number })
  const author = parseSender(ctx.config.mailFrom).name
  const cost = (micro: number) => formatMoney({ amountMinor: Math.round(micro / 10_000), currency: 'EUR' }, locale)
  const count = (n: number) => intlOf(locale).formatNumber(n)
  return writePdf({ locale, title, author, createdAt: new Date(batch.createdAt) }, (pdf) => {
    pdf.font(fonts.strong).fontSize(18).text(title, margin, margin)
    pdf
      .font(fonts.plain)
      .fontSize(11)
      .moveDown(0.5)
      .text(`${author} · ${formatDay(batch.createdAt, locale, 'Europe/Paris')}`)
    pdf
      .moveDown(1)
      .text(bothSides ? t('both_sides') : t('one_side'))
      .text(t('envelopes'))
      .moveDown(1.5)
    const rows = [
      [t('class'), t('letters'), t('sheets'), t('cost')],
      ...batch.classes.map((one) => [
        t('up_to', { grams: one.upToGrams }),
        count(one.letters),
        count(one.sheets),
        cost(one.costMicro),
      ]),
      [t('total'), count(batch.letters), count(batch.sheets), cost(batch.costMicro)],
    ]
    for (const [nth, cells] of rows.entries()) {
      const top = pdf.y
      pdf.font(nth === 0 || nth === rows.length - 1 ? fonts.strong : fonts.plain)
      for (const [at, cell] of cells.entries())
        pdf.text(cell, margin + at * 125, top, { width: 115, align: at === 0 ? 'left' : 'right' })
      pdf.y = top + 18
      pdf
        .moveTo(margin, pdf.y - 3)
        .lineTo(right, pdf.y - 3)
        .lineWidth(0.4)
        .stroke('#c9d1ce')
      pdf.x = margin
    }
  })
}

/** A template as a letter to nobody, as it is being written. @throws engagement.template_not_found */
export async function previewLetter(ctx: Ctx, desk: LetterDesk, templateId: string, locale: Locale): Promise<Buffer> {
  const row = await templateById(ctx.db, templateId)
  if (row === undefined) throw refuse('engagement.template_not_found')
  const { content, purpose } = row
  const values = samplesOf({ content, locale })
  const code = letterCodeOf(randomBytes(8))
  const name = values['name'] ?? ''
  const mail = await composeLetter(ctx, ctx.db, desk, {
    content,
    locale,
    purpose,
    code,
    values,
    person: { name, kind: 'person' },
  })
  const lines = [name, '12 RUE DES LILAS', '69003 LYON']
  const letters = [printedOf({ provider_ref: code, locale, purpose, lines, mail })]
  const tariff = await readLetterTariff(ctx.db)
  const { file } = await printLetters(
    letters,
    await stationeryOf(ctx, ctx.db, desk, { letters, tariff, at: ctx.clock.now() }),
  )
  assert(file.length > 0, 'a letter has a page')
  return file
}
