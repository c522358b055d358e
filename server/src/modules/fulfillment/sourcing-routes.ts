import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import type { ReadModel } from '../offers/public.ts'
import { trySourcing } from '../orders/public.ts'
import { explainOrderSourcing } from './explain-sourcing.ts'

/** Why orders are served from where they are, and what other rules would decide. */
export const orderSourcingRoutes =
  ({ model }: { readonly model: ReadModel }): Routes =>
  (app, services) => {
    implement(app, services, 'getOrderSourcing', endpoints.getOrderSourcing, (ctx, { params }) =>
      explainOrderSourcing(ctx, model, params.orderId),
    )
    implement(app, services, 'trySourcing', endpoints.trySourcing, (ctx, { body }) => trySourcing(ctx, model, body))
  }
