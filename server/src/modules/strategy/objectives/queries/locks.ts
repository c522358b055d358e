import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../../kernel/db.ts'

/** Where an objective stands, its row locked until the end of the transaction. */
export function lockObjective(tx: Tx, id: string): Promise<{ revision: number; closed_at: Date | null } | undefined> {
  return maybeOne(tx, sql`select revision, closed_at from strategy.objective where id = ${id} for update`)
}
