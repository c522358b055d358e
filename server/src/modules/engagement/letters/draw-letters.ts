import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { LetterTariff } from '@ecluse/contracts/letters.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { text } from '../../../kernel/messages.ts'
import { readLegalEntity } from '../../channels/public.ts'
import { addressBlock } from '../domain/address-block.ts'
import { parseSender } from '../domain/sender.ts'
import { noteContactEvents } from '../journeys/told-contacts.ts'
import { peopleOf, type PersonRow } from '../journeys/queries/participants.ts'
import { composeOwnMail } from '../mail/compose-own.ts'
import type { Mail } from '../mail/mail.ts'
import { renderText } from '../mail/plain-text.ts'
import { nameOf } from '../queries/contacts.ts'
import { flattened } from '../templates/domain/check-mail.ts'
import type { MailDesk } from '../templates/mail-desk.ts'
import { pictureBytes, selectPictures, versionContent } from '../templates/queries/templates.ts'
import { weighLetter } from './domain/weigh-letter.ts'
import { judgeLetters } from './judge-letters.ts'
import { printLetters, type PrintedLetter, type Stationery } from './letter-pdf.ts'
import { readLetterTariff } from './letter-tariff.ts'
import {
  countWaitingLetters,
  deleteBatch,
  insertBatch,
  refuseLetters,
  takeLetters,
  writeDrawn,
  type DrawnLetter,
  type LetterRow,
} from './queries/letters.ts'
import { lockDrawing } from './queries/locks.ts'

/** What letters need beside the templates: where a code is answered. */
export type LetterDesk = MailDesk & { readonly answerCode: (locale: Locale, code: string) => string }

/** As many letters in one file. */
const mostLetters = 300

/**
 * Makes a batch of the letters that wait: each is asked of the gate once more, composed, laid out and weighed. Those that may not leave
 * are refused with why, and a journey is told so.
 * @returns the batch, null when none may leave; why others may not; and how many wait still
 */
export async function drawLetters(
  ctx: Ctx,
  tx: Tx,
  desk: LetterDesk,
): Promise<{ batchId: string | null; refused: Record<string, number>; waiting: number }> {
  await lockDrawing(tx)
  const batchId = ctx.ids.next()
  const now = ctx.clock.now()
  await insertBatch(tx, { id: batchId, now, by: actorLabel(ctx.actor) })
  const rows = await takeLetters(tx, batchId, mostLetters)
  const people = new Map(
    (
      await peopleOf(
        tx,
        rows.map((row) => row.order_id),
      )
    ).map((one) => [one.party_id, one]),
  )
  const asked = rows.flatMap((row) => {
    const person = people.get(row.order_id)
    return person ? [{ row, person, purpose: row.purpose, topic: row.topic }] : []
  })
  const judged = await judgeLetters(ctx, tx, asked)
  const made = await composeLetters(
    ctx,
    tx,
    desk,
    judged
      .filter(({ refusal }) => refusal === null)
      .map(({ asked: { row, person }, lines }) => ({ row, person, lines })),
  )
  const { drawn, tooHeavy } = await layOut(ctx, tx, desk, made)
  const refused = [
    ...judged.flatMap(({ asked: { row }, refusal }) => (refusal === null ? [] : [{ row, error: refusal }])),
    ...tooHeavy.map((row) => ({ row, error: 'too_heavy' })),
  ]
  await refuseLetters(
    tx,
    refused.map(({ row: { order_id, id }, error }) => ({ order_id, id, error: `letter: ${error}` })),
  )
  await writeDrawn(tx, drawn)
  await tellJourneys(ctx, tx, refused)
  if (drawn.length === 0) await deleteBatch(tx, batchId)
  const why: Record<string, number> = {}
  for (const { error } of refused) why[error] = (why[error] ?? 0) + 1
  return { batchId: drawn.length === 0 ? null : batchId, refused: why, waiting: await countWaitingLetters(tx) }
}

async function tellJourneys(ctx: Ctx, tx: Tx, refused: readonly { row: LetterRow; error: string }[]): Promise<void> {
  const at = ctx.clock.now()
  const events = refused.flatMap(({ row: { order_id: partyId, letter } }) =>
    letter.contactId
      ? [{ contactId: letter.contactId, partyId, kind: 'bounced' as const, at, userAgent: '', ip: '' }]
      : [],
  )
  if (events.length > 0) await noteContactEvents(ctx, tx, events)
}

type Addressed = { readonly row: LetterRow; readonly person: PersonRow; readonly lines: readonly string[] }
type Made = Addressed & { readonly mail: Mail }

async function composeLetters(
  ctx: Ctx,
  db: Queryable,
  desk: LetterDesk,
  letters: readonly Addressed[],
): Promise<Made[]> {
  const contents = new Map<string, MailContent>()
  const made: Made[] = []
  for (const letter of letters) {
    const { template_id, template_version, letter: own, provider_ref, locale, purpose } = letter.row
    const key = `${template_id} ${template_version}`
    if (!own.content && !contents.has(key) && template_id !== null && template_version !== null) {
      const version = await versionContent(db, template_id, template_version)
      assert(version !== undefined, 'a version that is sent is there')
      contents.set(key, version.content)
    }
    const content = own.content ?? contents.get(key)
    assert(content !== undefined, 'a letter has words or a template')
    const mail = await composeLetter(ctx, db, desk, {
      content,
      locale,
      purpose,
      code: provider_ref,
      person: letter.person,
    })
    made.push({ ...letter, mail })
  }
  return made
}

