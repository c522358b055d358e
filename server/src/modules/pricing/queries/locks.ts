import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../kernel/db.ts'

/** Locks a list, so that its entries are changed by one at a time. */
export async function lockList(tx: Tx, code: string): Promise<string | undefined> {
  return (await maybeOne<{ id: string }>(tx, sql`select id from pricing.price_list where code = ${code} for update`))
    ?.id
}
