import sql from 'sql-template-tag'
import { query } from '../../../kernel/db.ts'
import type { LastAct, PersonalPart } from '../../../kernel/personal.ts'
import { holdsOf } from './retention.ts'

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
    {
      table: 'rights.retention_case',
      read: ({ parties }) =>
        sql`select updated_at, category, state, last_act_kind, last_act_on, announced_on, erase_on, kept_at, party_id
            from rights.retention_case where party_id = any(${parties}::uuid[])`,
      erase: ({ parties }) => sql`delete from rights.retention_case where party_id = any(${parties}::uuid[])`,
    },
    {
      table: 'rights.hold',
      withheld: { actor: 'staff', released_by: 'staff' },
      read: ({ parties }) =>
        sql`select since, reason, note, released_at, party_id from rights.hold where party_id = any(${parties}::uuid[]) order by since`,
      // Who is held is not erased: these are over.
      erase: ({ parties }) => sql`delete from rights.hold where party_id = any(${parties}::uuid[])`,
    },
  ],
  /** What they asked about their data, and that they said they stay. */
  lastActs(db, quiet) {
    const parties = quiet.map(({ partyId }) => partyId)
    return query<LastAct>(
      db,
      sql`select party_id as "partyId", 'answer' as kind, max(received_at) as at from rights.request
          where party_id = any(${parties}::uuid[]) and origin <> 'retention' and state <> 'to_confirm' group by party_id
          union all
          select party_id, 'answer', kept_at from rights.retention_case
          where party_id = any(${parties}::uuid[]) and kept_at is not null`,
    )
  },
  async obstacles(db, { parties }) {
    return (await holdsOf(db, parties)).length > 0 ? ['held_by_team'] : []
  },
}
