import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { LastAct, Person, PersonalTable, Quiet } from '../../../kernel/personal.ts'

const answersOf = ({ parties, emails }: Person) =>
  sql`(a.party_id = any(${parties}::uuid[]) or lower(a.sender) = any(${emails}::text[]))`

const deadOf = ({ parties, emails }: Person) =>
  sql`(address = any(${emails}::text[]) or party_id = any(${parties}::uuid[]))`

/** What people answered, when they were called, by what they wish to be told, and which browsers of theirs are notified. */
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
      sql`select created_at, asked, purpose, about, script, state, not_before, claimed_until, closed_at, outcome, request, segment_id, party_id
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
    table: 'engagement.sales_visit',
    withheld: { created_by: 'staff', closed_by: 'staff' },
    coded: ['outcome'],
    read: ({ parties }) =>
      sql`select created_at, about, questions, visit_on, state, asked, closed_at, outcome, note, party_id from engagement.sales_visit
          where party_id = any(${parties}::uuid[]) order by created_at`,
    erase: ({ parties }) => sql`delete from engagement.sales_visit where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.service_wish',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, medium, party_id from engagement.service_wish where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from engagement.service_wish where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.push_device',
    withheld: { p256dh: 'secret', auth: 'secret' },
    read: ({ parties }) =>
      sql`select since, service, endpoint, device, locale, party_id from engagement.push_device
          where party_id = any(${parties}::uuid[]) order by since, device`,
    erase: ({ parties }) => sql`delete from engagement.push_device where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'engagement.dead_address',
    withheld: { lifted_by: 'staff' },
    read: (person) =>
      sql`select since, address, reason, message_id, party_id from engagement.dead_address where ${deadOf(person)} order by since`,
    erase: (person) => sql`delete from engagement.dead_address where ${deadOf(person)}`,
  },
]

/** When they last clicked, answered, asked to be called, or were reached. An open is none, nor what a machine did. */
export function lastActs(db: Queryable, quiet: readonly Quiet[]): Promise<LastAct[]> {
  const parties = quiet.map(({ partyId }) => partyId)
  return query<LastAct>(
    db,
    sql`select party_id as "partyId", 'click' as kind, max(clicked_at) as at from engagement.contact
        where party_id = any(${parties}::uuid[]) and clicked_at is not null group by party_id
        union all
        select party_id, 'answer', max(answered_at) from engagement.contact
        where party_id = any(${parties}::uuid[]) and answered_at is not null group by party_id
        union all
        select party_id, 'answer', max(received_at) from engagement.answer where party_id = any(${parties}::uuid[]) group by party_id
        union all
        select party_id, 'call_answered', max(at) from engagement.call_attempt
        where party_id = any(${parties}::uuid[]) and outcome in ('reached', 'call_back', 'appointment', 'refused') group by party_id
        union all
        select party_id, 'answer', max(created_at) from engagement.call
        where party_id = any(${parties}::uuid[]) and asked group by party_id`,
  )
}
