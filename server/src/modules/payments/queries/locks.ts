import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../kernel/db.ts'

/**
 * The credit limit of a company, which nobody changes until the transaction ends; null when it has none, undefined without an
 * account. Taken before the pool of its credit.
 */
export async function lockCreditLimit(tx: Tx, partyId: string): Promise<bigint | null | undefined> {
  const row = await maybeOne<{ limit_minor: bigint | null }>(
    tx,
    sql`select limit_minor from payments.credit_account where party_id = ${partyId} for share`,
  )
  return row?.limit_minor
}
