import { segmentEndpoints as endpoints } from '@ecluse/contracts/segments.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { countOf, countInOrder, selectChanges, selectMembers, selectSegments } from './queries/segments.ts'
import { exportMembers } from './export-members.ts'
import { segmentView } from './segment-view.ts'
import { createSegment, deleteSegment, readSegment, updateSegment } from './write-segment.ts'

/** Segments of customers, who is in them, and who came and left. */
export const segmentRoutes: Routes = (app, services) => {
  writing(app, services)

  implement(app, services, 'listSegments', endpoints.listSegments, async (ctx) => ({
    // In the order people look for them: PostgreSQL would put an accent after z.
    items: (await selectSegments(ctx.db)).map(segmentView).toSorted((a, b) => a.name.localeCompare(b.name, ctx.locale)),
  }))

  implement(app, services, 'countSegment', endpoints.countSegment, (ctx, { body }) =>
    inTransaction(ctx.db, async (tx) => {
      await countInOrder(tx)
      return countOf(tx, body.rule, ctx.clock.now())
    }),
  )

  implement(app, services, 'getSegment', endpoints.getSegment, (ctx, { params }) =>
    readSegment(ctx.db, params.segmentId),
  )

  implement(app, services, 'listSegmentMembers', endpoints.listSegmentMembers, async (ctx, { params, query }) => {
    const { segmentId } = params
    await readSegment(ctx.db, segmentId)
    const after = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await selectMembers(ctx.db, { segmentId, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ party_id, name, email, since }) => ({ customerId: party_id, name, email, since: since.toISOString() }),
      (row) => [row.party_id],
    )
  })

  implement(app, services, 'exportSegment', endpoints.exportSegment, async (ctx, { params }, { reply }) => {
    const { id } = await readSegment(ctx.db, params.segmentId)
    const day = ctx.clock.now().toISOString().slice(0, 10)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="segment-${day}.csv"`)
      .send(exportMembers(ctx, id))
  })

  implement(app, services, 'listSegmentChanges', endpoints.listSegmentChanges, async (ctx, { params, query }) => {
    const { segmentId } = params
    await readSegment(ctx.db, segmentId)
    const after = decodeCursor(query.cursor, [cursorPatterns.instant, cursorPatterns.uuid])
    const rows = await selectChanges(ctx.db, { segmentId, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ id, party_id, name, entered, at }) => ({ id, customerId: party_id, name, entered, at: at.toISOString() }),
      (row) => [row.at, row.id],
    )
  })
}

const writing: Routes = (app, services) => {
  implement(app, services, 'createSegment', endpoints.createSegment, (ctx, { body }) =>
    command(ctx, (tx) => createSegment(ctx, tx, body)),
  )

  implement(app, services, 'updateSegment', endpoints.updateSegment, (ctx, { params, body }) =>
    command(ctx, (tx) => updateSegment(ctx, tx, params.segmentId, body)),
  )

  implement(app, services, 'deleteSegment', endpoints.deleteSegment, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteSegment(tx, params.segmentId))
    return undefined
  })
}
