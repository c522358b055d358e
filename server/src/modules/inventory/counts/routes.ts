import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { placesOf } from '../actors-places.ts'
import { selectCounts } from '../queries/counts.ts'
import { openCount } from './open-count.ts'
import { postCount } from './post-count.ts'
import { readCount, summaryOf } from './read-count.ts'
import { cancelCount, finishCount, recordCountLines } from './record-lines.ts'

/** Counts of stock. */
export const countRoutes: Routes = (app, services) => {
  implement(app, services, 'listStockCounts', endpoints.listStockCounts, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await selectCounts(ctx.db, {
      ...query,
      locale: ctx.locale,
      placeIds: await placesOf(ctx),
      beforeId: before?.[0],
    })
    return pageOf(rows, query.limit, summaryOf, (row) => [row.id])
  })

  implement(app, services, 'getStockCount', endpoints.getStockCount, (ctx, { params }) =>
    readCount(ctx, ctx.db, params.countId),
  )

  implement(app, services, 'openStockCount', endpoints.openStockCount, (ctx, { body }) =>
    command(ctx, async (tx) => readCount(ctx, tx, await openCount(ctx, tx, body))),
  )

  implement(app, services, 'recordCountLines', endpoints.recordCountLines, (ctx, { params, body }) =>
    acted(ctx, params.countId, (tx, id) => recordCountLines(ctx, tx, id, body.lines)),
  )

  implement(app, services, 'finishStockCount', endpoints.finishStockCount, (ctx, { params, body }) =>
    acted(ctx, params.countId, (tx, id) => finishCount(ctx, tx, id, body.uncountedAreZero)),
  )

  implement(app, services, 'postStockCount', endpoints.postStockCount, (ctx, { params, body }) =>
    acted(ctx, params.countId, (tx, id) => postCount(ctx, tx, id, body.reasons)),
  )

  implement(app, services, 'cancelStockCount', endpoints.cancelStockCount, (ctx, { params }) =>
    acted(ctx, params.countId, (tx, id) => cancelCount(ctx, tx, id)),
  )
}

function acted(ctx: Ctx, id: string, act: (tx: Tx, id: string) => Promise<void>) {
  return command(ctx, async (tx) => {
    await act(tx, id)
    return readCount(ctx, tx, id)
  })
}
