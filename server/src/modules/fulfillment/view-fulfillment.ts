import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import type { Ctx } from '../../kernel/context.ts'
import { compareLocations } from './domain/walk.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'

/** A preparation as the API tells it. */
export function viewFulfillment(ctx: Ctx, row: FulfillmentRow): Fulfillment {
  const open = row.state === 'to_prepare'
  return {
    id: row.id,
    orderId: row.order_id,
    orderNumber: row.order_number,
    channelCode: row.channel_code,
    siteId: row.site_id,
    siteName: row.site_name,
    method: row.method,
    state: row.state,
    customerName: row.customer_name,
    // Whoever hands over compares the code the customer shows: it is not on the screen.
    pickupCode: row.state === 'handed_over' ? row.pickup_code : null,
    dueAt: row.due_at?.toISOString() ?? null,
    late: open && row.due_at !== null && row.due_at < ctx.clock.now(),
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    collectorName: row.collector_name,
    collectedBy: row.collected_by,
    substitutions: row.substitutions,
    gift: row.gift,
    askedChangeId: row.asked_change_id,
    lines: row.lines.toSorted((a, b) => compareLocations(a.location, b.location)),
  }
}
