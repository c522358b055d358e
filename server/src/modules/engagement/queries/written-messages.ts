import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

export type WrittenMessage = {
  readonly id: string
  readonly aboutId: string
  readonly template: string
  readonly occurrence: string
  readonly locale: string
  readonly recipient: string
  readonly partyId: string | null
  readonly subject: string
  readonly html: string
  readonly body: string
  readonly at: Date
}

/** Writes down a message whose words are made already; one already written stays. */
export async function insertWrittenMessage(tx: Tx, message: WrittenMessage): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.message
          (order_id, id, medium, template, occurrence, locale, recipient, details, state, created_at, next_attempt_at, subject, html, body,
           party_id)
        values (${message.aboutId}, ${message.id}, 'email', ${message.template}, ${message.occurrence}, ${message.locale},
                ${message.recipient}, '{}', 'waiting', ${message.at}, ${message.at}, ${message.subject}, ${message.html},
                ${message.body}, ${message.partyId})
        on conflict (order_id, template, occurrence) do nothing`,
  )
}
