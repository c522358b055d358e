import { inTransaction } from '../../../kernel/db.ts'
import { wordsFor } from '../journeys/domain/contact-cost.ts'
import type { ContactSender } from '../journeys/send-contacts.ts'
import { insertCalls } from './queries/calls.ts'

/**
 * Puts people on the call list, each once for its key: the title is what it is about, the text what to say. Whoever takes the call passes
 * the gate again. Its outcome is told to the journey (`work-calls.ts`).
 */
export const callSender: ContactSender = {
  takesKey: true,
  async send(ctx, { key, contact, candidate: { content } }) {
    const now = ctx.clock.now()
    const call = {
      party_id: contact.party_id,
      id: key,
      asked: false,
      purpose: contact.purpose,
      about: wordsFor(content.title, contact.locale).slice(0, 200),
      script: wordsFor(content.text, contact.locale).slice(0, 3_000),
      segment_id: null,
      not_before: now,
      created_by: null,
    }
    await inTransaction(ctx.db, (tx) => insertCalls(tx, [call], now))
  },
}
