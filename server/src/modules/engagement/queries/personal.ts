import sql from 'sql-template-tag'
import { aggregatesOf, type Person, type PersonalPart } from '../../../kernel/personal.ts'
import { lastActs, personalCalls } from './personal-calls.ts'
import { personalJourneys } from './personal-journeys.ts'

/** Messages about what is theirs, or to a mailbox that is theirs alone. */
const theirs = (person: Person) =>
  sql`(m.order_id = any(${aggregatesOf(person)}::uuid[]) or m.party_id = any(${person.parties}::uuid[])
       or m.recipient = any(${person.emails}::text[]))`

/** What people were told, and the segments they are in. */
export const personalOfEngagement: PersonalPart = {
  module: 'engagement',
  tables: [
    {
      table: 'engagement.message',
      read: (person) =>
        sql`select m.created_at, m.medium, m.template, m.recipient, m.subject, m.body, m.html, m.link, m.details, m.locale, m.purpose, m.topic, m.state,
                   m.sent_at, m.delivery, m.fallback, m.parts, m.cost_micro, m.provider_ref, m.letter, m.batch_id, m.template_id, m.template_version, m.party_id
            from engagement.message m where ${theirs(person)} order by m.created_at, m.id`,
      erase: (person) => sql`delete from engagement.message m where ${theirs(person)}`,
    },
    {
      table: 'engagement.segment_member',
      read: ({ parties }) =>
        sql`select m.since, s.name, m.segment_id, m.party_id from engagement.segment_member m
            join engagement.segment s on s.id = m.segment_id where m.party_id = any(${parties}::uuid[]) order by m.since`,
      erase: ({ parties }) =>
        sql`with gone as (
              delete from engagement.segment_member where party_id = any(${parties}::uuid[]) returning segment_id
            ), fewer as (select segment_id, count(*)::int as n from gone group by segment_id)
            update engagement.segment s set member_count = s.member_count - f.n from fewer f where f.segment_id = s.id`,
    },
    {
      table: 'engagement.segment_change',
      read: ({ parties }) =>
        sql`select c.at, c.entered, s.name, c.segment_id, c.party_id from engagement.segment_change c
            join engagement.segment s on s.id = c.segment_id where c.party_id = any(${parties}::uuid[]) order by c.at`,
      erase: ({ parties }) => sql`delete from engagement.segment_change where party_id = any(${parties}::uuid[])`,
    },
    ...personalJourneys,
    ...personalCalls,
  ],
  lastActs,
}
