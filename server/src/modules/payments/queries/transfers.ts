import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Accounts in points. An owner's: what they can spend, and what is still to come. The house's: where points come from and go. */
export type PointAccount =
  'points' | 'points_pending' | 'points_given' | 'points_spent' | 'points_expired' | 'points_adjusted'

/** Moves an amount from an account to another, in the unit of both. */
export type Transfer<Account extends string = PointAccount> = {
  readonly owner_id: string
  readonly id: string
  readonly from_account: Account
  readonly to_account: Account
  readonly amount: bigint
  readonly cause: string
  readonly subject_id: string | null
  readonly lot_id: string | null
  readonly expires_at: Date | null
  readonly note: string | null
  readonly actor: string | null
  readonly booked_at: Date
}

/** Books transfers, in the unit of their accounts: both must have it. */
export async function insertTransfers(tx: Tx, unit: string, rows: readonly Transfer<string>[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into payments.transfer (owner_id, id, from_account, to_account, unit, amount, cause, subject_id, lot_id,
                                       expires_at, note, actor, booked_at)
        select t.owner_id, t.id, t.from_account, t.to_account, ${unit}, t.amount, t.cause, t.subject_id, t.lot_id,
               t.expires_at, t.note, t.actor, t.booked_at
        from unnest(${rows.map((r) => r.owner_id)}::uuid[], ${rows.map((r) => r.id)}::uuid[],
          ${rows.map((r) => r.from_account)}::text[], ${rows.map((r) => r.to_account)}::text[],
          ${rows.map((r) => r.amount)}::bigint[], ${rows.map((r) => r.cause)}::text[],
          ${rows.map((r) => r.subject_id)}::uuid[], ${rows.map((r) => r.lot_id)}::uuid[],
          ${rows.map((r) => r.expires_at)}::timestamptz[], ${rows.map((r) => r.note)}::text[],
          ${rows.map((r) => r.actor)}::text[], ${rows.map((r) => r.booked_at)}::timestamptz[])
          as t (owner_id, id, from_account, to_account, amount, cause, subject_id, lot_id, expires_at, note, actor, booked_at)`,
  )
}

/** Everything booked for some owners in a unit, in the order it was. */
export function transfersOf(db: Queryable, unit: string, ownerIds: readonly string[]): Promise<Transfer[]> {
  return query(
    db,
    sql`select owner_id, id, from_account, to_account, amount, cause, subject_id, lot_id, expires_at, note, actor, booked_at
        from payments.transfer where owner_id = any(${ownerIds}::uuid[]) and unit = ${unit} order by booked_at, id`,
  )
}

/** The balance of every account of a unit: what came to it less what left it. Together they are zero. */
export function transferBalances(db: Queryable, unit: string): Promise<{ account: string; balance: bigint }[]> {
  return query(
    db,
    sql`select e.account, sum(e.amount)::bigint as balance
        from payments.transfer t
        cross join lateral (values (t.to_account, t.amount), (t.from_account, -t.amount)) as e (account, amount)
        where t.unit = ${unit} group by e.account order by e.account`,
  )
}
