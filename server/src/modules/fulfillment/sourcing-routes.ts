import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { trySourcing, type PlacementDeps } from '../orders/public.ts'
import { explainOrderSourcing } from './explain-sourcing.ts'
import { refuseLine } from './refuse-line.ts'
import { resolveLine } from './resolve-line.ts'
import { viewFulfillment } from './view-fulfillment.ts'

/** Why orders are served from where they are, what other rules would decide, and what happens when a place says no. */
export const orderSourcingRoutes =
  ({ model, provider }: Pick<PlacementDeps, 'model' | 'provider'>): Routes =>
  (app, services) => {
    implement(app, services, 'getOrderSourcing', endpoints.getOrderSourcing, (ctx, { params }) =>
      explainOrderSourcing(ctx, model, params.orderId),
    )
    implement(app, services, 'trySourcing', endpoints.trySourcing, (ctx, { body }) => trySourcing(ctx, model, body))

    implement(app, services, 'refuseLine', endpoints.refuseLine, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const { order, row, to, sourced } = await refuseLine(ctx, tx, model, params.fulfillmentId, body)
        return {
          outcome: to ? ('moved' as const) : ('unsourced' as const),
          placeId: to?.placeId ?? null,
          placeName: to?.placeName ?? null,
          promisedAt: (sourced.postponedTo ?? order.promised_at)?.toISOString() ?? null,
          promiseMoved: sourced.postponedTo !== null,
          fulfillment: viewFulfillment(ctx, row),
        }
      }),
    )

    implement(app, services, 'resolveLine', endpoints.resolveLine, async (ctx, { params, body }) => {
      const voids: string[] = []
      const answer = await command(ctx, async (tx) => {
        const { outcome, voidPaymentIds } = await resolveLine(ctx, tx, model, { ...params, ...body })
        voids.splice(0, Infinity, ...voidPaymentIds)
        return { outcome }
      })
      for (const paymentId of voids) await provider.void(paymentId)
      return answer
    })
  }
