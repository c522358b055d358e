import { notTheirs } from '@ecluse/contracts/interactions.ts'
import sql from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'

export type FiguresRow = {
  orders: number
  ordered_minor: bigint
  returned_minor: bigint
  first_at: Date | null
  last_at: Date | null
  seen_at: Date | null
  channels: { code: string; orders: number }[]
}

/** What everybody who is one customer bought over their life, from the log of interactions. */
export function figuresOf(db: Queryable, members: readonly string[]): Promise<FiguresRow> {
  return one(
    db,
    sql`with done as (
          select kind, at, subject_id, channel_code, value_minor from customers.interaction
          where party_id = any(${members}::uuid[]) and kind <> 'purchase'
        ), standing as (
          select o.* from done o where o.kind = 'order'
            and not exists (select 1 from done c where c.kind = 'cancellation' and c.subject_id = o.subject_id)
        )
        select (select count(*)::int from standing) as orders,
               (select coalesce(sum(value_minor), 0)::bigint from standing) as ordered_minor,
               (select coalesce(sum(value_minor), 0)::bigint from done where kind = 'return') as returned_minor,
               (select min(at) from standing) as first_at, (select max(at) from standing) as last_at,
               (select max(at) from done where kind <> all(${notTheirs}::text[])) as seen_at,
               (select coalesce(json_agg(c), '[]') from (select channel_code as code, count(*)::int as orders from standing
                  where channel_code is not null group by channel_code order by count(*) desc, channel_code limit 5) c) as channels`,
  )
}

/** The segments a customer is in, by name. */
export function segmentsOf(db: Queryable, customerId: string): Promise<{ id: string; name: string; since: Date }[]> {
  return query(
    db,
    sql`select s.id, s.name, m.since from engagement.segment_member m join engagement.segment s on s.id = m.segment_id
        where m.party_id = ${customerId} order by lower(s.name), s.id limit 100`,
  )
}
