import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { maybeOne, type Queryable } from '../../../kernel/db.ts'

/** How somebody is called in a message: a company has no first name, and whoever gave only an address has none either. */
export async function nameOfParty(db: Queryable, partyId: string): Promise<{ name: string; first_name: string }> {
  const row = await maybeOne<{ name: string; kind: string }>(
    db,
    sql`select p.name, p.kind from customers.party a join customers.party p on p.id = coalesce(a.survivor_id, a.id)
        where a.id = ${partyId}`,
  )
  return nameOf(row ?? { name: '', kind: 'person' })
}

/** The same, of somebody whose name is known. */
export function nameOf({ name: given, kind }: { name: string; kind: string }): { name: string; first_name: string } {
  const name = given.trim()
  return { name, first_name: kind === 'person' ? (name.split(/\s+/)[0] ?? '') : '' }
}

/** What the gate asks beside the consents: where somebody lives, and when they were last written to for a purpose. */
export async function contactFacts(
  db: Queryable,
  partyId: string,
  purpose: Purpose,
): Promise<{ address: PostalAddress | null; last_at: Date | null }> {
  const row = await maybeOne<{ address: PostalAddress | null; last_at: Date | null }>(
    db,
    sql`with whole as (
          select m.id, m.survivor_id from customers.party a
          join customers.party m on coalesce(m.survivor_id, m.id) = coalesce(a.survivor_id, a.id)
          where a.id = ${partyId}
        )
        select p.address, (select max(coalesce(e.sent_at, e.created_at)) from engagement.message e
            where e.party_id in (select id from whole) and e.purpose = ${purpose} and e.state in ('sent', 'local')) as last_at
        from customers.party p where p.id = (select id from whole where survivor_id is null)`,
  )
  return row ?? { address: null, last_at: null }
}
