import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import type { PaymentProvider } from '../providers/provider.ts'
import { captureAuthorised } from '../settle-payments.ts'
import { captureName } from './names.ts'

/** Takes authorised money: as soon as an order is placed, and every minute for what was left behind. */
export function createCapturePayments(provider: PaymentProvider): Job {
  return job({
    ...captureName,
    schedule: '* * * * *',
    run: async (ctx) => void (await captureAuthorised(ctx, provider)),
  })
}

/** An order was placed, or changed for more: there is money to take. One waiting job serves all orders placed meanwhile. */
export const captureOnOrderPlaced: Subscriber = {
  name: 'payments.capture-on-order-placed',
  types: ['orders.order_placed', 'orders.order_changed'],
  async handle(_ctx, tx) {
    await enqueue(tx, captureName, {}, { key: captureName.name })
  },
}
