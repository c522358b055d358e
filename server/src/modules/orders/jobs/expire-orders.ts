import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import { deleteOldCarts } from '../queries/carts.ts'
import { expireOrders, settleOrder } from '../settle-order.ts'

const expireName = { name: 'orders.expire', payload: z.object({}), maxAttempts: 25 }
const settleName = { name: 'orders.settle', payload: z.object({ orderId: z.string() }), maxAttempts: 25 }

/** Frees the stock of orders not paid in time: at the minute, and at the moment each one's time is over. */
export function createExpireOrders(provider: PaymentProvider): Job {
  return job({ ...expireName, schedule: '* * * * *', run: async (ctx) => void (await expireOrders(ctx, provider)) })
}

/** Asks the bank again about an order it had not answered for. */
export function createSettleOrder(provider: PaymentProvider): Job {
  return job({
    ...settleName,
    run: async (ctx, { orderId }) => void (await settleOrder(ctx, provider, orderId)),
  })
}

const cartDays = 30

/** Deletes carts nobody touched for a month, as the privacy page of the shop says. */
export const deleteCarts: Job = job({
  name: 'orders.delete-carts',
  payload: z.object({}),
  schedule: '15 3 * * *',
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - cartDays * 86_400_000)
    await inTransaction(ctx.db, (tx) => deleteOldCarts(tx, before))
  },
})

/** An order holds stock: its end, and a question to the bank meanwhile, are put in the diary. */
export const scheduleSettlement: Subscriber = {
  name: 'orders.schedule-settlement',
  types: ['orders.order_reserved'],
  async handle(_ctx, tx, events) {
    for (const event of events) {
      const occurred = event.occurredAt.getTime()
      await enqueue(
        tx,
        settleName,
        { orderId: event.aggregateId },
        { key: `settle ${event.aggregateId}`, runAt: new Date(occurred + 8_000) },
      )
      const expiresAt = event.payload['expiresAt']
      if (typeof expiresAt === 'string')
        await enqueue(
          tx,
          expireName,
          {},
          { key: `expire ${event.aggregateId}`, runAt: new Date(Date.parse(expiresAt) + 500) },
        )
    }
  },
}
