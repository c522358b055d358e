import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../../kernel/db.ts'

const drawingKey = 7_301_042

/** One batch is drawn at a time: batches are numbered one after the other. Held until the transaction ends. */
export async function lockDrawing(tx: Tx): Promise<void> {
  await execute(tx, sql`select pg_advisory_xact_lock(${drawingKey})`)
}
