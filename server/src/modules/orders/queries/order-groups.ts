import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { Carriages } from '../domain/refund.ts'
import type { OrderLineRow, OrderRow } from './orders.ts'

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
  /** What of its carriage was given back, and what of it is more than standard delivery; null or absent when nothing is. */
  carriage_back_minor?: bigint | null
  surcharge_minor?: bigint | null
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

type Carried = Pick<OrderGroupRow, 'fee_minor' | 'surcharge_minor' | 'carriage_back_minor'>

/** The carriage of an order, part by part, as refunds read it; one that goes one way is asked for nothing more. */
export async function carriagesOf(
  db: Queryable,
  order: OrderRow,
  lines: readonly Pick<OrderLineRow, 'group_no'>[],
): Promise<Carriages> {
  const carriage = (row: Carried) => ({
    feeMinor: Number(row.fee_minor),
    surchargeMinor: Number(row.surcharge_minor ?? 0n),
    backMinor: Number(row.carriage_back_minor ?? 0n),
  })
  if (!lines.some((line) => typeof line.group_no === 'number'))
    return new Map([[null, carriage({ ...order, fee_minor: order.delivery_fee_minor })]])
  return new Map((await selectOrderGroups(db, [order.id])).map((group) => [group.no, carriage(group)]))
}

/** Notes what of the carriage goes back, by part; the caller holds the order's lock. */
export async function noteCarriageBack(
  tx: Tx,
  orderId: string,
  carriage: ReadonlyMap<number | null, bigint>,
): Promise<void> {
  const whole = carriage.get(null)
  if (whole !== undefined)
    await execute(
      tx,
      sql`update orders.sales_order set carriage_back_minor = coalesce(carriage_back_minor, 0) + ${whole} where id = ${orderId}`,
    )
  const parts = [...carriage].flatMap(([no, minor]) => (no === null ? [] : [{ no, minor }]))
  if (parts.length === 0) return
  await execute(
    tx,
    sql`update orders.order_group g set carriage_back_minor = coalesce(g.carriage_back_minor, 0) + d.minor
        from unnest(${parts.map(({ no }) => no)}::int[], ${parts.map(({ minor }) => minor)}::bigint[]) as d (no, minor)
        where g.order_id = ${orderId} and g.no = d.no`,
  )
}

/** Notes what of the carriage leaves an order that goes on without a part of it; its total is lowered by the caller. */
export function dropCarriage(tx: Tx, orderId: string, carriage: ReadonlyMap<number | null, bigint>): Promise<void> {
  // The fee of an order that goes one way is lowered itself.
  return noteCarriageBack(tx, orderId, new Map([...carriage].filter(([no]) => no !== null)))
}
