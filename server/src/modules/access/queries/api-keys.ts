import type { Permission } from '@ecluse/contracts/permissions.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  scopes: Permission[]
  company_id: string | null
  partner_id: string | null
  created_at: Date
  created_by: string
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}

const columns = sql`id, name, prefix, scopes, company_id, partner_id, created_at, created_by, last_used_at, expires_at, revoked_at`

export function apiKeyByHash(db: Queryable, secretHash: Buffer): Promise<ApiKeyRow | undefined> {
  return maybeOne(db, sql`select ${columns} from access.api_key where secret_hash = ${secretHash}`)
}

export function listApiKeys(db: Queryable): Promise<ApiKeyRow[]> {
  return query(db, sql`select ${columns} from access.api_key order by id desc`)
}

export type NewApiKeyRow = Pick<
  ApiKeyRow,
  'id' | 'name' | 'prefix' | 'scopes' | 'company_id' | 'partner_id' | 'created_by' | 'expires_at'
> & {
  secretHash: Buffer
}

export function insertApiKey(tx: Tx, row: NewApiKeyRow, now: Date): Promise<ApiKeyRow> {
  return one(
    tx,
    sql`insert into access.api_key (id, name, prefix, secret_hash, scopes, company_id, partner_id, created_at, created_by, expires_at)
        values (${row.id}, ${row.name}, ${row.prefix}, ${row.secretHash}, ${row.scopes}, ${row.company_id}, ${row.partner_id}, ${now}, ${row.created_by},
                ${row.expires_at})
        returning ${columns}`,
  )
}

/** Revoking again changes nothing: the first instant stays. */
export function revokeApiKeyRow(tx: Tx, id: string, now: Date): Promise<ApiKeyRow | undefined> {
  return maybeOne(
    tx,
    sql`update access.api_key set revoked_at = coalesce(revoked_at, ${now}) where id = ${id} returning ${columns}`,
  )
}

/** Notes that a key was used, at most once a minute. */
export async function touchApiKey(db: Queryable, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`update access.api_key set last_used_at = ${now}
        where id = ${id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`,
  )
}
