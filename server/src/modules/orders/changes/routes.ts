import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import { readOrder } from '../read-order.ts'
import type { ChangeDesk } from './change-desk.ts'
import { changeOrder } from './change-order.ts'
import { viewChangeable } from './changeable.ts'

/** Changes of orders before they are prepared, by their customers and by staff. */
export const orderChangeRoutes =
  ({ provider, desk }: { provider: PaymentProvider; desk: ChangeDesk }): Routes =>
  (app, services) => {
    implement(app, services, 'getChangeable', endpoints.getChangeable, (ctx, { params, query }) =>
      viewChangeable(ctx, desk, params.orderId, query.token),
    )

    implement(app, services, 'changeOrder', endpoints.changeOrder, async (ctx, { params, body }) => {
      const voids: string[] = []
      const answer = await command(ctx, async (tx) => {
        const { voidPaymentIds } = await changeOrder(ctx, tx, desk, params.orderId, body)
        voids.splice(0, Infinity, ...voidPaymentIds)
        return readOrder(ctx, tx, params.orderId, body.token)
      })
      for (const paymentId of voids) await provider.void(paymentId)
      return answer
    })
  }
