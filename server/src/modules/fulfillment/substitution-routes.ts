import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { toMoney } from '../../kernel/money.ts'
import type { OfferModel } from '../offers/public.ts'
import type { PlacementDeps } from '../orders/public.ts'
import { askSubstitute } from './ask-substitute.ts'
import { proposeSubstitutes, refuseSubstitute, substituteLine, type Settled } from './substitute-line.ts'
import { viewFulfillment } from './view-fulfillment.ts'

/** What happens when an article of a pick-up is missing: what may stand in, what does, and what its buyer says to it. */
export const substitutionRoutes =
  ({ model, provider }: Pick<PlacementDeps, 'provider'> & { model: OfferModel }): Routes =>
  (app, services) => {
    const lettingGo = async <T>(work: (voids: string[]) => Promise<T>): Promise<T> => {
      const voids: string[] = []
      const answer = await work(voids)
      for (const paymentId of voids) await provider.void(paymentId)
      return answer
    }
    const settle = (voids: string[], { refundMinor, currency, voidPaymentIds }: Settled) => {
      voids.splice(0, Infinity, ...voidPaymentIds)
      return toMoney(refundMinor, currency)
    }
    implement(app, services, 'listSubstitutes', endpoints.listSubstitutes, (ctx, { params }) =>
      proposeSubstitutes(ctx, model, params),
    )
    implement(app, services, 'substituteLine', endpoints.substituteLine, (ctx, { params, body }) =>
      lettingGo((voids) =>
        command(ctx, async (tx) => {
          const done = body.askToPay
            ? await askSubstitute(ctx, tx, model, params.fulfillmentId, body)
            : { ...(await substituteLine(ctx, tx, model, params.fulfillmentId, body)), changeId: null }
          const { outcome, row, changeId, voidPaymentIds } = done
          voids.splice(0, Infinity, ...voidPaymentIds)
          const refund = toMoney(done.refundMinor, done.currency)
          return { outcome, refund, changeId, fulfillment: viewFulfillment(ctx, row) }
        }),
      ),
    )
    implement(app, services, 'refuseSubstitute', endpoints.refuseSubstitute, (ctx, { params }) =>
      lettingGo((voids) =>
        command(ctx, async (tx) => {
          const done = await refuseSubstitute(ctx, tx, params.fulfillmentId, params.lineId)
          const refund = settle(voids, done)
          const outcome = done.outcome === 'order_cancelled' ? done.outcome : ('refunded' as const)
          return { outcome, refund, fulfillment: viewFulfillment(ctx, done.row) }
        }),
      ),
    )
  }
