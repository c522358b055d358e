import type { OrderChange } from '@ecluse/contracts/order-changes.ts'
import type { ReadModel } from '../../offers/public.ts'
import type { OrderRow } from '../queries/orders.ts'

type Told = Extract<OrderChange, { kind: 'delivery' }>['from']

/** How an order goes to its buyer now, as its history tells it. */
export function viewDelivery(model: Pick<ReadModel, 'site'>, order: OrderRow, kinds: ReadonlySet<string>): Told {
  return {
    method: order.delivery_method,
    siteName: order.site_id === null ? null : (model.site(order.site_id)?.name ?? null),
    address: order.address,
    promisedAt: order.promised_at?.toISOString() ?? null,
    latestAt: order.latest_at?.toISOString() ?? null,
    inWindow: kinds.has('window'),
  }
}
