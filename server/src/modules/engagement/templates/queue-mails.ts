import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertOwnMessages, type QueuedMail, type WantedMail } from './queries/templates.ts'

/** A message somebody is to get from a template. */
export type MailWish = {
  readonly partyId: string
  readonly templateId: string
  /** Unless said, the version that is published now. */
  readonly version?: number
  /** What it is sent for; the same customer gets one message for it, however often it is asked. */
  readonly occurrence: string
  /** The values of the template's variables; name and first name are filled in by themselves. */
  readonly values?: Readonly<Record<string, string>>
  /** Not before; the gate of consents is asked when it leaves, and may make it wait longer. */
  readonly notBefore?: Date
}

/**
 * Writes messages from templates, in the caller's transaction, to leave by the mail server: each once for its occurrence. Whether it
 * may be sent is asked as it leaves. Answers for each what became of it: its message, or that it has no address or no version.
 */
export async function queueMails(ctx: Ctx, tx: Tx, wishes: readonly MailWish[]): Promise<QueuedMail[]> {
  if (wishes.length === 0) return []
  const wanted = wishes.map((wish): WantedMail => ({
    id: ctx.ids.next(),
    partyId: wish.partyId,
    templateId: wish.templateId,
    version: wish.version ?? null,
    occurrence: wish.occurrence,
    values: wish.values ?? {},
    notBefore: wish.notBefore ?? null,
  }))
  const queued = await insertOwnMessages(tx, wanted, ctx.clock.now())
  if (queued.some(({ message_id }) => message_id !== null))
    await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  return queued
}
