import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { pickForFulfillment, readableFulfillment, viewLots } from './pick-lots.ts'

/** Lots and serial numbers of what is prepared. */
export const fulfillmentLotRoutes: Routes = (app, services) => {
  implement(app, services, 'getFulfillmentLots', endpoints.getFulfillmentLots, async (ctx, { params }) =>
    viewLots(ctx, ctx.db, await readableFulfillment(ctx, ctx.db, params.fulfillmentId)),
  )

  implement(app, services, 'pickLots', endpoints.pickLots, (ctx, { params, body }) =>
    command(ctx, async (tx) => viewLots(ctx, tx, await pickForFulfillment(ctx, tx, params.fulfillmentId, body.lines))),
  )
}
