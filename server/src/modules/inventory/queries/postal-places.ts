import sql from 'sql-template-tag'
import { asJson, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PostalPlaceRow = { country: string; postal_code: string; latitude: number; longitude: number }

export function selectPostalPlaces(
  db: Queryable,
  codes: readonly { readonly code: string; readonly country: string }[],
): Promise<PostalPlaceRow[]> {
  return query(
    db,
    sql`select p.country, p.postal_code, p.latitude, p.longitude from inventory.postal_place p
        where (p.country, p.postal_code) in (select distinct g.country, g.code
          from unnest(${codes.map(({ country }) => country)}::text[], ${codes.map(({ code }) => code)}::text[]) as g (country, code))`,
  )
}

/** Writes where postal codes lie; of a code that is there twice the last counts. Answers how many are new, and how many moved. */
export async function upsertPostalPlaces(
  tx: Tx,
  rows: readonly PostalPlaceRow[],
): Promise<{ created: number; updated: number }> {
  const last = new Map(rows.map((row) => [`${row.country} ${row.postal_code}`, row]))
  const written = await query<{ added: boolean }>(
    tx,
    sql`insert into inventory.postal_place as p (country, postal_code, latitude, longitude)
        select country, postal_code, latitude, longitude
        from json_populate_recordset(null::inventory.postal_place, ${asJson([...last.values()])}::json)
        on conflict (country, postal_code) do update set latitude = excluded.latitude, longitude = excluded.longitude
          where (p.latitude, p.longitude) is distinct from (excluded.latitude, excluded.longitude)
        returning (xmax = 0) as added`,
  )
  const created = written.filter(({ added }) => added).length
  return { created, updated: written.length - created }
}
