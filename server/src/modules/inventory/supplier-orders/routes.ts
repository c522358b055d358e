import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { placesOf } from '../actors-places.ts'
import { companyDay } from '../domain/company-day.ts'
import { selectOrders } from '../queries/supplier-orders.ts'
import { nameOfSender } from '../../../kernel/ubl/ubl-order.ts'
import { receiveAnswer, supplierOrderAsUbl } from './answer-order.ts'
import { readSupplierOrder, summaryOf } from './read-order.ts'
import { saveSupplier } from './save-supplier.ts'
import { receiveDelivery } from './receive-delivery.ts'
import { rewriteSupplierOrder, writeSupplierOrder } from './save-order.ts'
import { cancelSupplierOrder, sendSupplierOrder } from './send-order.ts'
import { undoReceipt } from './undo-receipt.ts'

/** Orders to suppliers and what is received of them. */
export const supplierOrderRoutes: Routes = (app, services) => {
  implement(app, services, 'listSupplierOrders', endpoints.listSupplierOrders, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await selectOrders(ctx.db, { ...query, placeIds: await placesOf(ctx), beforeId: before?.[0] })
    const today = companyDay(ctx.clock.now())
    return pageOf(
      rows,
      query.limit,
      (row) => summaryOf(row, today),
      (row) => [row.id],
    )
  })

  implement(app, services, 'getSupplierOrder', endpoints.getSupplierOrder, (ctx, { params }) =>
    readSupplierOrder(ctx, ctx.db, params.supplierOrderId),
  )

  implement(app, services, 'createSupplierOrder', endpoints.createSupplierOrder, (ctx, { body }) =>
    command(ctx, async (tx) => readSupplierOrder(ctx, tx, await writeSupplierOrder(ctx, tx, body))),
  )

  implement(app, services, 'updateSupplierOrder', endpoints.updateSupplierOrder, (ctx, { params, body }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => rewriteSupplierOrder(ctx, tx, id, body)),
  )

  implement(app, services, 'sendSupplierOrder', endpoints.sendSupplierOrder, (ctx, { params }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => sendSupplierOrder(ctx, tx, id)),
  )

  implement(app, services, 'putSupplier', endpoints.putSupplier, (ctx, { params, body }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => saveSupplier(ctx, tx, id, body)),
  )

  implement(
    app,
    services,
    'getSupplierOrderAsUbl',
    endpoints.getSupplierOrderAsUbl,
    async (ctx, { params }, { reply }) => {
      const xml = await supplierOrderAsUbl(ctx, ctx.db, params.supplierOrderId, nameOfSender(ctx.config.mailFrom))
      return reply.type('application/xml; charset=utf-8').header('cache-control', 'private, no-store').send(xml)
    },
  )

  implement(app, services, 'receiveSupplierAnswer', endpoints.receiveSupplierAnswer, (ctx, { params, body }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => receiveAnswer(ctx, tx, id, body.xml)),
  )

  implement(app, services, 'cancelSupplierOrder', endpoints.cancelSupplierOrder, (ctx, { params }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => cancelSupplierOrder(ctx, tx, id)),
  )

  implement(app, services, 'receiveSupplierOrder', endpoints.receiveSupplierOrder, (ctx, { params, body }) =>
    acted(ctx, params.supplierOrderId, (tx, id) => receiveDelivery(ctx, tx, id, body)),
  )

  implement(app, services, 'undoReceipt', endpoints.undoReceipt, (ctx, { params }) =>
    command(ctx, async (tx) => readSupplierOrder(ctx, tx, await undoReceipt(ctx, tx, params.receiptId))),
  )
}

/** Does something with an order in one transaction, and answers the order as it is then. */
function acted(ctx: Ctx, id: string, act: (tx: Tx, id: string) => Promise<void>) {
  return command(ctx, async (tx) => {
    await act(tx, id)
    return readSupplierOrder(ctx, tx, id)
  })
}
