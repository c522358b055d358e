import type { Role } from '@ecluse/contracts/permissions.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type AccountRow = {
  id: string
  email: string
  name: string
  locale: Locale
  role: Role | null
  active: boolean | null
  site_ids: string[] | null
}

/** An account with what it may do as staff; `role` is null for customers, `site_ids` for who works everywhere. */
export function accountById(db: Queryable, id: string): Promise<AccountRow | undefined> {
  return maybeOne(
    db,
    sql`select a.id, a.email, a.name, a.locale, s.role, s.active,
               case when s.every_site is false then
                 array(select ss.site_id::text from access.staff_site ss where ss.account_id = a.id order by 1) end as site_ids
        from access.account a left join access.staff s on s.account_id = a.id where a.id = ${id}`,
  )
}

/** Whether an address has an account. */
export async function emailHasAccount(db: Queryable, email: string): Promise<boolean> {
  return (await maybeOne(db, sql`select 1 from access.account where email = ${email.toLowerCase()}`)) !== undefined
}

export type NewAccountRow = {
  id: string
  credentialId: string
  email: string
  name: string
  locale: Locale
  passwordHash: string
}

/** Inserts accounts with their passwords; returns the addresses that were free. */
export async function insertAccounts(tx: Tx, rows: readonly NewAccountRow[], now: Date): Promise<Set<string>> {
  const inserted = await query<{ email: string }>(
    tx,
    sql`with given as (
          select * from unnest(
            ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.credentialId)}::uuid[], ${rows.map((r) => r.email)}::text[],
            ${rows.map((r) => r.name)}::text[], ${rows.map((r) => r.locale)}::text[], ${rows.map((r) => r.passwordHash)}::text[]
          ) as g (id, credential_id, email, name, locale, password_hash)
        ), made as (
          insert into access.account (id, email, name, locale, created_at, updated_at)
          select id, email, name, locale, ${now}, ${now} from given on conflict (email) do nothing returning id, email
        ), secured as (
          insert into access.credential (id, account_id, provider, provider_account_id, password_hash, created_at, updated_at)
          select g.credential_id, g.id, 'credential', g.id::text, g.password_hash, ${now}, ${now} from given g join made using (id)
        )
        select email from made`,
  )
  return new Set(inserted.map((row) => row.email))
}

export async function renameAccount(tx: Tx, id: string, name: string, now: Date): Promise<void> {
  await execute(tx, sql`update access.account set name = ${name}, updated_at = ${now} where id = ${id}`)
}

export async function replacePassword(tx: Tx, accountId: string, passwordHash: string, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update access.credential set password_hash = ${passwordHash}, updated_at = ${now}
        where account_id = ${accountId} and provider = 'credential'`,
  )
}

export async function deleteSessionsOf(tx: Queryable, accountId: string): Promise<void> {
  await execute(tx, sql`delete from access.session where account_id = ${accountId}`)
}

export async function deleteSessionByToken(db: Queryable, token: string): Promise<void> {
  await execute(db, sql`delete from access.session where token = ${token}`)
}

export async function deleteExpiredSessions(tx: Queryable, now: Date): Promise<void> {
  await execute(tx, sql`delete from access.session where expires_at < ${now}`)
}
