import sql from 'sql-template-tag'
import { aggregatesOf, likeWord, type PersonalPart } from '../../../kernel/personal.ts'

/** What subscribers answered about what is theirs, and what was refused of a file that named them. */
export const personalOfInterchange: PersonalPart = {
  module: 'interchange',
  tables: [
    {
      table: 'interchange.webhook_delivery',
      read: (person) =>
        sql`select created_at, type, state, delivered_at, answer, error from interchange.webhook_delivery
            where aggregate_id = any(${aggregatesOf(person)}::uuid[]) order by created_at`,
      erase: (person) =>
        sql`update interchange.webhook_delivery set answer = null, error = null
            where aggregate_id = any(${aggregatesOf(person)}::uuid[]) and (answer is not null or error is not null)`,
    },
    {
      table: 'interchange.import_issue',
      read: ({ emails }) =>
        sql`select i.severity, i.key, i.field, i.code, i.details from interchange.import_issue i
            where lower(i.key) = any(${emails}::text[]) or lower(i.details::text) like any(${emails.map(likeWord)}::text[])
            order by i.import_id, i.position`,
      erase: ({ emails }) =>
        sql`delete from interchange.import_issue i
            where lower(i.key) = any(${emails}::text[]) or lower(i.details::text) like any(${emails.map(likeWord)}::text[])`,
    },
  ],
}