/** The words of a letter to somebody. */
export async function composeLetter(
  ctx: Ctx,
  db: Queryable,
  desk: LetterDesk,
  letter: {
    content: MailContent
    locale: Locale
    purpose: Purpose
    code: string
    person: Parameters<typeof nameOf>[0]
  } & {
    readonly values?: Readonly<Record<string, string>>
  },
): Promise<Mail> {
  const { content, locale, purpose, code, person, values } = letter
  const sender = parseSender(ctx.config.mailFrom)
  const named = new Map((await selectPictures(db, picturesIn(content))).map((row) => [row.id, row]))
  const now = ctx.clock.now()
  const mail = composeOwnMail(locale, content, {
    purpose,
    sender,
    values: { ...values, ...nameOf(person), shop: sender.name, letter_code: code },
    article: (productId) => desk.article(productId, locale, now),
    picture: (id) => {
      const found = named.get(id)
      return found ? { source: `cid:${id}`, width: found.width, height: found.height } : null
    },
    preferences: desk.answerCode(locale, code),
    origin: ctx.config.publicUrl,
  })
  // What stands beside the code, instead of what an e-mail ends with.
  const end = purpose === 'service' ? text(locale, 'letter.answer') : text(locale, 'letter.answer_or_refuse')
  return { ...mail, footer: [end] }
}

const picturesIn = ({ blocks }: MailContent): string[] =>
  flattened(blocks).flatMap(({ block }) =>
    block.kind === 'image' && block.pictureId !== null ? [block.pictureId] : [],
  )

/** Lays letters out to count their pages, and weighs them. */
async function layOut(
  ctx: Ctx,
  tx: Tx,
  desk: LetterDesk,
  made: readonly Made[],
): Promise<{ drawn: DrawnLetter[]; tooHeavy: LetterRow[] }> {
  const tariff = await readLetterTariff(tx)
  const printed = made.map(({ row, lines, mail }) => printedOf({ ...row, lines, mail }))
  const { pages } = await printLetters(
    printed,
    await stationeryOf(ctx, tx, desk, { letters: printed, tariff, at: ctx.clock.now() }),
  )
  const drawn: DrawnLetter[] = []
  const tooHeavy: LetterRow[] = []
  for (const [nth, { row, lines, mail }] of made.entries()) {
    const weighed = weighLetter(pages[nth] ?? 1, tariff)
    if (weighed === null) {
      tooHeavy.push(row)
      continue
    }
    const { sheets, grams, upToGrams, costMicro } = weighed
    const { subject, title, blocks } = mail
    drawn.push({
      order_id: row.order_id,
      id: row.id,
      recipient: lines.join(' / '),
      subject,
      body: renderText(mail),
      parts: sheets,
      cost_micro: costMicro,
      letter: { ...row.letter, lines, mail: { subject, title, blocks }, pages: pages[nth] ?? 1, grams, upToGrams },
    })
  }
  return { drawn, tooHeavy }
}

/** A letter as it is printed: what sells says how to receive no more. */
export function printedOf(letter: {
  readonly provider_ref: string
  readonly locale: Locale
  readonly purpose: Purpose
  readonly lines: readonly string[]
  readonly mail: PrintedLetter['mail']
}): PrintedLetter {
  const { provider_ref: code, locale, purpose, lines, mail } = letter
  return { code, locale, lines, mail, refusable: purpose !== 'service' }
}

/** What is the same in all letters: who sends them, as the firm says of itself, and the pictures they show. */
export async function stationeryOf(
  ctx: Ctx,
  db: Queryable,
  desk: LetterDesk,
  { letters, tariff, at }: { letters: readonly PrintedLetter[]; tariff: LetterTariff; at: Date },
): Promise<Stationery> {
  const firm = await readLegalEntity(db)
  const block = firm?.address ? addressBlock(firm.address) : null
  const ids = letters.flatMap(({ mail }) => mail.blocks.flatMap((block) => picturesOfBlock(block)))
  const pictures = await pictureBytes(db, [...new Set(ids)])
  const sender = parseSender(ctx.config.mailFrom)
  return {
    sender: [sender.name, ...(block !== null && 'lines' in block ? block.lines.slice(1) : [sender.address])],
    at,
    answerUrl: desk.answerCode,
    pictures: new Map(pictures.map(({ id, bytes }) => [id, bytes])),
    bothSides: tariff.bothSides,
  }
}

function picturesOfBlock(block: Mail['blocks'][number]): string[] {
  if (block.kind === 'columns') return block.columns.flat().flatMap(picturesOfBlock)
  return block.kind === 'picture' ? [block.picture.source.replace(/^cid:/, '')] : []
}
