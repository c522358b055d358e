import type { Role } from '@ecluse/contracts/permissions.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type StaffRow = {
  id: string
  email: string
  name: string
  role: Role
  active: boolean
  site_ids: string[] | null
  created_at: Date
  last_seen_at: Date | null
}

const columns = sql`a.id, a.email, a.name, s.role, s.active, s.created_at, s.last_seen_at,
  case when not s.every_site then
    array(select ss.site_id::text from access.staff_site ss where ss.account_id = a.id order by 1) end as site_ids`

export function staffById(db: Queryable, id: string): Promise<StaffRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from access.staff s join access.account a on a.id = s.account_id where a.id = ${id}`,
  )
}

/** Members of staff by name, found by a part of their name (accents do not count) or address. */
export function listStaff(
  db: Queryable,
  { q, after, limit }: { q: string | undefined; after: string[] | undefined; limit: number },
): Promise<StaffRow[]> {
  const pattern = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const found = q ? sql`and (unaccent(a.name) ilike unaccent(${pattern}) or a.email ilike ${pattern})` : empty
  const later = after ? sql`and (a.name, a.id) > (${after[0]}, ${after[1]}::uuid)` : empty
  return query(
    db,
    sql`select ${columns} from access.staff s join access.account a on a.id = s.account_id
        where true ${found} ${later} order by a.name, a.id limit ${limit}`,
  )
}

export async function insertStaff(
  tx: Tx,
  rows: readonly { id: string; role: Role; siteIds: readonly string[] | null }[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into access.staff (account_id, role, every_site, created_at)
        select g.id, g.role, g.every_site, ${now}
        from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.role)}::text[],
                    ${rows.map((r) => r.siteIds === null)}::boolean[]) as g (id, role, every_site)`,
  )
  await insertStaffSites(
    tx,
    rows.flatMap(({ id, siteIds }) => (siteIds ?? []).map((siteId) => ({ id, siteId }))),
  )
}

async function insertStaffSites(tx: Tx, rows: readonly { id: string; siteId: string }[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into access.staff_site (account_id, site_id)
        select * from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.siteId)}::uuid[]) on conflict do nothing`,
  )
}

export async function updateStaffRow(
  tx: Tx,
  id: string,
  { role, active, siteIds }: { role: Role; active: boolean; siteIds: readonly string[] | null },
): Promise<void> {
  await execute(
    tx,
    sql`update access.staff set role = ${role}, active = ${active}, every_site = ${siteIds === null} where account_id = ${id}`,
  )
  await execute(tx, sql`delete from access.staff_site where account_id = ${id}`)
  await insertStaffSites(
    tx,
    (siteIds ?? []).map((siteId) => ({ id, siteId })),
  )
}

export async function countActiveAdministrators(tx: Tx): Promise<number> {
  const row = await one<{ n: number }>(
    tx,
    sql`select count(*)::int as n from access.staff where role = 'administrator' and active`,
  )
  return row.n
}

/** Which of these sites exist. */
export async function knownSites(db: Queryable, siteIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(db, sql`select id from channels.site where id = any(${siteIds}::uuid[])`)
  return new Set(rows.map((row) => row.id))
}

/** Notes that someone is here, at most once a minute. */
export async function touchStaff(db: Queryable, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`update access.staff set last_seen_at = ${now}
        where account_id = ${id} and (last_seen_at is null or last_seen_at < ${now}::timestamptz - interval '1 minute')`,
  )
}
