import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { holdsToken, selectOrder } from '../orders/public.ts'
import { readPickupRules, writePickupRules } from './expire-pickups.ts'
import { collectorOf, putCollector } from './queries/uncollected.ts'

/** Who fetches an order, and how long it waits for them. */
export const pickupRoutes: Routes = (app, services) => {
  implement(app, services, 'nameCollector', endpoints.nameCollector, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const order = await selectOrder(tx, params.orderId)
      if (!order || !holdsToken(order, body.token)) throw refuse('orders.not_found')
      await putCollector(tx, order.id, body.name, ctx.clock.now())
      return { name: body.name }
    }),
  )
  implement(app, services, 'getCollector', endpoints.getCollector, async (ctx, { params, query }) => {
    const order = await selectOrder(ctx.db, params.orderId)
    if (!order || !holdsToken(order, query.token)) throw refuse('orders.not_found')
    return { name: await collectorOf(ctx.db, order.id) }
  })
  implement(app, services, 'getPickupRules', endpoints.getPickupRules, (ctx) => readPickupRules(ctx.db))
  implement(app, services, 'putPickupRules', endpoints.putPickupRules, (ctx, { body }) =>
    command(ctx, (tx) => writePickupRules(tx, body)),
  )
}
