import sql from 'sql-template-tag'
import { query } from '../../../kernel/db.ts'
import type { PersonalPart } from '../../../kernel/personal.ts'

/** Accounts of customers: who works here keeps theirs. */
export const personalOfAccess: PersonalPart = {
  module: 'access',
  tables: [
    {
      table: 'access.session',
      withheld: { token: 'secret' },
      read: ({ accounts }) =>
        sql`select created_at, expires_at, account_id from access.session where account_id::text = any(${accounts}::text[]) order by created_at`,
      erase: ({ accounts }) =>
        sql`delete from access.session s where s.account_id::text = any(${accounts}::text[])
            and not exists (select from access.staff t where t.account_id = s.account_id)`,
    },
    {
      table: 'access.credential',
      withheld: { password_hash: 'secret' },
      read: ({ accounts }) =>
        sql`select created_at, provider, provider_account_id, account_id from access.credential
            where account_id::text = any(${accounts}::text[]) order by created_at`,
      erase: ({ accounts }) =>
        sql`delete from access.credential c where c.account_id::text = any(${accounts}::text[])
            and not exists (select from access.staff t where t.account_id = c.account_id)`,
    },
    {
      table: 'access.account',
      read: ({ accounts }) =>
        sql`select created_at, id, email, name, image, locale from access.account where id::text = any(${accounts}::text[]) order by id`,
      erase: ({ accounts }) =>
        sql`delete from access.account a where a.id::text = any(${accounts}::text[])
            and not exists (select from access.staff t where t.account_id = a.id)`,
    },
  ],
  async locate(db, { accounts, mailboxes }) {
    const rows = await query<{ id: string; email: string; name: string }>(
      db,
      sql`select id, email, name from access.account
          where id::text = any(${accounts}::text[]) or email = any(${mailboxes}::text[])`,
    )
    return {
      accounts: rows.map(({ id }) => id),
      emails: rows.map(({ email }) => email),
      names: rows.map(({ name }) => name),
    }
  },
  async lastActs(db, quiet) {
    const accounts = quiet.map(({ accountId }) => accountId)
    const rows = await query<{ account_id: string; at: Date }>(
      db,
      sql`select account_id::text as account_id, max(coalesce(updated_at, created_at)) as at from access.session
          where account_id::text = any(${accounts}::text[]) group by account_id`,
    )
    const last = new Map(rows.map((row) => [row.account_id, row.at]))
    return quiet.flatMap(({ partyId, accountId }) => {
      const at = last.get(accountId ?? '')
      return at ? [{ partyId, kind: 'visit_signed_in', at }] : []
    })
  },
  async obstacles(db, { accounts }) {
    const staff = await query(
      db,
      sql`select account_id from access.staff where account_id::text = any(${accounts}::text[])`,
    )
    return staff.length > 0 ? ['staff_account'] : []
  },
}
