import sql from 'sql-template-tag'
import type { PersonalPart } from '../../../kernel/personal.ts'

/** What they asked about their own data. What is done of an erasure at its end is done there. */
export const personalOfRights: PersonalPart = {
  module: 'rights',
  tables: [
    {
      table: 'rights.request',
      withheld: { identified_by: 'staff', closed_by: 'staff', fingerprint: 'copy' },
      read: ({ parties, emails }) =>
        sql`select received_at, number, kind, state, email, reason, extended_reason, answer, due_at, closed_at, party_id, account_id from rights.request
            where party_id = any(${parties}::uuid[]) or lower(email) = any(${emails}::text[]) order by received_at`,
    },
    {
      table: 'rights.legal_record',
      kept: { content: 'accounting' },
      withheld: { content: 'copy' },
    },
    {
      table: 'rights.erasure',
      withheld: { scope: 'copy' },
    },
  ],
}
