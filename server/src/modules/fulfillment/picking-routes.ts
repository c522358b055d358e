import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { requireSite, sitesOf } from '../../kernel/context.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { finishRound, headOf, openRound, readRound, scanPick, setPicked } from './pick-round.ts'
import { openRounds } from './queries/picking.ts'

/** Several preparations picked in one walk. */
export const pickingRoutes: Routes = (app, services) => {
  implement(app, services, 'listPickingRounds', endpoints.listPickingRounds, async (ctx, { query: { siteId } }) => {
    if (siteId !== undefined) requireSite(ctx.actor, siteId)
    const rows = await openRounds(ctx.db, siteId === undefined ? sitesOf(ctx.actor) : [siteId])
    return { items: rows.map((row) => ({ ...headOf(row), orders: row.orders, units: row.units, picked: row.picked })) }
  })
  implement(app, services, 'openPickingRound', endpoints.openPickingRound, (ctx, { body }) =>
    command(ctx, (tx) => openRound(ctx, tx, body.fulfillmentIds)),
  )
  implement(app, services, 'getPickingRound', endpoints.getPickingRound, (ctx, { params }) =>
    readRound(ctx, ctx.db, params.roundId),
  )
  implement(app, services, 'scanPick', endpoints.scanPick, (ctx, { params, body }) =>
    command(ctx, (tx) => scanPick(ctx, tx, params.roundId, body.code)),
  )
  implement(app, services, 'setPicked', endpoints.setPicked, (ctx, { params, body }) =>
    command(ctx, (tx) => setPicked(ctx, tx, params.roundId, body)),
  )
  implement(app, services, 'finishPickingRound', endpoints.finishPickingRound, (ctx, { params }) =>
    command(ctx, (tx) => finishRound(ctx, tx, params.roundId)),
  )
}
