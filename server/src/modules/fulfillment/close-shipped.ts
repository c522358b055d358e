import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { OrderRow } from '../orders/public.ts'
import { closeFulfillment } from './advance-fulfillment.ts'
import { leftToPack } from './domain/parcel-states.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'
import { selectParcels } from './queries/parcels.ts'

/** A preparation is shipped when the last of its parcels has left, or when what had not left is not wanted any more. */
export async function closeIfAllLeft(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  carriage: { carrier?: string; trackingNumber?: string | null } = {},
): Promise<FulfillmentRow> {
  const parcels = (await selectParcels(tx, order.id)).filter((parcel) => parcel.fulfillment_id === row.id)
  const gone = parcels.filter(({ state }) => state !== 'packed')
  if (gone.length === 0 || leftToPack(row.lines, gone).length > 0) return row
  return closeFulfillment(ctx, tx, order, row, 'shipped', carriage)
}
