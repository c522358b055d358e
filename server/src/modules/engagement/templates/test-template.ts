import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { text } from '../../../kernel/messages.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import type { MailDesk } from './mail-desk.ts'
import { makeMail, samplesOf } from './make-mail.ts'
import { insertTestMessage, templateById } from './queries/templates.ts'

/**
 * Sends a template as it is being written to whoever writes it.
 * @throws engagement.template_not_found; engagement.no_own_address for a key, which has no mailbox
 */
export async function testTemplate(
  ctx: Ctx,
  tx: Tx,
  desk: MailDesk,
  { templateId, locale }: { templateId: string; locale: Locale },
): Promise<{ messageId: string; to: string }> {
  const row = await templateById(tx, templateId)
  if (row === undefined) throw refuse('engagement.template_not_found')
  if (ctx.actor.kind !== 'staff') throw refuse('engagement.no_own_address')
  const { email: to } = ctx.actor
  const { content, purpose } = row
  const made = await makeMail(ctx, tx, desk, {
    purpose,
    content,
    locale,
    values: samplesOf({ content, locale }),
    token: null,
  })
  const id = ctx.ids.next()
  const subject = text(locale, 'mail.own.test_subject', { subject: made.subject })
  await insertTestMessage(tx, { ...made, id, templateId, locale, to, subject, now: ctx.clock.now() })
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  return { messageId: id, to }
}
