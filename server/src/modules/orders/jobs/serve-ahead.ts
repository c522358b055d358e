import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { serveAhead } from '../advance/serve-ahead.ts'

/** A day of release comes, or a day passes on which something should have come: every hour. */
export const serveAheadHourly: Job = job({
  name: 'orders.serve-ahead',
  payload: z.object({}),
  schedule: '7 * * * *',
  async run(ctx) {
    await inTransaction(ctx.db, (tx) => serveAhead(ctx, tx, null))
    ctx.wakeRelay()
  },
})
