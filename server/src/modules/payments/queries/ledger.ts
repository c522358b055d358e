import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type LedgerAccount =
  'receivable' | 'sales' | 'vat' | 'cash' | 'card_terminal' | 'provider' | 'bank' | 'voucher' | 'loyalty'

export type LedgerEntry = {
  readonly orderId: string
  readonly transferId: string
  readonly position: number
  readonly account: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  readonly cause: string
  /** Whose account it is, where it is one of many of its kind. */
  readonly holder: string | null
}

/** Books entries; a transfer that is already booked stays as it is. */
export async function insertEntries(tx: Tx, entries: readonly LedgerEntry[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into payments.ledger_entry (order_id, transfer_id, position, account, amount_minor, currency, cause, holder, booked_at)
        select e.*, ${now}::timestamptz
        from unnest(${entries.map((e) => e.orderId)}::uuid[], ${entries.map((e) => e.transferId)}::uuid[],
          ${entries.map((e) => e.position)}::int[], ${entries.map((e) => e.account)}::text[],
          ${entries.map((e) => e.amountMinor)}::bigint[], ${entries.map((e) => e.currency)}::text[],
          ${entries.map((e) => e.cause)}::text[], ${entries.map((e) => e.holder)}::uuid[]) as e
        on conflict do nothing`,
  )
}

/** The balance of each account, of one order or of all. */
export async function ledgerBalances(
  db: Queryable,
  orderId?: string,
): Promise<{ account: LedgerAccount; balance: bigint }[]> {
  return query(
    db,
    sql`select account, sum(amount_minor)::bigint as balance from payments.ledger_entry
        where ${orderId ?? null}::uuid is null or order_id = ${orderId ?? null}::uuid group by account order by account`,
  )
}

/** Transfers whose entries do not sum to zero: none, if all is well. */
export async function unbalancedTransfers(db: Queryable): Promise<{ transferId: string; sum: bigint }[]> {
  return query(
    db,
    sql`select transfer_id as "transferId", sum(amount_minor)::bigint as sum from payments.ledger_entry
        group by order_id, transfer_id having sum(amount_minor) <> 0`,
  )
}
