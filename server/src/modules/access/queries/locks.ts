import sql from 'sql-template-tag'
import { query, type Tx } from '../../../kernel/db.ts'

/**
 * Locks a member of staff and every active administrator, in the order of their ids: two administrators who take each
 * other's rights away at once are put in a row, and the second sees what the first did.
 */
export async function lockStaffAndAdministrators(tx: Tx, accountId: string): Promise<void> {
  await query(
    tx,
    sql`select account_id from access.staff where (role = 'administrator' and active) or account_id = ${accountId}
        order by account_id for update`,
  )
}
