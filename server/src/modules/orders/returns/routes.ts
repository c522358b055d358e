import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { sitesOf } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { qrSvg } from '../../../kernel/qr.ts'
import type { ReadModel } from '../../offers/public.ts'
import type { ChangeDesk } from '../changes/change-desk.ts'
import { listRequestRows } from '../queries/returns.ts'
import { askReturn } from './ask-return.ts'
import { exchangeArticles, priceExchange } from './exchange-articles.ts'
import { cancelReturn, inspectReturn, receiveReturn } from './inspect-return.ts'
import { returnArticles } from './return-articles.ts'
import { findReturn, viewRequest, viewReturn, viewReturnable, type ReturnLabels } from './view-return.ts'

/** Returns: taken back at once, or asked for, received, inspected and decided. */
export const returnRoutes =
  ({ model, labels, desk }: { model: ReadModel; labels: ReturnLabels; desk: Pick<ChangeDesk, 'follow'> }): Routes =>
  (app, services) => {
    implement(app, services, 'createReturn', endpoints.createReturn, (ctx, { params, body }) =>
      command(ctx, (tx) => returnArticles(ctx, tx, model, params.orderId, body)),
    )

    implement(app, services, 'priceExchange', endpoints.priceExchange, (ctx, { params, body }) =>
      inTransaction(ctx.db, (tx) => priceExchange(ctx, tx, model, params.orderId, body)),
    )

    implement(app, services, 'exchangeArticles', endpoints.exchangeArticles, (ctx, { params, body }) =>
      command(ctx, (tx) => exchangeArticles(ctx, tx, model, params.orderId, body)),
    )

    implement(app, services, 'getReturnable', endpoints.getReturnable, (ctx, { params, query }) =>
      viewReturnable(ctx, model, params.orderId, query.token),
    )

    implement(app, services, 'askReturn', endpoints.askReturn, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const returnId = await askReturn(ctx, tx, model, params.orderId, body)
        return viewReturn(ctx, tx, labels, returnId, body.token)
      }),
    )

    implement(app, services, 'getReturn', endpoints.getReturn, (ctx, { params, query }) =>
      viewReturn(ctx, ctx.db, labels, params.returnId, query.token),
    )

    implement(app, services, 'getReturnQr', endpoints.getReturnQr, async (ctx, { params, query }, { reply }) => {
      const { row } = await findReturn(ctx, ctx.db, params.returnId, query.token)
      const drawing = await qrSvg(row.number)
      return reply.type('image/svg+xml').header('cache-control', 'private, max-age=3600').send(drawing)
    })

    implement(app, services, 'listReturns', endpoints.listReturns, async (ctx, { query }) => {
      const before = decodeCursor(query.cursor, [cursorPatterns.instant, cursorPatterns.uuid])
      const rows = await listRequestRows(ctx.db, {
        ...query,
        siteIds: sitesOf(ctx.actor),
        before: before ? { at: before[0] ?? '', id: before[1] ?? '' } : undefined,
      })
      return pageOf(rows, query.limit, viewRequest, (row) => [row.asked_at, row.id])
    })

    implement(app, services, 'receiveReturn', endpoints.receiveReturn, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await receiveReturn(ctx, tx, model, params.returnId, body.siteId)
        return viewReturn(ctx, tx, labels, params.returnId, undefined)
      }),
    )

    implement(app, services, 'inspectReturn', endpoints.inspectReturn, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await inspectReturn(ctx, tx, { model, desk }, params.returnId, body)
        return viewReturn(ctx, tx, labels, params.returnId, undefined)
      }),
    )

    implement(app, services, 'cancelReturn', endpoints.cancelReturn, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const { asker } = await findReturn(ctx, tx, params.returnId, body.token)
        await cancelReturn(ctx, tx, params.returnId, asker)
        return viewReturn(ctx, tx, labels, params.returnId, body.token)
      }),
    )
  }
