import type { Declaration, TraitKind } from '@ecluse/contracts/traits.ts'
import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/**
 * Writes what was computed of some customers, and takes away what is so no more; what did not change is not touched.
 * @param json rows of `customers.trait`
 * @returns whose traits changed
 */
export async function writeTraits(tx: Tx, partyIds: readonly string[], json: string): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    tx,
    sql`with now as (select * from json_populate_recordset(null::customers.trait, ${json}::json)),
        gone as (
          delete from customers.trait t where t.party_id = any(${partyIds}::uuid[]) and not exists (
            select from now n where (n.party_id, n.kind, n.key, n.value) = (t.party_id, t.kind, t.key, t.value))
          returning t.party_id),
        kept as (
          insert into customers.trait as t (party_id, kind, key, value, share, bought, returned, seen, declared, counts)
          select party_id, kind, key, value, share, bought, returned, seen, declared, counts from now
          on conflict (party_id, kind, key, value) do update set (share, bought, returned, seen, declared, counts)
              = (excluded.share, excluded.bought, excluded.returned, excluded.seen, excluded.declared, excluded.counts)
            where (t.share, t.bought, t.returned, t.seen, t.declared, t.counts) is distinct from
              (excluded.share, excluded.bought, excluded.returned, excluded.seen, excluded.declared, excluded.counts)
          returning t.party_id)
        select party_id from gone union select party_id from kept`,
  )
  return rows.map(({ party_id }) => party_id)
}

export type WhereaboutsRow = {
  party_id: string
  country: string | null
  postal_code: string | null
  locality: string | null
  usual_site_id: string | null
  usual_km: number | null
  nearest_site_id: string | null
  nearest_km: number | null
  known_by: 'postal_code' | 'department' | null
}

/** Writes where some customers live and buy; of those of whom nothing is known there is no row. Answers whose changed. */
export async function writeWhereabouts(
  tx: Tx,
  partyIds: readonly string[],
  rows: readonly WhereaboutsRow[],
): Promise<string[]> {
  const known = rows.filter((row) => row.usual_site_id !== null || row.postal_code !== null)
  const changed = await query<{ party_id: string }>(
    tx,
    sql`with now as (select * from json_populate_recordset(null::customers.location, ${asJson(known)}::json)),
        gone as (
          delete from customers.location w where w.party_id = any(${partyIds}::uuid[])
            and not exists (select from now n where n.party_id = w.party_id)
          returning w.party_id),
        kept as (
          insert into customers.location as w (party_id, country, postal_code, locality, usual_site_id, usual_km, nearest_site_id,
            nearest_km, known_by)
          select party_id, country, postal_code, locality, usual_site_id, usual_km, nearest_site_id, nearest_km, known_by from now
          on conflict (party_id) do update set (country, postal_code, locality, usual_site_id, usual_km, nearest_site_id, nearest_km, known_by)
              = (excluded.country, excluded.postal_code, excluded.locality, excluded.usual_site_id, excluded.usual_km,
                excluded.nearest_site_id, excluded.nearest_km, excluded.known_by)
            where (w.country, w.postal_code, w.locality, w.usual_site_id, w.usual_km, w.nearest_site_id, w.nearest_km, w.known_by)
              is distinct from (excluded.country, excluded.postal_code, excluded.locality, excluded.usual_site_id, excluded.usual_km,
                excluded.nearest_site_id, excluded.nearest_km, excluded.known_by)
          returning w.party_id)
        select party_id from gone union select party_id from kept`,
  )
  return changed.map(({ party_id }) => party_id)
}

export type TraitRow = {
  kind: TraitKind
  key: string
  value: string
  share: number | null
  bought: number
  returned: number
  seen: number
  declared: boolean
  counts: boolean
}

/** What is computed and said of a customer, or of whom they were merged into: what counts first, then by share. */
export function traitsOf(db: Queryable, partyId: string): Promise<TraitRow[]> {
  return query(
    db,
    sql`select kind, key, value, share, bought, returned, seen, declared, counts from customers.trait
        where party_id = (select coalesce(survivor_id, id) from customers.party where id = ${partyId})
        order by kind, counts desc, share desc nulls last, key, value`,
  )
}

export function whereaboutsOf(db: Queryable, partyId: string): Promise<WhereaboutsRow | undefined> {
  return maybeOne(
    db,
    sql`select party_id, country, postal_code, locality, usual_site_id, usual_km, nearest_site_id, nearest_km, known_by from customers.location
        where party_id = (select coalesce(survivor_id, id) from customers.party where id = ${partyId})`,
  )
}

/** What people who are one customer said last of themselves. */
export function lastDeclaration(
  db: Queryable,
  memberIds: readonly string[],
): Promise<{ said: Declaration; at: Date } | undefined> {
  return maybeOne(
    db,
    sql`select said, at from customers.declaration where party_id = any(${memberIds}::uuid[]) order by at desc, id desc limit 1`,
  )
}

export async function insertDeclaration(
  tx: Tx,
  row: { party_id: string; id: string; said: Declaration; source: string; actor: string | null; at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.declaration (party_id, id, said, source, actor, at)
        values (${row.party_id}, ${row.id}, ${JSON.stringify(row.said)}::jsonb, ${row.source}, ${row.actor}, ${row.at})`,
  )
}
