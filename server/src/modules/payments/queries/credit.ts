import type { PaymentTerms } from '@ecluse/contracts/credit.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type CreditRow = {
  party_id: string
  terms: PaymentTerms
  limit_minor: bigint | null
  over_limit: 'refuse' | 'ask'
  block_after_days: number | null
  blocked: boolean
}

/** What was agreed upon with some companies. */
export function creditAccounts(db: Queryable, partyIds: readonly string[]): Promise<CreditRow[]> {
  return query(
    db,
    sql`select party_id, terms, limit_minor, over_limit, block_after_days, blocked from payments.credit_account
        where party_id = any(${partyIds}::uuid[])`,
  )
}

export function creditAccount(db: Queryable, partyId: string): Promise<CreditRow | undefined> {
  return maybeOne(
    db,
    sql`select party_id, terms, limit_minor, over_limit, block_after_days, blocked from payments.credit_account
        where party_id = ${partyId}`,
  )
}

export async function upsertCredit(tx: Tx, row: CreditRow, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into payments.credit_account (party_id, terms, limit_minor, over_limit, block_after_days, blocked, updated_at)
        values (${row.party_id}, ${row.terms}, ${row.limit_minor}, ${row.over_limit}, ${row.block_after_days}, ${row.blocked}, ${now})
        on conflict (party_id) do update set terms = excluded.terms, limit_minor = excluded.limit_minor,
          over_limit = excluded.over_limit, block_after_days = excluded.block_after_days, blocked = excluded.blocked,
          updated_at = excluded.updated_at`,
  )
}

export async function deleteCredit(tx: Tx, partyId: string): Promise<void> {
  await execute(tx, sql`delete from payments.credit_account where party_id = ${partyId}`)
}

/**
 * What is owed for orders on account, from their payments: what is due, less what was transferred for it and what was credited. What was
 * paid at a till or by card is the price of what came to the order since, and pays nothing of what is due. The ledger says the same a
 * moment later.
 */
export function owedOf(db: Queryable, orderIds: readonly string[]): Promise<{ orderId: string; owed: bigint }[]> {
  return query(
    db,
    sql`select d.order_id as "orderId",
               (d.amount_minor
                 - coalesce((select sum(c.amount_minor) from payments.payment c
                             where c.order_id = d.order_id and c.state = 'captured' and c.method = 'bank_transfer'), 0)
                 - coalesce((select sum(r.amount_minor) from payments.refund r
                             where r.order_id = d.order_id and r.payment_id = d.id and r.state = 'credited'), 0))::bigint as owed
        from payments.payment d
        where d.order_id = any(${orderIds}::uuid[]) and d.method = 'on_account' and d.state = 'due'`,
  )
}
