import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { sitesOf } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { normaliseCode } from '../orders/public.ts'
import { handOver, markReady, undoReady } from './advance-fulfillment.ts'
import { readableFulfillment } from './pick-lots.ts'
import { listFulfillmentRows } from './queries/fulfillments.ts'
import { readToday } from './read-today.ts'
import { ship } from './ship-parcel.ts'
import { viewFulfillment } from './view-fulfillment.ts'

/** Preparations, pick-ups and parcels, and the work of the day. */
export const fulfillmentRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'listFulfillments',
    endpoints.listFulfillments,
    async (ctx, { query: { state, late, ...query } }) => {
      const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
      const rows = await listFulfillmentRows(ctx.db, {
        ...query,
        states: state,
        lateAt: late ? ctx.clock.now() : undefined,
        code: query.q ? normaliseCode(query.q) : undefined,
        siteIds: sitesOf(ctx.actor),
        beforeId: before?.[0],
      })
      return pageOf(
        rows,
        query.limit,
        (row) => viewFulfillment(ctx, row),
        (row) => [row.id],
      )
    },
  )

  implement(app, services, 'getFulfillment', endpoints.getFulfillment, async (ctx, { params }) =>
    viewFulfillment(ctx, await readableFulfillment(ctx, ctx.db, params.fulfillmentId)),
  )

  implement(app, services, 'markPrepared', endpoints.markPrepared, (ctx, { params }) =>
    command(ctx, async (tx) => viewFulfillment(ctx, await markReady(ctx, tx, params.fulfillmentId))),
  )
  implement(app, services, 'undoPrepared', endpoints.undoPrepared, (ctx, { params }) =>
    command(ctx, async (tx) => viewFulfillment(ctx, await undoReady(ctx, tx, params.fulfillmentId))),
  )
  implement(app, services, 'handOver', endpoints.handOver, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const collectedBy = body.collectedBy ?? null
      return viewFulfillment(ctx, await handOver(ctx, tx, params.fulfillmentId, body.pickupCode, collectedBy))
    }),
  )
  implement(app, services, 'ship', endpoints.ship, (ctx, { params, body }) =>
    command(ctx, async (tx) => viewFulfillment(ctx, await ship(ctx, tx, params.fulfillmentId, body))),
  )

  implement(app, services, 'getToday', endpoints.getToday, (ctx, { query }) => readToday(ctx, query.siteId))
}
