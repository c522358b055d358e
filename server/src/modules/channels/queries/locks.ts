import sql from 'sql-template-tag'
import { query, type Tx } from '../../../kernel/db.ts'

/** Locks of this module, taken in this order: sites, then channels. Each covers what hangs on it and its events. */

/** The id of a site, its row locked until the end of the transaction. */
export async function lockSite(tx: Tx, code: string): Promise<string | undefined> {
  const rows = await query<{ id: string }>(tx, sql`select id from channels.site where code = ${code} for update`)
  return rows[0]?.id
}

/** The id of a channel, its row locked until the end of the transaction: taken before its events are published. */
export async function lockChannel(tx: Tx, code: string): Promise<string | undefined> {
  const rows = await query<{ id: string }>(tx, sql`select id from channels.channel where code = ${code} for update`)
  return rows[0]?.id
}
