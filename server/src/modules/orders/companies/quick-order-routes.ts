import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SavedList } from '@ecluse/contracts/quick-orders.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { companyActor } from '../../customers/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { addLines, deleteList, replaceList, savedLists } from '../queries/quick-orders.ts'
import { lockedLines, renewHold } from '../passes/hold-cart.ts'
import { viewCart } from '../view-cart.ts'
import { readQuickOrder } from './quick-order.ts'

/** Quick orders, and the lists they are made from. */
export const quickOrderRoutes =
  ({ model }: { readonly model: ReadModel }): Routes =>
  (app, services) => {
    const actorIn = (ctx: Ctx, db: Queryable, companyId: string) => companyActor(ctx, db, companyId, 'orders:read')

    implement(app, services, 'readQuickOrder', endpoints.readQuickOrder, async (ctx, { params, body }) => {
      const { company } = await actorIn(ctx, ctx.db, params.companyId)
      return readQuickOrder(ctx, ctx.db, model, company, body)
    })
    implement(app, services, 'addCartLines', endpoints.addCartLines, (ctx, { params: { cartId }, body }) =>
      command(ctx, async (tx) => {
        const cart = await viewCart(ctx, tx, model, cartId)
        if (cart.quote) throw refuse('orders.quote_fixed')
        const now = ctx.clock.now()
        const strange = body.lines.find(({ variantId }) => !model.sellable(cart.channelCode, variantId, now))
        if (strange) throw refuse('orders.not_sold', { variantId: strange.variantId })
        // What is put aside follows what is wanted, in the same moment.
        const held = cart.lines.some((line) => line.heldUntil !== null) ? await lockedLines(tx, cartId) : []
        if (!(await addLines(tx, cartId, body.lines, now))) throw refuse('orders.cart_not_found')
        if (held.length > 0) await renewHold(ctx, tx, model, cartId, held)
        return viewCart(ctx, tx, model, cartId)
      }),
    )
    implement(app, services, 'listSavedLists', endpoints.listSavedLists, async (ctx, { params: { companyId } }) => {
      await actorIn(ctx, ctx.db, companyId)
      return listsOf(ctx.db, companyId)
    })
    implement(app, services, 'saveList', endpoints.saveList, (ctx, { params: { companyId }, body }) =>
      command(ctx, async (tx) => {
        const actor = await actorIn(ctx, tx, companyId)
        const by = actor.as === 'member' ? actor.member.name : (actorLabel(ctx.actor) ?? '')
        await replaceList(tx, { id: ctx.ids.next(), companyId, by, ...body }, ctx.clock.now())
        return listsOf(tx, companyId)
      }),
    )
    implement(app, services, 'deleteSavedList', endpoints.deleteSavedList, (ctx, { params }) =>
      command(ctx, async (tx) => {
        await actorIn(ctx, tx, params.companyId)
        await deleteList(tx, params.companyId, params.listId)
        return listsOf(tx, params.companyId)
      }),
    )
  }

async function listsOf(db: Queryable, companyId: string): Promise<{ items: SavedList[] }> {
  const rows = await savedLists(db, companyId)
  return {
    items: rows.map(({ id, name, lines, created_by, updated_at }) => ({
      id,
      name,
      lines,
      createdBy: created_by,
      updatedAt: updated_at.toISOString(),
    })),
  }
}
