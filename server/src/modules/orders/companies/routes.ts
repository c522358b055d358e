import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { companyActor, type CompanyActor } from '../../customers/public.ts'
import { deleteCredit, upsertCredit } from '../../payments/public.ts'
import type { PlacementDeps } from '../place-order.ts'
import { listCompanyOrderRows, type ListedCompanyOrder } from '../queries/company-orders.ts'
import { ordersByIds } from '../queries/list.ts'
import { listRequestRows, requestsForStaff } from '../queries/purchase-requests.ts'
import { summaryOf } from '../read-order.ts'
import { buyForCompany } from './buy-for-company.ts'
import { agedBalances, owedOrders, recordTransfer, setCredit, viewCredit } from './credit.ts'
import { decideRequest, placeIfPossible, placeRequest, withdrawRequest } from './decide-request.ts'
import { previewPurchase } from './preview-purchase.ts'
import { showPrices } from './show-prices.ts'
import { requestSummary, seesAll, viewRequest } from './view-request.ts'

const listPosition = [cursorPatterns.instant, cursorPatterns.uuid] as const

/** Who acts on a company's purchases: its members and keys, and staff who see orders. */
const actorIn = (ctx: Ctx, db: Queryable, companyId: string) => companyActor(ctx, db, companyId, 'orders:read')

/** Buyers see what is theirs; the others all. */
const ownOf = (actor: CompanyActor): string | null => (seesAll(actor) || actor.as !== 'member' ? null : actor.member.id)

/** Purchases of companies, their approval, and credit. */
export const companyOrderRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    purchaseRoutes(deps)(app, services)
    requestRoutes(deps)(app, services)
    creditRoutes(app, services)
  }

const purchaseRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    implement(app, services, 'previewCompanyOrder', endpoints.previewCompanyOrder, (ctx, { params, body }) =>
      previewPurchase(ctx, deps, params.companyId, body),
    )
    implement(app, services, 'getCompanyPrices', endpoints.getCompanyPrices, async (ctx, input, { reply }) => {
      const { company } = await actorIn(ctx, ctx.db, input.params.companyId)
      // Nobody else may be shown these, whatever lies between.
      reply.header('cache-control', 'private, no-store')
      return { items: await showPrices(ctx, deps.model, company, input.body) }
    })
    implement(app, services, 'placeCompanyOrder', endpoints.placeCompanyOrder, (ctx, { params, body }) =>
      buyForCompany(deps, ctx, params.companyId, body),
    )
    implement(app, services, 'listCompanyOrders', endpoints.listCompanyOrders, async (ctx, { params, query }) => {
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      const before = decodeCursor(query.cursor, listPosition)
      const rows = await listCompanyOrderRows(ctx.db, {
        companyId: params.companyId,
        memberId: ownOf(actor),
        before: before ? { placedAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
        limit: query.limit,
      })
      const orders = new Map(
        (
          await ordersByIds(
            ctx.db,
            rows.map((row) => row.order_id),
          )
        ).map((order) => [order.id, summaryOf(order)]),
      )
      const view = (row: ListedCompanyOrder) => {
        const summary = orders.get(row.order_id)
        if (!summary) throw refuse('orders.not_found')
        return {
          ...summary,
          siteId: row.site_id,
          companySiteName: row.site_name,
          buyerName: row.buyer_name,
          purchaseReference: row.purchase_reference,
          dueOn: row.due_on,
          accessToken: row.access_token,
        }
      }
      return pageOf(rows, query.limit, view, (row) => [row.placed_at, row.order_id])
    })
  }

const requestRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    implement(app, services, 'listPurchaseRequests', endpoints.listPurchaseRequests, async (ctx, { params, query }) => {
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      const before = decodeCursor(query.cursor, listPosition)
      const rows = await listRequestRows(ctx.db, {
        companyId: params.companyId,
        memberId: ownOf(actor),
        state: query.state,
        before: before ? { createdAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
        limit: query.limit,
      })
      return pageOf(rows, query.limit, requestSummary, (row) => [row.created_at, row.id])
    })
    implement(app, services, 'listRequestsForStaff', endpoints.listRequestsForStaff, async (ctx) => ({
      items: (await requestsForStaff(ctx.db)).map(requestSummary),
    }))
    implement(app, services, 'getPurchaseRequest', endpoints.getPurchaseRequest, async (ctx, { params }) =>
      viewRequest(ctx, ctx.db, deps.model, await actorIn(ctx, ctx.db, params.companyId), params.requestId),
    )
    implement(
      app,
      services,
      'decidePurchaseRequest',
      endpoints.decidePurchaseRequest,
      async (ctx, { params, body }) => {
        const { companyId, requestId } = params
        const decided = await command(ctx, async (tx) => {
          const actor = await actorIn(ctx, tx, companyId)
          await decideRequest(ctx, tx, actor, requestId, body)
          return viewRequest(ctx, tx, deps.model, actor, requestId)
        })
        if (decided.state !== 'approved' || decided.payment !== 'on_account') return decided
        await placeIfPossible(deps, ctx, requestId)
        return viewRequest(ctx, ctx.db, deps.model, await actorIn(ctx, ctx.db, companyId), requestId)
      },
    )
    implement(app, services, 'withdrawPurchaseRequest', endpoints.withdrawPurchaseRequest, (ctx, { params }) =>
      command(ctx, async (tx) => {
        const actor = await actorIn(ctx, tx, params.companyId)
        await withdrawRequest(ctx, tx, actor, params.requestId)
        return viewRequest(ctx, tx, deps.model, actor, params.requestId)
      }),
    )
    implement(app, services, 'orderPurchaseRequest', endpoints.orderPurchaseRequest, async (ctx, { params, body }) => {
      const actor = await actorIn(ctx, ctx.db, params.companyId)
      const request = await viewRequest(ctx, ctx.db, deps.model, actor, params.requestId)
      if (!request.may.order) throw refuse('orders.request_state', { state: request.state })
      return placeRequest(deps, ctx, params.requestId, body.payment)
    })
  }

const creditRoutes: Routes = (app, services) => {
  /** A company's credit is for its approvers and administrators, its keys, and staff. */
  const creditActor = async (ctx: Ctx, companyId: string) => {
    const actor = await actorIn(ctx, ctx.db, companyId)
    if (!seesAll(actor)) throw refuse('customers.company_role')
  }
  implement(app, services, 'getCompanyCredit', endpoints.getCompanyCredit, async (ctx, { params: { companyId } }) => {
    await creditActor(ctx, companyId)
    return viewCredit(ctx, ctx.db, companyId)
  })
  implement(app, services, 'putCompanyCredit', endpoints.putCompanyCredit, (ctx, { params: { companyId }, body }) =>
    command(ctx, async (tx) => {
      await companyActor(ctx, tx, companyId, 'credit:write')
      const { account } = body
      if (!account) await deleteCredit(tx, companyId)
      else
        await upsertCredit(
          tx,
          {
            party_id: companyId,
            terms: account.terms,
            limit_minor: account.limitMinor === null ? null : BigInt(account.limitMinor),
            over_limit: account.overLimit,
            block_after_days: account.blockAfterDays,
            blocked: account.blocked,
          },
          ctx.clock.now(),
        )
      await setCredit(tx, companyId)
      return viewCredit(ctx, tx, companyId)
    }),
  )
  implement(app, services, 'listOwedOrders', endpoints.listOwedOrders, async (ctx, { params: { companyId } }) => {
    await creditActor(ctx, companyId)
    return { items: await owedOrders(ctx, ctx.db, companyId) }
  })
  implement(app, services, 'recordTransfer', endpoints.recordTransfer, (ctx, { params: { companyId }, body }) =>
    command(ctx, async (tx) => {
      await companyActor(ctx, tx, companyId, 'credit:write')
      await recordTransfer(ctx, tx, companyId, body)
      return viewCredit(ctx, tx, companyId)
    }),
  )
  implement(app, services, 'listAgedBalances', endpoints.listAgedBalances, (ctx) => agedBalances(ctx, ctx.db))
}
