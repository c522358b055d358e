import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** A person who was not heard of: everybody who is one customer with them, and by what they may be told. */
export type QuietRow = {
  id: string
  members: string[]
  accounts: (string | null)[]
  email: string | null
  name: string
  locale: Locale
  /** When the last of them became known. */
  known_since: Date
  bought: boolean
}

/**
 * People of whom the log holds no act since a moment, in the order of their ids. Companies are firms, and who has no name is a device.
 * @param among only these; everybody when null
 */
export function quietParties(
  db: Queryable,
  asked: { before: Date; acts: readonly string[]; afterId: string | null; limit: number; among: string[] | null },
): Promise<QuietRow[]> {
  const { before, acts, afterId, limit, among } = asked
  return query(
    db,
    sql`select p.id, f.members, f.accounts, p.email, p.name, p.locale, f.known_since,
               exists (select from customers.interaction i where i.party_id = any(f.members) and i.kind = 'order') as bought
        from customers.party p cross join lateral (
          select array_agg(m.id order by m.id) as members, array_agg(m.account_id order by m.id) as accounts, max(m.created_at) as known_since
          from (select id, account_id, created_at from customers.party where id = p.id
                union all select id, account_id, created_at from customers.party where survivor_id = p.id) m) f
        where p.survivor_id is null and p.kind = 'person' and p.sort_name <> '' and f.known_since < ${before}
          ${afterId === null ? empty : sql`and p.id > ${afterId}`} ${among === null ? empty : sql`and p.id = any(${among}::uuid[])`}
          and not exists (select from customers.interaction i
            where i.party_id = any(f.members) and i.kind = any(${acts}::text[]) and i.at >= ${before})
        order by p.id limit ${limit}`,
  )
}
