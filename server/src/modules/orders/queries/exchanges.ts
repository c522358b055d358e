import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

/** Notes on lines what of them was exchanged; the caller holds the order's lock. */
export async function creditLines(
  tx: Tx,
  orderId: string,
  credits: readonly { lineId: string; quantity: number; creditedMinor: bigint }[],
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line l
        set exchanged_quantity = coalesce(l.exchanged_quantity, 0) + d.quantity,
            credited_minor = nullif(coalesce(l.credited_minor, 0) + d.credited, 0)
        from unnest(${credits.map((c) => c.lineId)}::uuid[], ${credits.map((c) => c.quantity)}::int[],
          ${credits.map((c) => c.creditedMinor)}::bigint[]) as d (line_id, quantity, credited)
        where l.order_id = ${orderId} and l.id = d.line_id`,
  )
}

/** What an order comes to after an exchange; the caller holds its lock. */
export async function creditOrder(
  tx: Tx,
  orderId: string,
  { creditedMinor, addedMinor, items }: { creditedMinor: bigint; addedMinor: bigint; items: number },
): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order
        set credited_minor = nullif(coalesce(credited_minor, 0) + ${creditedMinor}, 0),
            subtotal_minor = subtotal_minor + ${addedMinor},
            total_minor = total_minor + ${addedMinor} - ${creditedMinor},
            item_count = item_count + ${items}
        where id = ${orderId}`,
  )
}
