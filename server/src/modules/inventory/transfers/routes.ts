import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { placesOf } from '../actors-places.ts'
import { selectTransfers } from '../queries/transfers.ts'
import { receiveTransfer, rescheduleTransfer, sendTransfer } from './move-transfer.ts'
import { readTransfer, summaryOf } from './read-transfer.ts'
import { cancelTransfer, requestTransfer } from './request-transfer.ts'

/** Goods that go from one place to another. */
export const transferRoutes: Routes = (app, services) => {
  implement(app, services, 'listTransfers', endpoints.listTransfers, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await selectTransfers(ctx.db, { ...query, placeIds: await placesOf(ctx), beforeId: before?.[0] })
    return pageOf(rows, query.limit, summaryOf, (row) => [row.id])
  })

  implement(app, services, 'getTransfer', endpoints.getTransfer, (ctx, { params }) =>
    readTransfer(ctx, ctx.db, params.transferId),
  )

  implement(app, services, 'requestTransfer', endpoints.requestTransfer, (ctx, { body }) =>
    command(ctx, async (tx) => readTransfer(ctx, tx, await requestTransfer(ctx, tx, body))),
  )

  implement(app, services, 'sendTransfer', endpoints.sendTransfer, (ctx, { params, body }) =>
    acted(ctx, params.transferId, (tx, id) => sendTransfer(ctx, tx, id, body.lines, body.expectedOn)),
  )

  implement(app, services, 'receiveTransfer', endpoints.receiveTransfer, (ctx, { params, body }) =>
    acted(ctx, params.transferId, (tx, id) => receiveTransfer(ctx, tx, id, body.lines)),
  )

  implement(app, services, 'rescheduleTransfer', endpoints.rescheduleTransfer, (ctx, { params, body }) =>
    acted(ctx, params.transferId, (tx, id) => rescheduleTransfer(ctx, tx, id, body.expectedOn)),
  )

  implement(app, services, 'cancelTransfer', endpoints.cancelTransfer, (ctx, { params }) =>
    acted(ctx, params.transferId, (tx, id) => cancelTransfer(ctx, tx, id)),
  )
}

function acted(ctx: Ctx, id: string, act: (tx: Tx, id: string) => Promise<void>) {
  return command(ctx, async (tx) => {
    await act(tx, id)
    return readTransfer(ctx, tx, id)
  })
}
