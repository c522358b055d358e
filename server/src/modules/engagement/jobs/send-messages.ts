import { createTransport, type Transporter } from 'nodemailer'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import { mayBeShort } from '../domain/short-templates.ts'
import { isRefusedForGood, mayHaveLeft, mostAttempts, reasonOf, waitAfter } from '../domain/retry.ts'
import { writeConsentToken } from '../../customers/public.ts'
import { parseSender } from '../domain/sender.ts'
import { prepareContent, type Content, type MailLinks } from '../prepare-content.ts'
import { mayContact } from '../may-contact.ts'
import { tellJourneyOf } from '../journeys/tell-of-message.ts'
import { insteadOfMail } from '../media/queries/texts.ts'
import type { TextProvider } from '../media/text-provider.ts'
import { readPrices, weighText } from '../media/weigh-text.ts'
import { noteSent } from '../note-interactions.ts'
import { deadReason } from '../mailbox/queries/mailbox.ts'
import { contactFacts } from '../queries/contacts.ts'
import {
  claimDue,
  fallBack,
  goInstead,
  markAttemptFailed,
  markDone,
  markHanded,
  markUnknown,
  postpone,
  storeContent,
  type DueMessage,
} from '../queries/messages.ts'
import { picturesOf } from '../templates/pictures.ts'
import { sendMessagesJob } from './names.ts'

/** Whoever carries what is no e-mail; a medium that nobody carries is kept here. */
export type Carriers = Partial<Record<'sms' | 'push' | 'social', TextProvider>>

type Ways = { readonly links: MailLinks; readonly transport: Transporter | null; readonly carriers: Carriers }

/** Messages are made and sent at most this many a second: they can wait for the orders, the orders cannot wait for them. */
const batchSize = 20
const pauseMs = 1_000
/** How long a batch may take before others take what it left. */
const leaseMs = 5 * 60_000

/**
 * Sends the messages that are due, and tries again those that failed. Without an SMTP server they are kept here, finished,
 * for the back office to show. Runs when a message is written, and every minute for those that wait for another attempt.
 */
export function createSendMessages(links: MailLinks, carriers: Carriers): Job<typeof sendMessagesJob.payload> {
  return job({
    ...sendMessagesJob,
    schedule: '* * * * *',
    async run(ctx) {
      const now = ctx.clock.now()
      const due = await claimDue(ctx.db, now, new Date(now.getTime() + leaseMs), batchSize)
      if (due.length === 0) return
      const transport = ctx.config.smtpUrl === null ? null : openTransport(ctx.config.smtpUrl)
      try {
        for (const message of due) await attempt(ctx, { links, transport, carriers }, message)
      } finally {
        transport?.close()
      }
      if (due.length < batchSize) return
      const runAt = new Date(ctx.clock.now().getTime() + pauseMs)
      await enqueue(ctx.db, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true, runAt })
    },
  })
}

function openTransport(smtpUrl: string): Transporter {
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 1,
    // Whether something is sent again is decided here, never by the connection.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A message is made of what we give it: it reads no file and fetches nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** One attempt of one message. Its failure is written down, and the others go on. */
async function attempt(ctx: Ctx, ways: Ways, claimed: DueMessage): Promise<void> {
  let message = claimed
  let handed = false
  try {
    const refusal = await refusalOf(ctx, message)
    if (refusal?.from) return await postpone(ctx.db, message, refusal.reason, refusal.from)
    if (refusal) return await giveUp(ctx, message, refusal.reason)
    if (message.handed_at !== null && atMostOnce(message)) return await markUnknown(ctx.db, message, 'lost')
    message = await chooseMedium(ctx, ways.links, message)
    if (message.medium === 'email') {
      const dead = await deadReason(ctx.db, message.recipient)
      if (dead !== undefined) return await giveUp(ctx, message, `address: ${dead}`)
      const content = await contentOf(ctx, ways.links, message)
      if (ways.transport) {
        if (atMostOnce(message)) await markHanded(ctx.db, message, ctx.clock.now())
        handed = atMostOnce(message)
        await send(ctx, ways.links, ways.transport, message, content)
      }
      return await markLeft(ctx, message, ways.transport ? 'sent' : 'local')
    }
    const carrier = ways.carriers[message.medium] ?? null
    const { id: key, recipient: to, body, subject: title, link, party_id: partyId, purpose, locale } = message
    const carried = { key, to, text: body ?? '', title, link, partyId, purpose, locale }
    const { reference } = carrier === null ? { reference: null } : await carrier.send(carried)
    await markLeft(ctx, message, carrier === null ? 'local' : 'sent', reference)
  } catch (error) {
    if (handed && mayHaveLeft(error)) return await markUnknown(ctx.db, message, reasonOf(error))
    const givenUp = isRefusedForGood(error) || message.attempts >= mostAttempts
    const nextAt = givenUp ? null : new Date(ctx.clock.now().getTime() + waitAfter(message.attempts))
    ctx.log.warn({ err: error, messageId: message.id, attempt: message.attempts, givenUp }, 'message not sent')
    if (givenUp && message.fallback !== null) await fallBack(ctx.db, message, reasonOf(error), ctx.clock.now())
    else if (givenUp) await giveUp(ctx, message, reasonOf(error))
    else await markAttemptFailed(ctx.db, message, reasonOf(error), nextAt)
  }
}

/**
 * A mail server takes no key: what may have left already is not sent again. Service messages are: somebody waits for them, and a second
 * copy, under the same Message-ID, hurts less than none.
 */
const atMostOnce = ({ medium, purpose }: DueMessage): boolean => medium === 'email' && purpose !== 'service'

/** A message that will not leave costs nothing: a journey that sent it is told. */
async function giveUp(ctx: Ctx, message: DueMessage, reason: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await markAttemptFailed(tx, message, reason, null)
    await tellJourneyOf(ctx, tx, message, { kind: 'bounced', at: ctx.clock.now() })
  })
}

