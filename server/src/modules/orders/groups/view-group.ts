import type { OrderGroup } from '@ecluse/contracts/groups.ts'
import type { Money } from '@ecluse/contracts/scalars.ts'
import { fulfillmentStateOf } from '../domain/states.ts'
import type { PlacedLineRow } from '../queries/document.ts'
import type { OrderGroupRow } from '../queries/order-groups.ts'

/** Whether nothing of a part has left, or is ready to. */
export function isUntouched(
  lines: readonly Pick<PlacedLineRow, 'fulfilled_quantity' | 'exception'>[],
  readyAt: Date | null,
): boolean {
  const kept = lines.filter(({ exception }) => exception !== 'cancelled')
  return readyAt === null && kept.length > 0 && kept.every((line) => line.fulfilled_quantity === 0)
}

/** One part of a mixed order as the API tells it; how far it is follows from its own lines. */
export function viewGroup(
  group: OrderGroupRow & { site_name: string | null },
  lines: readonly PlacedLineRow[],
  money: (minor: bigint) => Money,
): OrderGroup {
  const mine = lines.filter((line) => line.group_no === group.no)
  const state = fulfillmentStateOf({
    documentState: 'confirmed',
    preparedAt: group.ready_at,
    lines: mine.map((line) => ({
      quantity: line.exception === 'cancelled' ? line.fulfilled_quantity : line.quantity,
      fulfilledQuantity: line.fulfilled_quantity,
      returnedQuantity: 0,
    })),
    lostQuantity: 0,
  })
  return {
    no: group.no,
    method: group.method,
    siteId: group.site_id,
    siteName: group.site_name,
    promisedAt: group.promised_at?.toISOString() ?? null,
    latestAt: group.latest_at?.toISOString() ?? null,
    pickupCode: group.pickup_code,
    timed: group.timed,
    cancelledAt: group.cancelled_at?.toISOString() ?? null,
    cancelReason: group.cancel_reason,
    cancellable: group.cancelled_at === null && isUntouched(mine, group.ready_at),
    fee: money(group.fee_minor),
    surcharge: money(group.surcharge_minor ?? 0n),
    feeBack: money(group.carriage_back_minor ?? 0n),
    state: group.cancelled_at ? 'cancelled' : state === 'none' || state === 'returned' ? 'fulfilled' : state,
  }
}
