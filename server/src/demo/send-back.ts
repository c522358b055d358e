import { changeDesk } from '../modules/fulfillment/public.ts'
import type { ReturnReason } from '@ecluse/contracts/returns.ts'
import { command } from '../kernel/command.ts'
import type { Ctx } from '../kernel/context.ts'
import { askReturn, inspectReturn, receiveReturn, selectOrder, selectOrderLines } from '../modules/orders/public.ts'
import type { DemoApplication } from './demo-host.ts'
import { settle, onceKey } from './demo-stage.ts'
import type { Shelves } from './draw-order.ts'
import type { FollowUp } from './follow-up.ts'
import { staffOf } from './staff-of.ts'

const dayMs = 86_400_000

type Sent = {
  readonly app: DemoApplication
  readonly shelves: Shelves
  readonly placed: { readonly orderId: string }
  readonly reason: ReturnReason
}

/** A parcel sent back: announced by its buyer, received at the warehouse a week later, looked at when there is time. */
export function sendBackLater(sent: Sent, at: number): FollowUp {
  const { app, placed, reason } = sent
  return {
    at,
    async act(ctx) {
      const order = await selectOrder(app.services.db, placed.orderId)
      const line = (await selectOrderLines(app.services.db, [placed.orderId])).find(
        (candidate) => candidate.fulfilled_quantity > candidate.returned_quantity,
      )
      if (!order || !line) return []
      const once = { ...ctx, idempotency: onceKey(`send-back-${order.id}`) }
      const returnId = await command(once, (tx) =>
        askReturn(once, tx, app.placement.model, order.id, {
          token: order.access_token,
          lines: [{ lineId: line.id, quantity: 1, reason }],
          exchange: [],
          locale: order.locale,
        }),
      )
      return [receiveLater(sent, returnId, line.id, ctx.clock.now().getTime() + 7 * dayMs)]
    },
  }
}

function receiveLater(sent: Sent, returnId: string, lineId: string, at: number): FollowUp {
  const { app } = sent
  return {
    at,
    async act(ctx) {
      const keeper = keeperOf(ctx)
      await command(keeper, (tx) => receiveReturn(keeper, tx, app.placement.model, returnId, warehouseOf(sent)))
      return [inspectLater(sent, returnId, lineId, ctx.clock.now().getTime() + 4.2 * dayMs)]
    },
  }
}

function inspectLater(sent: Sent, returnId: string, lineId: string, at: number): FollowUp {
  const { app, reason } = sent
  return {
    at,
    async act(ctx) {
      const keeper = keeperOf(ctx)
      const spoilt = reason === 'defective'
      await command(keeper, (tx) =>
        inspectReturn(keeper, tx, { model: app.placement.model, desk: changeDesk }, returnId, {
          siteId: warehouseOf(sent),
          lines: [
            {
              lineId,
              quantity: 1,
              condition: spoilt ? 'damaged' : 'as_new',
              disposition: spoilt ? 'supplier' : 'restock',
            },
          ],
        }),
      )
      await settle({ app: sent.app }, ['make-refunds'])
      return []
    },
  }
}

const keeperOf = (ctx: Ctx): Ctx => ({ ...ctx, actor: staffOf(null, 'Équipe de l’entrepôt') })
const warehouseOf = ({ shelves }: Sent): string => shelves.siteIdOf.get('entrepot') ?? ''
