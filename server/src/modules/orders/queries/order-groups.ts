import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** How one part of a mixed order reaches its buyer. */
export type OrderGroupRow = {
  order_id: string
  no: number
  method: 'delivery' | 'pickup' | 'download'
  site_id: string | null
  pickup_code: string | null
  promised_at: Date | null
  latest_at: Date | null
  fee_minor: bigint
  ready_at: Date | null
  /** Promised in a window or at a time of a drive, by this promise of its order. */
  timed: 'window' | 'drive' | null
  promise_id: string | null
  cancelled_at: Date | null
  cancel_reason: string | null
}

export async function insertOrderGroups(tx: Tx, rows: readonly OrderGroupRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_group
        select r.* from json_populate_recordset(null::orders.order_group, ${asJson(rows)}::json) r`,
  )
}

/** The groups of orders, with the names of their shops; none for an order that reaches its buyer in one way. */
export function selectOrderGroups(
  db: Queryable,
  orderIds: readonly string[],
): Promise<(OrderGroupRow & { site_name: string | null })[]> {
  return query(
    db,
    sql`select g.*, s.name as site_name from orders.order_group g left join channels.site s on s.id = g.site_id
        where g.order_id = any(${orderIds}::uuid[]) order by g.order_id, g.no`,
  )
}

/** Moves the date a part of an order was promised for. @returns whether it moved */
export async function postponeGroup(tx: Tx, orderId: string, no: number, to: Date): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update orders.order_group set promised_at = ${to}, latest_at = ${to}
          where order_id = ${orderId} and no = ${no} and latest_at < ${to}`,
    )) > 0
  )
}

/** The part of a mixed order a line is in; undefined when its order goes one way. */
export async function groupOfLine(
  db: Queryable,
  line: { order_id: string; group_no?: number | null },
): Promise<OrderGroupRow | undefined> {
  if (typeof line.group_no !== 'number') return undefined
  return maybeOne(db, sql`select * from orders.order_group where order_id = ${line.order_id} and no = ${line.group_no}`)
}

/** Notes that everything of a part was picked, or no longer is. */
export async function updateGroupReady(tx: Tx, orderId: string, no: number, at: Date | null): Promise<void> {
  await execute(tx, sql`update orders.order_group set ready_at = ${at} where order_id = ${orderId} and no = ${no}`)
}

/** Ends a part of an order without the others; the caller holds the order's lock. */
export async function cancelGroup(tx: Tx, orderId: string, no: number, reason: string, at: Date): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_group set cancelled_at = ${at}, cancel_reason = ${reason} where order_id = ${orderId} and no = ${no}`,
  )
}
