import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { deleteExpiredSessions } from '../queries/accounts.ts'
import { deleteOldAttempts } from '../queries/attempts.ts'

const dayMs = 24 * 3600 * 1000

/** Deletes sessions that are over and attempts nobody counts any more. */
export const sweepAccess = job({
  name: 'access.sweep',
  payload: z.strictObject({}),
  schedule: '17 3 * * *',
  async run(ctx) {
    const now = ctx.clock.now()
    await deleteExpiredSessions(ctx.db, now)
    await deleteOldAttempts(ctx.db, new Date(now.getTime() - dayMs))
  },
})
