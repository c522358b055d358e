import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'

export async function insertReturn(
  tx: Tx,
  header: { orderId: string; id: string; number: string; siteId: string; refundMinor: bigint; actor: string | null },
  lines: readonly { lineId: string; quantity: number; reason: string; disposition: string }[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_return (order_id, id, number, site_id, refund_minor, actor, created_at)
        values (${header.orderId}, ${header.id}, ${header.number}, ${header.siteId}, ${header.refundMinor}, ${header.actor}, ${now})`,
  )
  await execute(
    tx,
    sql`insert into orders.return_line (order_id, return_id, position, line_id, quantity, reason, disposition)
        select ${header.orderId}, ${header.id}, l.position, l.line_id, l.quantity, l.reason, l.disposition
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[],
          ${lines.map((l) => l.reason)}::text[], ${lines.map((l) => l.disposition)}::text[])
          with ordinality as l (line_id, quantity, reason, disposition, position)`,
  )
}
