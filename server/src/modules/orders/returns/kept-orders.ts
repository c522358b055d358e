import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { keptOf } from '../domain/refund.ts'
import { receivedAt, returnUntil } from '../domain/return-window.ts'
import { ordersInChannels, selectOrderLines } from '../queries/orders.ts'

/** What is left of an order, for whoever counts what was really bought. Amounts in minor units, VAT included, without carriage. */
export type KeptOrder = {
  readonly orderId: string
  readonly number: string
  readonly channelCode: string
  readonly placedAt: Date
  readonly lines: readonly { readonly variantId: string; readonly minor: bigint }[]
  /** When the last of what is kept was received; null while something is awaited. */
  readonly receivedAt: Date | null
  /** The end of the time to change one's mind. */
  readonly returnUntil: Date | null
}

/** What buyers keep of some orders, or still await; nothing of one that was cancelled or never confirmed. */
export async function keptOrders(ctx: Ctx, db: Queryable, orderIds: readonly string[]): Promise<KeptOrder[]> {
  const orders = await ordersInChannels(db, orderIds)
  const lines = await selectOrderLines(db, orderIds)
  const kept: KeptOrder[] = []
  for (const order of orders) {
    const own = order.document_state === 'confirmed' ? lines.filter((line) => line.order_id === order.id) : []
    const here = own.every((line) => keptOf(line) === line.fulfilled_quantity - line.returned_quantity)
    const { placed_at: placedAt, delivery_method: method, latest_at: latestAt } = order
    // What only time makes ready is read from its events; most orders that are looked at have none yet.
    const received = here ? receivedAt({ placedAt, method, latestAt }, await eventsOf(db, order.id)) : null
    kept.push({
      orderId: order.id,
      number: order.number,
      channelCode: order.channel_code,
      placedAt,
      lines: own.map((line) => ({
        variantId: line.variant_id,
        minor: (line.line_total_minor * BigInt(keptOf(line))) / BigInt(line.quantity),
      })),
      receivedAt: received,
      returnUntil: received && returnUntil(received, ctx.config.returnDays),
    })
  }
  return kept
}
