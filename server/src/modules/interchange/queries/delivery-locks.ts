import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

const lockKey = 7_301_002

/** Those who take deliveries to send do it one after the other, so that a webhook never has more under way than it may. */
export async function lockClaiming(tx: Tx): Promise<void> {
  await execute(tx, sql`select pg_advisory_xact_lock(${lockKey})`)
}
