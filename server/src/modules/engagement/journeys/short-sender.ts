import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertText, type TextRow } from '../media/queries/texts.ts'
import { wordsFor } from './domain/contact-cost.ts'
import { linksThroughUs } from './follow-link.ts'
import type { ContactSender, OutgoingContact } from './send-contacts.ts'

type Said = Pick<TextRow, 'title' | 'text' | 'link'>

/** Carries contacts by handing them to the messages that leave by a medium, each once for its key; what they lead to is followed. */
function shortSender(medium: 'push' | 'social', say: (words: Said & { link: string | null }) => Said): ContactSender {
  return {
    takesKey: true,
    async send(ctx, outgoing) {
      const { party_id: partyId, locale, recipient: to, purpose, subject } = outgoing.contact
      const now = ctx.clock.now()
      const row = {
        id: ctx.ids.next(),
        partyId,
        medium,
        locale,
        to,
        ...say(wordsOf(ctx, outgoing)),
        purpose,
        topic: purpose === 'marketing' ? subject : null,
        occurrence: outgoing.key,
        parts: null,
        costMicro: null,
        notBefore: now,
      }
      await inTransaction(ctx.db, async (tx) => {
        await insertText(tx, row, now)
        await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
      })
    },
  }
}

function wordsOf(ctx: Ctx, { key, contact, candidate: { content } }: OutgoingContact): Said & { link: string | null } {
  const { party_id: partyId, locale } = contact
  return {
    title: wordsFor(content.title, locale),
    text: wordsFor(content.text, locale),
    link: content.link && linksThroughUs(ctx.config, partyId, key).link(content.link.url),
  }
}

/** Notifications: a title, a text, and where they lead. */
export const pushSender = shortSender('push', (words) => words)

/** Social messages: one text, with its link at its end. */
export const socialSender = shortSender('social', ({ text, link }) => ({
  text: link === null ? text : `${text}\n${link}`,
}))
