import type { LotOrder } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ordersOfLot, ownPlaces } from '../inventory/public.ts'
import { selectRecalled } from './queries/lot-orders.ts'

/** Who has units of a lot, the latest first: who works in some shops learns of what left these. */
export async function readLotOrders(ctx: Ctx, lotId: string): Promise<LotOrder[]> {
  const sold = await ordersOfLot(ctx.db, lotId, await ownPlaces(ctx))
  const orders = new Map(
    (
      await selectRecalled(
        ctx.db,
        sold.map(({ orderId }) => orderId),
      )
    ).map((order) => [order.orderId, order]),
  )
  return sold.flatMap(({ orderId, left, cameBack, at }) => {
    const order = orders.get(orderId)
    return order ? [{ ...order, leftAt: at.toISOString(), units: left, cameBack }] : []
  })
}
