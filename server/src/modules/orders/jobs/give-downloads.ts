import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { giveDownloads } from '../downloads/give-downloads.ts'
import { ordersWithFilesDue } from '../queries/downloads.ts'

/** The time to withdraw is over for some who did not ask for their files at once: they are given. */
export const giveDueDownloads: Job = job({
  name: 'orders.give-downloads',
  payload: z.object({}),
  schedule: '*/10 * * * *',
  async run(ctx) {
    for (const orderId of await ordersWithFilesDue(ctx.db, ctx.clock.now(), 500))
      await inTransaction(ctx.db, (tx) => giveDownloads(ctx, tx, orderId))
    ctx.wakeRelay()
  },
})
