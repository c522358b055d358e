import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import type { ChangeDesk } from '../changes/change-desk.ts'
import { cancelPart } from './cancel-part.ts'

/** Parts of orders that go several ways. */
export const partRoutes =
  ({ provider, desk }: { provider: PaymentProvider; desk: ChangeDesk }): Routes =>
  (app, services) => {
    implement(app, services, 'cancelPart', endpoints.cancelPart, async (ctx, { params, body }) => {
      const voids: string[] = []
      await command(ctx, async (tx) => {
        voids.splice(0, Infinity, ...(await cancelPart(ctx, tx, desk, params, body)).voidPaymentIds)
        return null
      })
      for (const paymentId of voids) await provider.void(paymentId)
      return undefined
    })
  }
