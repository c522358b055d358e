import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PaymentMethod = 'online_card' | 'cash' | 'terminal_card' | 'on_account' | 'bank_transfer' | 'voucher'
export type PaymentRowState =
  'pending' | 'challenge' | 'authorised' | 'captured' | 'declined' | 'voided' | 'failed' | 'due'

export type PaymentRow = {
  order_id: string
  id: string
  method: PaymentMethod
  provider: string
  provider_reference: string | null
  state: PaymentRowState
  amount_minor: bigint
  currency: string
  attempts: number
  created_at: Date
  settled_at: Date | null
}

/** Writes the payments of many orders at once. */
export async function insertPayments(tx: Tx, rows: readonly PaymentRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into payments.payment select r.* from json_populate_recordset(null::payments.payment, ${asJson(rows)}::json) r`,
  )
}

export async function paymentsOf(db: Queryable, orderIds: readonly string[]): Promise<PaymentRow[]> {
  return query(
    db,
    sql`select order_id, id, method, provider, provider_reference, state, amount_minor, currency, attempts, created_at, settled_at
        from payments.payment where order_id = any(${orderIds}::uuid[]) order by order_id, created_at, id`,
  )
}

/** Moves payments on from one of the states given; those already elsewhere are left. @returns those that moved */
export async function movePayments(
  tx: Tx,
  payments: readonly { orderId: string; id: string }[],
  from: readonly PaymentRowState[],
  to: PaymentRowState,
  now: Date,
  reference: string | null = null,
): Promise<PaymentRow[]> {
  return query(
    tx,
    sql`update payments.payment p
        set state = ${to}, settled_at = ${now}, provider_reference = coalesce(${reference}, p.provider_reference)
        from unnest(${payments.map((p) => p.orderId)}::uuid[], ${payments.map((p) => p.id)}::uuid[]) as d (order_id, id)
        where p.order_id = d.order_id and p.id = d.id and p.state = any(${from}::text[])
        returning p.*`,
  )
}

/** Lets go of everything of an order that was not taken yet. @returns the payments let go */
export async function voidPaymentsOf(tx: Tx, orderId: string, now: Date): Promise<PaymentRow[]> {
  return query(
    tx,
    sql`update payments.payment set state = 'voided', settled_at = ${now}
        where order_id = ${orderId} and state in ('pending', 'challenge', 'authorised', 'due') returning *`,
  )
}

/** Authorised payments, oldest first: money that waits to be taken. */
export async function authorisedPayments(db: Queryable, limit: number): Promise<PaymentRow[]> {
  return query(
    db,
    sql`select order_id, id, method, provider, provider_reference, state, amount_minor, currency, attempts, created_at, settled_at
        from payments.payment where state = 'authorised' order by created_at limit ${limit}`,
  )
}

export type RefundRow = {
  order_id: string
  id: string
  payment_id: string
  return_id: string | null
  amount_minor: bigint
  currency: string
  /** `credited`: taken off what is owed; no money moved. */
  state: 'pending' | 'refunded' | 'failed' | 'credited'
  attempts: number
  created_at: Date
}

export async function refundsOf(db: Queryable, orderIds: readonly string[]): Promise<RefundRow[]> {
  return query(
    db,
    sql`select order_id, id, payment_id, return_id, amount_minor, currency, state, attempts, created_at
        from payments.refund where order_id = any(${orderIds}::uuid[]) order by order_id, created_at, id`,
  )
}

export async function insertRefunds(tx: Tx, rows: readonly RefundRow[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into payments.refund
          (order_id, id, payment_id, return_id, amount_minor, currency, state, created_at, settled_at)
        select r.*, ${now}::timestamptz, case when r.state in ('refunded', 'credited') then ${now}::timestamptz end
        from unnest(${rows.map((r) => r.order_id)}::uuid[], ${rows.map((r) => r.id)}::uuid[],
          ${rows.map((r) => r.payment_id)}::uuid[], ${rows.map((r) => r.return_id)}::uuid[],
          ${rows.map((r) => r.amount_minor)}::bigint[], ${rows.map((r) => r.currency)}::text[],
          ${rows.map((r) => r.state)}::text[])
          as r (order_id, id, payment_id, return_id, amount_minor, currency, state)`,
  )
}

/** Refunds that wait, of payments whose money was taken. */
export async function waitingRefunds(db: Queryable, limit: number): Promise<(RefundRow & { provider: string })[]> {
  return query(
    db,
    sql`select r.order_id, r.id, r.payment_id, r.return_id, r.amount_minor, r.currency, r.state, r.attempts, r.created_at, p.provider
        from payments.refund r join payments.payment p on p.order_id = r.order_id and p.id = r.payment_id
        where r.state = 'pending' and p.state = 'captured' order by r.created_at limit ${limit}`,
  )
}

/** Closes a refund once. @returns whether this call did */
export async function settleRefund(
  tx: Tx,
  refund: { order_id: string; id: string },
  reference: string,
  now: Date,
): Promise<boolean> {
  const count = await execute(
    tx,
    sql`update payments.refund set state = 'refunded', provider_reference = ${reference}, settled_at = ${now}
        where order_id = ${refund.order_id} and id = ${refund.id} and state = 'pending'`,
  )
  return count === 1
}
