import { z } from 'zod'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { job } from '../../../kernel/jobs.ts'
import { silenceMs } from './compute.ts'
import { abandoned, type Kept } from './queries/computations.ts'

/** Every minute: computations whose server died, and whose job the queue therefore still takes for running, are begun again. */
export function resume(name: string, kept: Kept, begin: (tx: Tx, id: string) => Promise<void>) {
  return job({
    name,
    payload: z.object({}),
    schedule: '* * * * *',
    async run(ctx) {
      const silentSince = new Date(ctx.clock.now().getTime() - silenceMs)
      for (const { id } of await abandoned(ctx.db, kept, silentSince))
        await inTransaction(ctx.db, (tx) => begin(tx, id))
    },
  })
}
