import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { deleteReadsBefore } from '../queries/reads.ts'

/** Logs of access are kept six months to a year (CNIL, recommendation on logging of 14 October 2021). */
const keptDays = 365

/** Forgets who read whom when it is no longer needed to explain or to check it. */
export const forgetReads = job({
  name: 'customers.forget-reads',
  payload: z.strictObject({}),
  schedule: '17 4 * * *',
  async run(ctx) {
    await deleteReadsBefore(ctx.db, new Date(ctx.clock.now().getTime() - keptDays * 86_400_000))
  },
})
