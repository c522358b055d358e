import type { OrderChange } from '@ecluse/contracts/order-changes.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { asJson, execute, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type RevisionRow = {
  order_id: string
  revision: number
  changed_at: Date
  changed_by: 'customer' | 'staff'
  actor: string | null
  changes: OrderChange[]
  refund_minor: bigint
  /** What was paid more. */
  charge_minor: bigint
}

/** Writes down what was changed; nothing was paid more for it unless it says so. */
export async function insertRevision(
  tx: Tx,
  row: Omit<RevisionRow, 'charge_minor'> & { charge_minor?: bigint },
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_revision
        select r.* from json_populate_recordset(null::orders.order_revision, ${asJson([{ charge_minor: 0n, ...row }])}::json) r`,
  )
}

/** Revisions of an order, newest first. */
export function revisionsOf(db: Queryable, orderId: string): Promise<RevisionRow[]> {
  return query(db, sql`select * from orders.order_revision where order_id = ${orderId} order by revision desc`)
}

/** The revision an order is in; the first is what was bought. */
export async function revisionOf(db: Queryable, orderId: string): Promise<number> {
  const { revision } = await one<{ revision: number }>(
    db,
    sql`select coalesce(max(revision), 1)::int as revision from orders.order_revision where order_id = ${orderId}`,
  )
  return revision
}

/** Sets quantities of lines and what they come to; the caller holds their order's lock. */
export async function updateQuantities(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number; totalMinor: bigint; vatMinor: bigint }[],
): Promise<void> {
  if (lines.length === 0) return
  await execute(
    tx,
    sql`update orders.order_line l
        set quantity = d.quantity, line_total_minor = d.total, vat_minor = d.vat
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[],
          ${lines.map((l) => l.totalMinor)}::bigint[], ${lines.map((l) => l.vatMinor)}::bigint[]) as d (line_id, quantity, total, vat)
        where l.order_id = ${orderId} and l.id = d.line_id`,
  )
}

/** What an order was promised beside its goods. */
export async function promiseKindsOf(db: Queryable, orderId: string): Promise<ReadonlySet<string>> {
  const rows = await query<{ kind: string }>(db, sql`select kind from orders.order_promise where order_id = ${orderId}`)
  return new Set(rows.map((row) => row.kind))
}

export async function updateAddress(tx: Tx, orderId: string, address: PostalAddress): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order set address = ${JSON.stringify(address)}::jsonb where id = ${orderId}`,
  )
}
