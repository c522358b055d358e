import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Who was made a quote or reserved articles, as they said it. */
export type Asker = {
  id: string
  kind: 'quote' | 'reservation'
  name: string
  email: string | null
  phone: string | null
  account_id: string | null
  locale: Locale
  channel_code: string
  total_minor: bigint | null
  /** When they said it. */
  at: Date
}

/** Who asked, of quotes and reservations by their ids; whose contact was forgotten is left out. */
export function askersOf(db: Queryable, ids: readonly string[]): Promise<Asker[]> {
  return query(
    db,
    sql`select q.id, 'quote' as kind, q.contact_name as name, q.contact_email as email, q.contact_phone as phone,
               null as account_id, q.locale, ch.code as channel_code, q.total_minor,
               (select v.created_at from orders.quote_revision v where v.quote_id = q.id and v.revision = q.revision) as at
        from orders.quote q join channels.channel ch on ch.id = q.channel_id where q.id = any(${ids}::uuid[])
        union all
        select r.id, 'reservation', r.contact_name, r.contact_email, r.contact_phone, c.account_id, r.locale, ch.code, null,
               r.created_at
        from orders.reservation r join orders.cart c on c.id = r.id join channels.channel ch on ch.id = r.channel_id
        where r.id = any(${ids}::uuid[])`,
  )
}

/** Notes whose quotes and reservations these are, by their ids. */
export async function updateAskers(tx: Tx, parties: ReadonlyMap<string, string>): Promise<void> {
  const ids = [...parties.keys()]
  const partyIds = [...parties.values()]
  await execute(
    tx,
    sql`with given as (
          select g.id, g.party_id from unnest(${ids}::uuid[], ${partyIds}::uuid[]) as g (id, party_id)
        ), quoted as (
          update orders.quote q set party_id = g.party_id from given g where q.id = g.id and q.party_id is distinct from g.party_id
        )
        update orders.reservation r set party_id = g.party_id from given g
        where r.id = g.id and r.party_id is distinct from g.party_id`,
  )
}
