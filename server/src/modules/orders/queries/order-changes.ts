import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { ChangePlan } from '../changes/plan.ts'

export type OrderChangeRow = {
  order_id: string
  id: string
  revision: number
  state: 'waiting' | 'made' | 'withdrawn' | 'expired' | 'overtaken'
  asked_by: 'customer' | 'staff'
  actor: string | null
  plan: ChangePlan
  due_minor: bigint
  payment_id: string | null
  asked_at: Date
  expires_at: Date
  ended_at: Date | null
}

export async function insertChange(tx: Tx, row: OrderChangeRow): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_change
          (order_id, id, revision, state, asked_by, actor, plan, due_minor, payment_id, asked_at, expires_at, ended_at)
        values (${row.order_id}, ${row.id}, ${row.revision}, ${row.state}, ${row.asked_by}, ${row.actor},
          ${JSON.stringify(row.plan)}::jsonb, ${row.due_minor}, ${row.payment_id}, ${row.asked_at}, ${row.expires_at}, ${row.ended_at})`,
  )
}

export function selectChange(db: Queryable, orderId: string, id: string): Promise<OrderChangeRow | undefined> {
  return maybeOne(db, sql`select * from orders.order_change where order_id = ${orderId} and id = ${id}`)
}

/** The change of an order that waits to be paid. */
export function waitingChangeOf(db: Queryable, orderId: string): Promise<OrderChangeRow | undefined> {
  return maybeOne(db, sql`select * from orders.order_change where order_id = ${orderId} and state = 'waiting'`)
}

/** Changes whose time is over, and those whose payment was asked and may have been answered since. */
export function changesToKeep(db: Queryable, now: Date, limit: number): Promise<OrderChangeRow[]> {
  return query(
    db,
    sql`select * from orders.order_change where state = 'waiting' and (expires_at <= ${now} or payment_id is not null)
        order by expires_at limit ${limit}`,
  )
}

/** Moves a change on; the caller holds its order's lock. */
export async function updateChange(
  tx: Tx,
  row: Pick<OrderChangeRow, 'order_id' | 'id' | 'state' | 'payment_id' | 'ended_at'>,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_change set state = ${row.state}, payment_id = ${row.payment_id}, ended_at = ${row.ended_at}
        where order_id = ${row.order_id} and id = ${row.id}`,
  )
}

/** Lines that were taken out of their order: cancelled, and not owed any more. */
export async function dropLinesOf(tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line set exception = 'cancelled', credited_minor = nullif(line_total_minor, 0)
        where order_id = ${orderId} and id = any(${lineIds}::uuid[])`,
  )
}

/** What an order comes to after a change, and how it goes to its buyer. */
export type ChangedOrder = {
  readonly subtotalMinor: bigint
  readonly creditedByMinor: bigint
  readonly feeMinor: bigint
  readonly totalMinor: bigint
  readonly items: number
}

export async function updateSums(tx: Tx, orderId: string, to: ChangedOrder): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order
        set subtotal_minor = ${to.subtotalMinor}, delivery_fee_minor = ${to.feeMinor}, total_minor = ${to.totalMinor},
            credited_minor = nullif(coalesce(credited_minor, 0) + ${to.creditedByMinor}, 0), item_count = item_count + ${to.items}
        where id = ${orderId}`,
  )
}

export async function updateDelivery(tx: Tx, orderId: string, to: NonNullable<ChangePlan['delivery']>): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order
        set delivery_method = ${to.method}, site_id = ${to.siteId}, address = ${to.address && JSON.stringify(to.address)}::jsonb,
            pickup_code = ${to.pickupCode}, promised_at = ${to.promisedAt}::timestamptz, latest_at = ${to.latestAt}::timestamptz,
            surcharge_minor = nullif(${to.surchargeMinor ?? 0}::bigint, 0), sourcing = ${to.sourcing && JSON.stringify(to.sourcing)}::json,
            delivery_favour = delivery_favour || jsonb_build_object('sparedMinor', ${to.sparedMinor ?? 0}::int)
        where id = ${orderId}`,
  )
}

/** Takes the windows of an order out of what it is promised, all but one. @returns what it was promised until now */
export function deleteWindowPromises(
  tx: Tx,
  orderId: string,
  but: string | null,
): Promise<{ poolId: string; id: string }[]> {
  return query(
    tx,
    sql`delete from orders.order_promise
        where order_id = ${orderId} and kind = 'window' and promise_id is distinct from ${but}::uuid
        returning pool_id as "poolId", promise_id as id`,
  )
}

/** Takes one thing out of what an order is promised. */
export async function deleteOrderPromise(tx: Tx, orderId: string, promiseId: string): Promise<void> {
  await execute(tx, sql`delete from orders.order_promise where order_id = ${orderId} and promise_id = ${promiseId}`)
}
