import { salesVisitEndpoints as endpoints } from '@ecluse/contracts/sales-visits.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { openVisits } from './queries/visits.ts'
import { closeVisit, planVisit, viewVisits } from './work-visits.ts'

/** Visits of representatives: planned, listed by their day, and told of. */
export const salesVisitRoutes: Routes = (app, services) => {
  implement(app, services, 'listSalesVisits', endpoints.listSalesVisits, async (ctx, { query: { cursor, limit } }) => {
    const after = decodeCursor(cursor, [/^\d{4}-\d{2}-\d{2}$/, cursorPatterns.uuid])
    const rows = await openVisits(ctx.db, { after, limit: limit + 1 })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: await viewVisits(ctx, ctx.db, rows.slice(0, limit)),
      nextCursor: last ? encodeCursor([last.visit_on, last.id]) : null,
    }
  })

  implement(app, services, 'planSalesVisit', endpoints.planSalesVisit, (ctx, { params, body }) =>
    command(ctx, (tx) => planVisit(ctx, tx, params.customerId, body)),
  )

  implement(app, services, 'closeSalesVisit', endpoints.closeSalesVisit, (ctx, { params, body }) =>
    command(ctx, (tx) => closeVisit(ctx, tx, params, body)),
  )
}
