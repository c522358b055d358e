import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf } from '../../kernel/messages.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { parseSender } from './domain/sender.ts'
import { sendMessagesJob } from './jobs/names.ts'
import { composeRightsMail } from './mail/compose-rights.ts'
import { renderHtml } from './mail/html.ts'
import { renderText } from './mail/plain-text.ts'
import { insertWrittenMessage } from './queries/written-messages.ts'

/**
 * Writes to a mailbox about its owner's data, in the caller's transaction: a service message, made at once, since the link in it can
 * only be written by who knows the request.
 * @param about the request; it is written of once for each occurrence
 */
export async function queueRightsMail(
  ctx: Ctx,
  tx: Tx,
  about: {
    readonly requestId: string
    readonly number: string
    readonly kind: 'access' | 'erasure' | 'retention' | 'restriction' | 'preferences'
    readonly occurrence: string
    readonly locale: Locale
    readonly recipient: string
    readonly partyId: string | null
    readonly link: string
    readonly until: Date
  },
): Promise<void> {
  const { locale, number, link } = about
  const sender = parseSender(ctx.config.mailFrom)
  const until = intlOf(locale).formatDate(about.until, { dateStyle: 'long', timeZone: 'Europe/Paris' })
  const mail = composeRightsMail(locale, about.kind, { sender, link, number, until })
  const content = { subject: mail.subject, html: renderHtml(mail, locale, sender.name), body: renderText(mail) }
  await insertWrittenMessage(tx, {
    id: ctx.ids.next(),
    aboutId: about.requestId,
    template: `rights_${about.kind}`,
    occurrence: about.occurrence,
    locale,
    recipient: about.recipient,
    partyId: about.partyId,
    at: ctx.clock.now(),
    ...content,
  })
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
}
