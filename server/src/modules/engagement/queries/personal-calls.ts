import sql from 'sql-template-tag'
import type { Person, PersonalTable } from '../../../kernel/personal.ts'

const answersOf = ({ parties, emails }: Person) =>
  sql`(a.party_id = any(${parties}::uuid[]) or lower(a.sender) = any(${emails}::text[]))`

/** What people answered, when they were called, and by what they wish to be told. */
export const personalCalls: readonly PersonalTable[] = [
  {
    table: 'engagement.answer',
    read: (person) =>
      sql`select a.received_at, a.medium, a.sender, a.subject, a.body, a.wish, a.external_id, a.message_id, a.party_id
          from engagement.answer a where ${answersOf(person)} order by a.received_at`,
    erase: (person) => sql`delete from engagement.answer a where ${answersOf(person)}`,
  },
  {
    table: 'engagement.call',
    withheld: { claimed_by: 'staff', created_by: 'staff' },
    read: ({ parties }) =>
      sql`select created_at, asked, purpose, about, script, state, not_before, claimed_until, closed_at, outcome, segment_id, party_id
          from engagement.call where party_id = any(${parties}::uuid[]) order by created_at`,
    erase: ({ parties }) => sql`delete from engagement.call where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.call_attempt',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, outcome, note, call_id, party_id from engagement.call_attempt where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from engagement.call_attempt where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.service_wish',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, medium, party_id from engagement.service_wish where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from engagement.service_wish where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.dead_address',
    withheld: { lifted_by: 'staff' },
    read: ({ emails }) =>
      sql`select since, address, reason, message_id from engagement.dead_address where address = any(${emails}::text[]) order by since`,
    erase: ({ emails }) => sql`delete from engagement.dead_address where address = any(${emails}::text[])`,
  },
]
