import { createHash } from 'node:crypto'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { appendConsent } from '../../customers/public.ts'
import { parseSender } from '../domain/sender.ts'
import { wishOf } from '../domain/stop-words.ts'
import { tellJourneyOf } from '../journeys/tell-of-message.ts'
import { insertAnswer, noteDelivery } from '../media/queries/texts.ts'
import { noteAnswer } from '../note-interactions.ts'
import { readMail, type Incoming } from './domain/read-mail.ts'
import { mailById, markDead, noteArrived, partyOfAddress } from './queries/mailbox.ts'

/**
 * Takes one message of our mailbox: a report of delivery is written on the message it is about, and an address that does not exist is
 * not written to again; an answer is kept, and one that refuses is written as a refusal. Read twice, it changes nothing.
 */
export async function takeMail(ctx: Ctx, source: Buffer, receivedAt: Date): Promise<Incoming['kind']> {
  const { domain } = parseSender(ctx.config.mailFrom)
  const mail = await readMail(source, domain)
  if (mail.kind === 'report') await takeReport(ctx, mail, receivedAt)
  if (mail.kind === 'answer') await takeAnswer(ctx, mail, { source, receivedAt })
  return mail.kind
}

/** Permanent failures (RFC 3463: 5.x.x) of a mailbox that is not there, not of what was in the message. */
const isDead = ({ action, status }: { action: string; status: string }): boolean =>
  action === 'failed' && /^5\.(?:0\.0|1\.\d+|2\.1)$/.test(status || '5.0.0')

async function takeReport(ctx: Ctx, report: Extract<Incoming, { kind: 'report' }>, at: Date): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const message = report.about === null ? undefined : await mailById(tx, report.about)
    // A report about nothing we sent is forged, or not for us.
    if (!message) return
    const own = report.recipients.filter(({ address }) => address === message.recipient.toLowerCase())
    for (const recipient of own.length > 0 ? own : report.recipients.slice(0, 1)) {
      const { action, status, why } = recipient
      if (action === 'delivered' && (await noteDelivery(tx, message, { state: 'delivered', at })))
        await tellJourneyOf(ctx, tx, message, { kind: 'delivered', at })
      if (action === 'failed' && (await noteDelivery(tx, message, { state: 'undelivered', at })))
        await tellJourneyOf(ctx, tx, message, { kind: 'bounced', at, spent: true })
      if (isDead(recipient)) {
        const reason = [status, why].filter(Boolean).join(' ')
        await markDead(tx, { address: message.recipient.toLowerCase(), at, reason, messageId: message.id })
      }
    }
  })
}

async function takeAnswer(
  ctx: Ctx,
  answer: Extract<Incoming, { kind: 'answer' }>,
  { source, receivedAt }: { source: Buffer; receivedAt: Date },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const message = await mailById(tx, answer.about)
    if (!message) return
    const partyId = message.party_id ?? (await partyOfAddress(tx, answer.from))
    const wish = wishOf(answer.text)
    const said = {
      external_id: `mail:${createHash('sha256').update(source).digest('hex')}`,
      id: ctx.ids.next(),
      medium: 'email' as const,
      sender: answer.from,
      party_id: partyId,
      message_id: message.id,
      subject: answer.subject,
      body: answer.text,
      wish,
      received_at: receivedAt,
    }
    const news = await insertAnswer(tx, said)
    if (news) await noteAnswer(ctx, tx, said)
    if (await noteArrived(tx, message)) await tellJourneyOf(ctx, tx, message, { kind: 'delivered', at: receivedAt })
    // Who answers STOP to what they asked for does not speak of news.
    if (!news || wish !== 'stop' || partyId === null || message.purpose === 'service') return
    await appendConsent(ctx, tx, {
      partyId,
      act: 'withdrawn',
      medium: 'email',
      purpose: message.purpose,
      source: 'reply',
      wording: null,
      locale: 'fr',
      proof: { message: message.id, said: answer.text.slice(0, 160) },
      address: message.recipient,
    })
  })
}
