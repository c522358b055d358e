import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { ownParty } from '../../channels/public.ts'
import { companyActor } from '../../customers/public.ts'
import { nameOfSender, writeUblOrder } from '../../../kernel/ubl/ubl-order.ts'
import type { PlacementDeps } from '../place-order.ts'
import { confirmUblOrder, orderAsUbl, receiveUblOrder, ublResponse, viewUblOrder } from './ubl-orders.ts'

/** Orders of companies as UBL documents, in and out. */
export const ublRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    const actorIn = (ctx: Ctx, db: Queryable, companyId: string) => companyActor(ctx, db, companyId, 'orders:read')

    implement(app, services, 'receiveUblOrder', endpoints.receiveUblOrder, (ctx, { params: { companyId }, body }) =>
      command(ctx, async (tx) => {
        const actor = await actorIn(ctx, tx, companyId)
        const id = await receiveUblOrder(ctx, tx, deps.model, companyId, body)
        return (await viewUblOrder(ctx, tx, deps.model, actor, id, body.locale)).view
      }),
    )
    implement(app, services, 'getUblOrder', endpoints.getUblOrder, async (ctx, { params, query }) => {
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      return (await viewUblOrder(ctx, ctx.db, deps.model, actor, params.ublOrderId, query.locale)).view
    })
    implement(app, services, 'confirmUblOrder', endpoints.confirmUblOrder, async (ctx, { params, body }) =>
      confirmUblOrder(deps, ctx, await actorIn(ctx, ctx.db, params.companyId), params.ublOrderId, body),
    )
    implement(app, services, 'getUblOrderResponse', endpoints.getUblOrderResponse, async (ctx, input, { reply }) => {
      const { params, query } = input
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      const xml = await ublResponse(ctx, deps.model, actor, params.ublOrderId, query.locale)
      return reply.type('application/xml; charset=utf-8').header('cache-control', 'private, no-store').send(xml)
    })
    implement(app, services, 'getOrderAsUbl', endpoints.getOrderAsUbl, async (ctx, { params }, { reply }) => {
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      const seller = nameOfSender(ctx.config.mailFrom)
      const xml = writeUblOrder(await orderAsUbl(ctx.db, actor, params.orderId, await ownParty(ctx.db, seller)))
      return reply.type('application/xml; charset=utf-8').header('cache-control', 'private, no-store').send(xml)
    })
  }
