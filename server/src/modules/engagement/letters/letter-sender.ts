import { inTransaction } from '../../../kernel/db.ts'
import { contentOf } from '../journeys/mail-sender.ts'
import type { ContactSender } from '../journeys/send-contacts.ts'
import { queueLetters, sourceOf, type LetterSource } from './queue-letters.ts'

/** Carries letters by handing them to the next batch, each once for its key: from a template, or from the words of the step. */
export const letterSender: ContactSender = {
  takesKey: true,
  async send(ctx, { key, contact, candidate, person }) {
    await inTransaction(ctx.db, async (tx) => {
      const source: LetterSource =
        candidate.templateId === null
          ? {
              purpose: contact.purpose,
              topic: contact.subject,
              subject: candidate.content.title,
              templateId: null,
              version: null,
              made: { content: contentOf(candidate.content), contactId: key },
            }
          : { ...(await sourceOf(tx, candidate.templateId)), made: { contactId: key } }
      await queueLetters(ctx, tx, { source, people: [person], occurrence: key })
    })
  },
}
