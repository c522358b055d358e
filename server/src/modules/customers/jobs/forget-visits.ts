import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job } from '../../../kernel/jobs.ts'
import { deleteForgottenDevices, deleteVisitsBefore } from '../queries/visits.ts'

/** What a tracker gathered is kept no longer than 25 months (CNIL, guidelines on cookies and other trackers, 2020). */
const keptMonths = 25

/** Forgets what was looked at in the online shop, and devices of which nothing is left. */
export const forgetVisits = job({
  name: 'customers.forget-visits',
  payload: z.strictObject({}),
  schedule: '27 4 * * *',
  async run(ctx) {
    const before = ctx.clock.now()
    before.setUTCMonth(before.getUTCMonth() - keptMonths)
    await deleteVisitsBefore(ctx.db, before)
    await inTransaction(ctx.db, (tx) => deleteForgottenDevices(tx, before))
  },
})
