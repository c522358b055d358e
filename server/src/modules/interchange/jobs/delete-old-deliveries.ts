import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { deleteDeliveriesBefore } from '../queries/deliveries.ts'

const dayMs = 86_400_000

/** Every night: deliveries that are over are listed for `WEBHOOK_KEPT_DAYS`, then deleted. The events themselves stay. */
export const deleteOldDeliveries = job({
  name: 'interchange.delete-old-deliveries',
  payload: z.strictObject({}),
  schedule: '47 3 * * *',
  async run(ctx) {
    await deleteDeliveriesBefore(ctx.db, new Date(ctx.clock.now().getTime() - ctx.config.webhookKeptDays * dayMs))
  },
})
