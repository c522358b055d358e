import sql from 'sql-template-tag'
import { execute, query, type Tx } from '../../../kernel/db.ts'

export type IdentificationRow = {
  partyId: string
  id: string
  kind: 'account' | 'email' | 'phone' | 'reference' | 'name' | 'locale' | 'address'
  value: string
  source: string
  at: Date
}

/**
 * Records what is new: an identification that says what the latest one before it said already is left out, so that
 * telling the same thing again changes nothing. Answers the parties of which something new was recorded.
 */
export async function recordIdentifications(tx: Tx, rows: readonly IdentificationRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const recorded = await query<{ party_id: string }>(
    tx,
    sql`insert into customers.identification (party_id, id, kind, value, source, recorded_at)
        select g.party_id, g.id, g.kind, g.value, g.source, g.at
        from unnest(${rows.map((r) => r.partyId)}::uuid[], ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.kind)}::text[],
                    ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.source)}::text[],
                    ${rows.map((r) => r.at)}::timestamptz[]) as g (party_id, id, kind, value, source, at)
        where g.value is distinct from (
          select i.value from customers.identification i
          where i.party_id = g.party_id and i.kind = g.kind and i.recorded_at <= g.at
          order by i.recorded_at desc, i.id desc limit 1)
        returning party_id`,
  )
  return new Set(recorded.map((row) => row.party_id))
}

/** Computes profiles again from what was recorded; also locks their rows for the rest of the transaction. */
export async function projectParties(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`with latest as (
          select distinct on (party_id, kind) party_id, kind, value from customers.identification
          where party_id = any(${ids}::uuid[]) order by party_id, kind, recorded_at desc, id desc
        ), profile as (
          select party_id,
                 max(value) filter (where kind = 'name') as name,
                 max(value) filter (where kind = 'email') as email,
                 max(value) filter (where kind = 'phone') as phone,
                 max(value) filter (where kind = 'address') as address,
                 max(value) filter (where kind = 'locale') as locale,
                 max(value) filter (where kind = 'account') as account_id,
                 max(value) filter (where kind = 'reference') as reference
          from latest group by party_id
        )
        update customers.party p set
          name = coalesce(f.name, p.name), email = f.email, phone = f.phone, address = f.address::jsonb,
          locale = coalesce(f.locale, p.locale), account_id = f.account_id, reference = f.reference,
          sort_name = left(lower(unaccent(coalesce(f.name, p.name))), 200),
          search = concat_ws(' ', lower(unaccent(coalesce(f.name, p.name))), f.email, f.phone, f.reference),
          updated_at = ${now}
        from profile f where p.id = f.party_id`,
  )
}
