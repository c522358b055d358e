import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { whereAt } from '../channels/public.ts'
import type { OrderRow } from '../orders/public.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'

/** Tells what happened to a preparation, in its order's history: where, and of which lines. */
export async function announce(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  { id, site_id: siteId }: Pick<FulfillmentRow, 'id' | 'site_id'>,
  type: string,
  details: Readonly<Record<string, unknown>> & {
    lines: readonly { lineId: string; variantId: string; quantity: number }[]
  },
): Promise<void> {
  const { channelCode, siteName } = await whereAt(tx, siteId)
  const payload = { orderId: order.id, number: order.number, fulfillmentId: id, siteId, siteName, ...details }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: order.id, channelCode, payload }])
}
