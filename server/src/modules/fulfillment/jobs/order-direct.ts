import { z } from 'zod'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { endDirectOrders, proposeDirectOrder, supplierPlaces } from '../../inventory/public.ts'
import { endedDirect, preparationsToOrder } from '../queries/direct.ts'

/**
 * Asks suppliers for what was sold from their stock, and ends what they have sent. Apart from placing orders, which knows nothing
 * of it.
 */
async function orderDirect(ctx: Ctx): Promise<void> {
  const places = await supplierPlaces(ctx.db)
  if (places.length > 0)
    for (const preparation of await preparationsToOrder(ctx.db, places))
      await inTransaction(ctx.db, (tx) => proposeDirectOrder(ctx, tx, preparation))
  const ended = await endedDirect(ctx.db)
  if (ended.size > 0) await inTransaction(ctx.db, (tx) => endDirectOrders(ctx, tx, ended))
  ctx.wakeRelay()
}

export const keepDirectOrders: Job = job({
  name: 'fulfillment.order-direct',
  payload: z.object({}),
  schedule: '* * * * *',
  run: orderDirect,
})
