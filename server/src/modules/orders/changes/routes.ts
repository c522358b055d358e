import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { changeOrder, priceChange, type ChangingDeps } from './change-order.ts'
import { viewChangeable } from './changeable.ts'
import { confirmChange, payChange, withdrawChange } from './pay-change.ts'
import { readChangeLink, showChangeLink, type ChangePage } from './pay-link.ts'

/** Changes of orders before they are prepared, by their customers and by staff. */
export const orderChangeRoutes =
  (deps: ChangingDeps & { readonly changePage: ChangePage }): Routes =>
  (app, services) => {
    implement(app, services, 'getChangeable', endpoints.getChangeable, (ctx, { params, query }) =>
      viewChangeable(ctx, deps, params.orderId, query.token),
    )
    implement(app, services, 'priceChange', endpoints.priceChange, (ctx, { params, body }) =>
      priceChange(deps, ctx, params.orderId, body),
    )
    implement(app, services, 'changeOrder', endpoints.changeOrder, (ctx, { params, body }) =>
      changeOrder(deps, ctx, params.orderId, body),
    )
    implement(app, services, 'payChange', endpoints.payChange, (ctx, { params, body }) =>
      payChange(deps, ctx, params, body),
    )
    implement(app, services, 'getChangeLink', endpoints.getChangeLink, (ctx, { params }) => readChangeLink(ctx, params))
    implement(app, services, 'showChangeLink', endpoints.showChangeLink, (ctx, { params }) =>
      inTransaction(ctx.db, (tx) => showChangeLink(ctx, tx, deps.changePage, params)),
    )
    implement(app, services, 'confirmChange', endpoints.confirmChange, (ctx, { params, body }) =>
      confirmChange(deps, ctx, params, body.token),
    )
    implement(app, services, 'withdrawChange', endpoints.withdrawChange, (ctx, { params, body }) =>
      withdrawChange(deps, ctx, params, body.token),
    )
  }
