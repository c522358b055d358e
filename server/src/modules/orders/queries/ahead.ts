import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A line that was sold before its goods were there, and waits for them. */
export type WaitingLine = {
  order_id: string
  line_id: string
  variant_id: string
  place_id: string
  pool_id: string
  quantity: number
  ahead: 'pre_order' | 'back_order'
  ships_on: string | null
  /** The day of release now, of a pre-order. */
  released_on: string | null
  /** Whether the date was stated rather than counted from what suppliers owe. */
  is_stated: boolean
}

/** Lines that wait for their goods, the oldest first; of some articles. */
export async function selectWaiting(db: Queryable, variantIds: readonly string[]): Promise<WaitingLine[]> {
  return query(
    db,
    sql`select l.order_id, l.id as line_id, l.variant_id, l.place_id, l.pool_id, l.quantity, l.ahead, l.ships_on::text as ships_on,
               case when l.ahead = 'pre_order' then coalesce(s.ships_on, l.ships_on)::text end as released_on,
               coalesce(s.basis, 'stated') = 'stated' as is_stated
        from orders.order_line l join orders.sales_order o on o.id = l.order_id
        left join inventory.advance_sale s
          on s.variant_id = l.variant_id and s.channel_id = o.channel_id and s.kind = l.ahead
        where l.variant_id = any(${variantIds}::uuid[]) and l.ahead is not null and l.allocated_at is null
          and l.exception is null and o.document_state = 'confirmed'
        order by o.placed_at, l.order_id, l.position`,
  )
}

/** Articles somebody waits for: of some, or of all. */
export async function variantsWaitedFor(db: Queryable, variantIds: readonly string[] | null): Promise<string[]> {
  const rows = await query<{ variant_id: string }>(
    db,
    variantIds === null
      ? sql`select distinct variant_id from orders.order_line where ahead is not null and allocated_at is null`
      : sql`select distinct variant_id from orders.order_line
            where variant_id = any(${variantIds}::uuid[]) and ahead is not null and allocated_at is null`,
  )
  return rows.map((row) => row.variant_id)
}

/** Articles of orders to suppliers, and of transfers, that somebody waits for. */
export async function waitedForOf(db: Queryable, documentIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ variant_id: string }>(
    db,
    sql`select distinct l.variant_id
        from (select variant_id from inventory.supplier_order_line where supplier_order_id = any(${documentIds}::uuid[])
              union all
              select variant_id from inventory.transfer_line where transfer_id = any(${documentIds}::uuid[])) l
        join orders.order_line w on w.variant_id = l.variant_id and w.ahead is not null and w.allocated_at is null`,
  )
  return rows.map((row) => row.variant_id)
}

/** The goods of a line have come; its order's lock is held. */
export async function markAllocated(tx: Tx, orderId: string, lineId: string, at: Date): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line set allocated_at = ${at} where order_id = ${orderId} and id = ${lineId}`,
  )
}

/** Writes down for which day a line is promised now; null: nobody knows. Its order's lock is held. */
export async function updateShipsOn(tx: Tx, orderId: string, lineId: string, shipsOn: string | null): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line set ships_on = ${shipsOn} where order_id = ${orderId} and id = ${lineId}`,
  )
}

/** What was promised ahead of an article at each place and for which day, of orders that wait for goods. */
export async function selectPromisedAhead(
  db: Queryable,
  variantId: string,
): Promise<{ place_id: string; ships_on: string | null; units: number }[]> {
  return query(
    db,
    sql`select l.place_id, l.ships_on::text as ships_on, sum(l.quantity)::int as units
        from orders.order_line l join orders.sales_order o on o.id = l.order_id
        where l.variant_id = ${variantId} and l.ahead is not null and l.allocated_at is null and l.exception is null
          and o.document_state = 'confirmed'
        group by 1, 2 order by 2`,
  )
}
