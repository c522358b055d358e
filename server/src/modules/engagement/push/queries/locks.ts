import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../../kernel/db.ts'

/** Two people who use one browser at once give it to one of them. */
export async function lockDevice(tx: Tx, device: string): Promise<void> {
  await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`push ${device}`}, 0))`)
}
