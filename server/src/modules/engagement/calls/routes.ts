import { callEndpoints as endpoints } from '@ecluse/contracts/calls.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { askForCall } from './ask-for-call.ts'
import { selectCalls } from './queries/calls.ts'
import { addCall, addCallsOfSegment, closeCall, takeCall, viewCalls } from './work-calls.ts'

/** The call list, worked one call after the other. */
export const callRoutes: Routes = (app, services) => {
  implement(app, services, 'listCalls', endpoints.listCalls, async (ctx, { query: { cursor, limit } }) => {
    const after = decodeCursor(cursor, [/^(?:true|false)$/, cursorPatterns.instant, cursorPatterns.uuid])
    const rows = await selectCalls(ctx.db, { after, limit: limit + 1, now: ctx.clock.now() })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: await viewCalls(ctx, ctx.db, rows.slice(0, limit)),
      nextCursor: last ? encodeCursor([String(last.first_by === null), last.not_before, last.id]) : null,
    }
  })

  implement(app, services, 'askForCall', endpoints.askForCall, async (ctx, { body }, { request }) => {
    const answer = await inTransaction(ctx.db, (tx) => askForCall(ctx, tx, body, request.ip))
    ctx.wakeRelay()
    return answer
  })

  implement(app, services, 'addCall', endpoints.addCall, (ctx, { params, body }) =>
    command(ctx, (tx) => addCall(ctx, tx, params.customerId, body)),
  )

  implement(app, services, 'addCallsOfSegment', endpoints.addCallsOfSegment, (ctx, { params, body }) =>
    command(ctx, (tx) => addCallsOfSegment(ctx, tx, params.segmentId, body)),
  )

  implement(app, services, 'takeCall', endpoints.takeCall, (ctx, { params }) =>
    command(ctx, (tx) => takeCall(ctx, tx, params)),
  )

  implement(app, services, 'closeCall', endpoints.closeCall, (ctx, { params, body }) =>
    command(ctx, (tx) => closeCall(ctx, tx, params, body)),
  )
}
