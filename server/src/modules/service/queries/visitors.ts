import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Who has an appointment, as they said it. */
export type Visitor = {
  id: string
  name: string
  email: string | null
  phone: string | null
  locale: Locale
  at: Date
}

/** Who has these appointments. */
export function visitorsOf(db: Queryable, ids: readonly string[]): Promise<Visitor[]> {
  return query(
    db,
    sql`select id, contact_name as name, contact_email as email, contact_phone as phone, locale, created_at as at
        from service.appointment where id = any(${ids}::uuid[])`,
  )
}

/** Notes whose appointments these are, by their ids. */
export async function updateAppointmentParties(tx: Tx, parties: ReadonlyMap<string, string>): Promise<void> {
  await execute(
    tx,
    sql`update service.appointment a set party_id = g.party_id
        from unnest(${[...parties.keys()]}::uuid[], ${[...parties.values()]}::uuid[]) as g (id, party_id)
        where a.id = g.id and a.party_id is distinct from g.party_id`,
  )
}