/** A message that somebody carried is in the log of whom it is for; what is kept here has reached nobody. */
async function markLeft(ctx: Ctx, message: DueMessage, state: 'sent' | 'local', reference?: string | null) {
  const now = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    await markDone(tx, message, state, now, reference)
    if (state === 'sent') await noteSent(ctx, tx, [message], now)
  })
}

/** A service message goes by what its reader wishes: what it says, short, and where to read on. */
async function chooseMedium(ctx: Ctx, links: MailLinks, message: DueMessage): Promise<DueMessage> {
  const { purpose, medium, template, recipient, locale, parts: tried } = message
  // What went by another medium once came back from there.
  if (purpose !== 'service' || medium !== 'email' || tried !== null || !mayBeShort(template)) return message
  const instead = await insteadOfMail(ctx.db, recipient)
  if (!instead) return message
  const { to, medium: by, party_id: partyId } = instead
  const { subject, text } = await contentOf(ctx, links, message)
  const { name } = parseSender(ctx.config.mailFrom)
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? null
  const said =
    by === 'push'
      ? { body: name, link, parts: 1, costMicro: null }
      : asText(`${name}${locale === 'fr' ? ' : ' : ': '}${subject}${link === null ? '' : `. ${link}`}`)
  await goInstead(ctx.db, message, { medium: by, to, partyId, ...said })
  return {
    ...message,
    medium: by,
    fallback: recipient,
    recipient: to,
    party_id: partyId,
    subject,
    body: said.body,
    link: said.link,
  }

  function asText(words: string) {
    return { body: words, link: null, ...weighText(words, to, readPrices(ctx.config.smsPrices)) }
  }
}

/** Why a message may not be sent, now that it is about to be, and from when it may; null when it may now. */
async function refusalOf(
  ctx: Ctx,
  { medium, purpose, party_id: partyId, recipient, topic }: DueMessage,
): Promise<{ reason: string; from: Date | null } | null> {
  if (purpose === 'service') return null
  const facts = partyId === null ? null : await contactFacts(ctx.db, partyId, purpose)
  const { allowed, reason, from } = await mayContact(ctx, {
    partyId,
    medium,
    purpose,
    address: recipient,
    at: ctx.clock.now(),
    subject: topic ?? undefined,
    lastAt: facts?.last_at,
    place: facts?.address ?? undefined,
  })
  return allowed ? null : { reason: `consent: ${reason}`, from }
}

/** What lets a mailbox's own button end it, for all that is not service (RFC 8058). */
function unsubscribing(ctx: Ctx, links: MailLinks, { purpose, party_id, locale }: DueMessage): Record<string, string> {
  if (purpose === 'service' || party_id === null) return {}
  const token = writeConsentToken(ctx.config, { may: 'prefer', partyId: party_id, medium: 'email', purpose })
  return {
    'List-Unsubscribe': `<${links.unsubscribe(locale, token)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** Made once and kept: a later attempt sends the same words. */
async function contentOf(ctx: Ctx, links: MailLinks, message: DueMessage): Promise<Content> {
  if (message.html !== null && message.body !== null)
    return { subject: message.subject, html: message.html, text: message.body }
  const content = await prepareContent(ctx, links, message)
  await storeContent(ctx.db, message, content)
  return content
}

/**
 * Hands a message to the mail server. Its Message-ID is its own for good: when a crash comes between the server's answer and
 * ours being written, the second copy can be recognised as the same.
 */
async function send(
  ctx: Ctx,
  links: MailLinks,
  transport: Transporter,
  message: DueMessage,
  content: Content,
): Promise<void> {
  const { domain } = parseSender(ctx.config.mailFrom)
  await transport.sendMail({
    from: ctx.config.mailFrom,
    to: { name: '', address: message.recipient },
    subject: content.subject,
    text: content.text,
    html: content.html,
    // The QR code travels inside the message.
    attachDataUrls: true,
    attachments: await picturesOf(ctx.db, content.html),
    messageId: `<${message.id}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': message.locale,
      ...unsubscribing(ctx, links, message),
    },
  })
}
