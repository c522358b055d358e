import sql from 'sql-template-tag'
import { execute, maybeOne, type Tx } from '../../../kernel/db.ts'

/** Locks a request: what is done of it is done once. */
export async function lockRequest(tx: Tx, id: string): Promise<boolean> {
  return (await execute(tx, sql`select id from rights.request where id = ${id} for update`)) === 1
}

/** The end of the chain of certificates, locked: certificates follow one another. */
export async function lockChain(tx: Tx): Promise<{ sequence: number; hash: Buffer } | undefined> {
  await execute(tx, sql`lock table rights.certificate in share row exclusive mode`)
  return maybeOne(tx, sql`select sequence, hash from rights.certificate order by sequence desc limit 1`)
}
