import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from './db.ts'

/** A fact about this installation, by name; undefined when it was never written. */
export async function readSetting<T>(db: Queryable, name: string): Promise<T | undefined> {
  return (await maybeOne<{ value: T }>(db, sql`select value from kernel.setting where name = ${name}`))?.value
}

/** Writes a fact about this installation. */
export async function writeSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await execute(
    tx,
    sql`insert into kernel.setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
        on conflict (name) do update set value = excluded.value`,
  )
}
