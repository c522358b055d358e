import type { RegisterContent } from '@ecluse/contracts/register.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from '../../../kernel/db.ts'

export type RegisterRow = { version: number; content: RegisterContent; since: Date; actor: string | null }

/** What the firm says of its processing now; undefined while it said nothing. */
export function currentRegister(db: Queryable): Promise<RegisterRow | undefined> {
  return maybeOne(db, sql`select version, content, since, actor from rights.register order by version desc limit 1`)
}

export async function insertRegister(tx: Tx, row: RegisterRow): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.register (version, content, since, actor)
        values (${row.version}, ${JSON.stringify(row.content)}::jsonb, ${row.since}, ${row.actor})`,
  )
}
