import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../../kernel/db.ts'

/** Writes a message made from the words of a journey, to leave by the mail server: once for its occurrence. */
export async function insertJourneyMessage(
  tx: Tx,
  row: {
    id: string
    party_id: string
    occurrence: string
    locale: string
    recipient: string
    purpose: string
    topic: string
    subject: string
    html: string
    text: string
  },
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, subject, html, body, state,
          created_at, next_attempt_at, purpose, party_id, topic)
        values (${row.party_id}, ${row.id}, 'email', 'journey', ${row.occurrence}, ${row.locale}, ${row.recipient}, '{}', ${row.subject},
                ${row.html}, ${row.text}, 'waiting', ${now}, ${now}, ${row.purpose}, ${row.party_id}, ${row.topic})
        on conflict (order_id, template, occurrence) do nothing`,
  )
}
