import { readLetterCode } from '@ecluse/contracts/letter-code.ts'
import type { LetterReturnReason } from '@ecluse/contracts/letters.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { siteById } from '../../channels/public.ts'
import { appendConsent } from '../../customers/public.ts'
import { noteContactEvents } from '../journeys/told-contacts.ts'
import { insertAnswer } from '../media/queries/texts.ts'
import { markDead } from '../mailbox/queries/mailbox.ts'
import { noteAnswer } from '../note-interactions.ts'
import { letterOfCode, noteReturned, type LetterOfCode } from './queries/letters.ts'

type Told = { customerId: string; name: string; subject: string; news: boolean }

/** After these nobody of that name is to be found there. */
const nobodyThere: ReadonlySet<LetterReturnReason> = new Set(['npai', 'access', 'deceased'])

/**
 * Notes that a letter came back, once. Where nobody of that name is found, no more letters go there; whoever refused one is written to
 * no more, with the letter as its proof. What it cost is spent: a journey that sent it is told, and gets nothing back.
 * @throws engagement.letter_unknown
 */
export async function returnLetter(
  ctx: Ctx,
  tx: Tx,
  { code, reason }: { code: string; reason: LetterReturnReason },
): Promise<Told> {
  const letter = await find(tx, code)
  const now = ctx.clock.now()
  const news = await noteReturned(tx, letter, { reason: `returned: ${reason}`, now })
  if (!news) return viewOf(letter, news)
  const { lines = [], contactId } = letter.letter
  if (nobodyThere.has(reason)) {
    const address = lines.join(' / ').toLowerCase()
    await markDead(tx, { address, at: now, reason, messageId: letter.id, partyId: letter.party_id })
  }
  if (reason === 'refused' && letter.purpose !== 'service')
    await withdraw(ctx, tx, letter, { source: 'returned_letter', said: reason })
  if (contactId !== undefined) {
    const event = {
      contactId,
      partyId: letter.order_id,
      kind: 'bounced' as const,
      at: now,
      userAgent: '',
      ip: '',
      spent: true,
    }
    await noteContactEvents(ctx, tx, [event])
  }
  return viewOf(letter, news)
}

/**
 * Notes that somebody told the code of a letter, once: it is in their history, and answers the journey that sent it. Who says so by it
 * gets no more letters.
 * @param siteId where the code was shown
 * @throws engagement.letter_unknown
 */
export async function answerLetter(
  ctx: Ctx,
  tx: Tx,
  { code, siteId, stop = false }: { code: string; siteId?: string | undefined; stop?: boolean },
): Promise<Told> {
  const letter = await find(tx, code)
  const now = ctx.clock.now()
  const site = siteId === undefined ? undefined : await siteById(tx, siteId)
  const answer = {
    external_id: `letter:${letter.id}${stop ? ':stop' : ''}`,
    id: ctx.ids.next(),
    medium: 'letter' as const,
    sender: site?.name ?? actorLabel(ctx.actor) ?? '',
    party_id: letter.party_id,
    message_id: letter.id,
    subject: letter.subject,
    body: readLetterCode(code) ?? '',
    wish: stop ? ('stop' as const) : ('neither' as const),
    received_at: now,
  }
  const news = await insertAnswer(tx, answer)
  if (!news) return viewOf(letter, news)
  if (stop) {
    await withdraw(ctx, tx, letter, { source: 'letter_code', said: answer.body })
    return viewOf(letter, news)
  }
  await noteAnswer(ctx, tx, answer)
  const { contactId } = letter.letter
  if (contactId !== undefined) {
    const event = { contactId, partyId: letter.order_id, kind: 'clicked' as const, at: now, userAgent: '', ip: '' }
    await noteContactEvents(ctx, tx, [event])
  }
  return viewOf(letter, news)
}

async function withdraw(
  ctx: Ctx,
  tx: Tx,
  letter: LetterOfCode,
  { source, said }: { source: string; said: string },
): Promise<void> {
  await appendConsent(ctx, tx, {
    partyId: letter.party_id,
    act: 'withdrawn',
    medium: 'letter',
    purpose: null,
    source,
    wording: null,
    locale: letter.locale,
    proof: { letter: letter.id, said },
    address: letter.address && JSON.stringify(letter.address),
  })
}

async function find(tx: Tx, typed: string): Promise<LetterOfCode> {
  const code = readLetterCode(typed)
  const letter = code === null ? undefined : await letterOfCode(tx, code)
  if (letter === undefined) throw refuse('engagement.letter_unknown')
  return letter
}

const viewOf = ({ party_id: customerId, name, subject }: LetterOfCode, news: boolean): Told => ({
  customerId,
  name,
  subject,
  news,
})
