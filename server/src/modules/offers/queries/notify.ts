import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

/** The channel of PostgreSQL on which processes tell each other what to read again. */
export const changesChannel = 'offers_changed'

/** Tells every process, when the transaction commits. Each text is at most 8,000 bytes. */
export async function notifyChanges(tx: Tx, payloads: readonly string[]): Promise<void> {
  await execute(tx, sql`select pg_notify(${changesChannel}, payload) from unnest(${payloads}::text[]) as p (payload)`)
}
