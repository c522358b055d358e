import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type VoucherRow = {
  id: string
  code: string
  kind: 'store_credit' | 'reward'
  issued_minor: bigint
  balance_minor: bigint
  currency: string
  order_id: string | null
  return_id: string | null
  return_number: string | null
  issued_at: Date
  expires_at: Date
}

export async function insertVoucher(tx: Tx, row: VoucherRow): Promise<void> {
  await execute(
    tx,
    sql`insert into payments.voucher
          (id, code, kind, issued_minor, balance_minor, currency, order_id, return_id, return_number, issued_at, expires_at)
        values (${row.id}, ${row.code}, ${row.kind}, ${row.issued_minor}, ${row.balance_minor}, ${row.currency}, ${row.order_id},
          ${row.return_id}, ${row.return_number}, ${row.issued_at}, ${row.expires_at})`,
  )
}

export function voucherByCode(db: Queryable, code: string): Promise<VoucherRow | undefined> {
  return maybeOne(db, sql`select * from payments.voucher where code = ${code}`)
}

/** Vouchers by their ids, oldest first. */
export function vouchersByIds(db: Queryable, ids: readonly string[]): Promise<VoucherRow[]> {
  return query(db, sql`select * from payments.voucher where id = any(${ids}::uuid[]) order by issued_at, id`)
}

/** Those given for returns of an order, oldest first. */
export function vouchersOfOrder(db: Queryable, orderId: string): Promise<VoucherRow[]> {
  return query(db, sql`select * from payments.voucher where order_id = ${orderId} order by issued_at, id`)
}

/** Takes an amount off a voucher if it is there: of two who spend it at once, both get no more than it has. @returns whether it was */
export async function debitVoucher(tx: Tx, id: string, minor: bigint): Promise<boolean> {
  const count = await execute(
    tx,
    sql`update payments.voucher set balance_minor = balance_minor - ${minor} where id = ${id} and balance_minor >= ${minor}`,
  )
  return count === 1
}

/** Gives amounts back to vouchers. */
export async function creditVouchers(tx: Tx, credits: readonly { id: string; minor: bigint }[]): Promise<void> {
  if (credits.length === 0) return
  await execute(
    tx,
    sql`update payments.voucher v
        set balance_minor = v.balance_minor + d.minor, issued_minor = greatest(v.issued_minor, v.balance_minor + d.minor)
        from (select id, sum(minor)::bigint as minor
              from unnest(${credits.map((c) => c.id)}::uuid[], ${credits.map((c) => c.minor)}::bigint[]) as c (id, minor)
              group by id) d
        where v.id = d.id`,
  )
}

/** Notes what a purchase under way took. @returns false when it had been noted before */
export async function insertHold(
  tx: Tx,
  hold: { paymentId: string; voucherId: string; minor: bigint; at: Date },
): Promise<boolean> {
  const count = await execute(
    tx,
    sql`insert into payments.voucher_hold (payment_id, voucher_id, amount_minor, held_at)
        values (${hold.paymentId}, ${hold.voucherId}, ${hold.minor}, ${hold.at}) on conflict do nothing`,
  )
  return count === 1
}

/** What a payment took, while that is noted. */
export function selectHold(db: Queryable, paymentId: string): Promise<{ amount_minor: bigint } | undefined> {
  return maybeOne(db, sql`select amount_minor from payments.voucher_hold where payment_id = ${paymentId}`)
}

/** Takes a hold away. @returns what it held; undefined when it is gone already */
export function deleteHold(
  tx: Tx,
  paymentId: string,
): Promise<{ voucher_id: string; amount_minor: bigint } | undefined> {
  return maybeOne(
    tx,
    sql`delete from payments.voucher_hold where payment_id = ${paymentId} returning voucher_id, amount_minor`,
  )
}

/** Holds a while old whose payment was not written, and those that paid long ago. */
export function oldHolds(
  db: Queryable,
  { unpaidBefore, paidBefore }: { unpaidBefore: Date; paidBefore: Date },
): Promise<{ payment_id: string; paid: boolean }[]> {
  return query(
    db,
    sql`select h.payment_id, h.paid
        from (select v.*, exists (select from payments.payment p where p.id = v.payment_id) as paid
              from payments.voucher_hold v where v.held_at < ${unpaidBefore}) h
        where not h.paid or h.held_at < ${paidBefore} order by h.held_at limit 500`,
  )
}
