import { inTransaction } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertText } from '../media/queries/texts.ts'
import { readPrices, weighText } from '../media/weigh-text.ts'
import { textFor } from './domain/contact-cost.ts'
import type { ContactSender } from './send-contacts.ts'

/** Carries text messages by handing them to the messages that leave by the provider, each once for its key. */
export const textSender: ContactSender = {
  takesKey: true,
  async send(ctx, { key, contact, candidate }) {
    const text = textFor({ content: candidate.content, purpose: contact.purpose }, contact.locale)
    const { parts, costMicro } = weighText(text, contact.recipient, readPrices(ctx.config.smsPrices))
    const now = ctx.clock.now()
    await inTransaction(ctx.db, async (tx) => {
      const { party_id: partyId, locale, recipient: to, purpose, subject } = contact
      const topic = purpose === 'marketing' ? subject : null
      const row = {
        id: ctx.ids.next(),
        partyId,
        medium: 'sms' as const,
        locale,
        to,
        text,
        purpose,
        topic,
        occurrence: key,
      }
      await insertText(tx, { ...row, parts, costMicro, notBefore: now }, now)
      await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
    })
  },
}
