import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../../kernel/db.ts'

/** Where an experiment stands, its row locked until the end of the transaction. */
export function lockExperiment(
  tx: Tx,
  id: string,
): Promise<{ revision: number; state: 'draft' | 'running' | 'ended' } | undefined> {
  return maybeOne(tx, sql`select revision, state from strategy.experiment where id = ${id} for update`)
}
