import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { hashPassword } from './passwords.ts'
import { insertAccounts } from './queries/accounts.ts'

export type NewAccount = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly locale: Locale
}

/**
 * Opens accounts, all or none, without signing anyone in; answers their ids in the same order.
 * @throws access.email_taken
 */
export async function createAccounts(ctx: Ctx, tx: Tx, accounts: readonly NewAccount[]): Promise<string[]> {
  const hashes = await Promise.all(accounts.map(({ password }) => hashPassword(password)))
  const rows = accounts.map(({ email, name, locale }, index) => {
    const passwordHash = hashes[index]
    assert(passwordHash, 'each password was hashed')
    return { id: ctx.ids.next(), credentialId: ctx.ids.next(), email: email.toLowerCase(), name, locale, passwordHash }
  })
  const made = await insertAccounts(tx, rows, ctx.clock.now())
  if (made.size < rows.length) throw refuse('access.email_taken')
  return rows.map(({ id }) => id)
}
