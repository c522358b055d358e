import sql from 'sql-template-tag'
import { execute, one, type Tx } from '../../../kernel/db.ts'

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

/** What is not owed any more of an order, what came to it instead, and how many articles more or fewer it has. Minor units. */
type Credit = {
  readonly creditedMinor: bigint
  readonly addedMinor?: bigint
  /** Carriage of what does not go any more. */
  readonly feeMinor?: bigint
  readonly items: number
}

/**
 * What an order comes to once a part of it is exchanged, replaced or cancelled: its total is always what is still bought of it. The
 * caller holds its lock. @returns the new total
 */
export async function creditOrder(
  tx: Tx,
  orderId: string,
  { creditedMinor, addedMinor = 0n, feeMinor = 0n, items }: Credit,
): Promise<bigint> {
  const { total } = await one<{ total: bigint }>(
    tx,
    sql`update orders.sales_order
        set credited_minor = nullif(coalesce(credited_minor, 0) + ${creditedMinor}, 0),
            subtotal_minor = subtotal_minor + ${addedMinor},
            delivery_fee_minor = delivery_fee_minor - ${feeMinor},
            total_minor = total_minor + ${addedMinor} - ${creditedMinor} - ${feeMinor},
            item_count = item_count + ${items}
        where id = ${orderId} returning total_minor as total`,
  )
  return total
}
