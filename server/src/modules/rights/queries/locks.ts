import sql from 'sql-template-tag'
import { execute, maybeOne, type Tx } from '../../../kernel/db.ts'
import type { RunRow } from './retention.ts'

/** Locks a request: what is done of it is done once. */
export async function lockRequest(tx: Tx, id: string): Promise<boolean> {
  return (await execute(tx, sql`select id from rights.request where id = ${id} for update`)) === 1
}

/** The end of the chain of certificates, locked: certificates follow one another. */
export async function lockChain(tx: Tx): Promise<{ sequence: number; hash: Buffer } | undefined> {
  await execute(tx, sql`lock table rights.certificate in share row exclusive mode`)
  return maybeOne(tx, sql`select sequence, hash from rights.certificate order by sequence desc limit 1`)
}

/** The run that is not over, locked: one works on it at a time. */
export function lockOpenRun(tx: Tx): Promise<RunRow | undefined> {
  return maybeOne(
    tx,
    sql`select id, live, version, last_party_id, counts, started_at, done_at from rights.retention_run
        where done_at is null for update`,
  )
}

/** Keeps two who begin a run, or change the rule, one after the other. */
export async function lockRules(tx: Tx): Promise<void> {
  await execute(tx, sql`lock table rights.retention_rule in share row exclusive mode`)
}

/** A case, locked: whoever says they stay is not erased meanwhile. */
export async function lockCase(tx: Tx, id: string): Promise<boolean> {
  return (await execute(tx, sql`select id from rights.retention_case where id = ${id} for update`)) === 1
}
