import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { Person } from '../../../kernel/personal.ts'

export type ArchiveRow = {
  request_id: string
  bytes: bigint
  sha256: string
  made_at: Date
  expires_at: Date
  downloads: number
  first_downloaded_at: Date | null
  removed_at: Date | null
}

export async function writeArchiveRow(
  tx: Tx,
  row: Pick<ArchiveRow, 'request_id' | 'sha256' | 'made_at' | 'expires_at'> & { bytes: number },
): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.archive (request_id, bytes, sha256, made_at, expires_at)
        values (${row.request_id}, ${row.bytes}, ${row.sha256}, ${row.made_at}, ${row.expires_at})
        on conflict (request_id) do update set bytes = excluded.bytes, sha256 = excluded.sha256, made_at = excluded.made_at,
          expires_at = excluded.expires_at, removed_at = null`,
  )
}

export function archiveOf(db: Queryable, requestId: string): Promise<ArchiveRow | undefined> {
  return maybeOne(
    db,
    sql`select request_id, bytes, sha256, made_at, expires_at, downloads, first_downloaded_at, removed_at
        from rights.archive where request_id = ${requestId}`,
  )
}

/** Notes that an archive was handed over: how often, and when first. */
export async function noteDownload(db: Queryable, requestId: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`update rights.archive set downloads = downloads + 1, first_downloaded_at = coalesce(first_downloaded_at, ${now})
        where request_id = ${requestId}`,
  )
}

/** Archives that are over. */
export async function archivesOver(db: Queryable, now: Date): Promise<string[]> {
  const rows = await query<{ request_id: string }>(
    db,
    sql`select request_id from rights.archive where removed_at is null and expires_at <= ${now} limit 1000`,
  )
  return rows.map((row) => row.request_id)
}

/** Archives that were made of somebody. */
export async function archivesOfPerson(db: Queryable, { parties, accounts, emails }: Person): Promise<string[]> {
  const rows = await query<{ request_id: string }>(
    db,
    sql`select a.request_id from rights.archive a join rights.request r on r.id = a.request_id
        where a.removed_at is null and (r.party_id = any(${parties}::uuid[]) or r.account_id = any(${accounts}::text[])
          or r.email = any(${emails}::text[]))`,
  )
  return rows.map((row) => row.request_id)
}

export async function markRemoved(db: Queryable, requestId: string, now: Date): Promise<void> {
  await execute(db, sql`update rights.archive set removed_at = ${now} where request_id = ${requestId}`)
}
