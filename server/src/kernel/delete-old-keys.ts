import sql from 'sql-template-tag'
import { z } from 'zod'
import { execute } from './db.ts'
import { job } from './jobs.ts'

/** How long a request may be repeated and still get its first answer. */
const keptDays = 30

/** Deletes idempotency keys nobody repeats any more: an answer may hold personal data. */
export const deleteOldKeys = job({
  name: 'kernel.delete-old-keys',
  payload: z.strictObject({}),
  schedule: '40 3 * * *',
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - keptDays * 86_400_000)
    await execute(ctx.db, sql`delete from kernel.idempotency_key where created_at < ${before}`)
  },
})
