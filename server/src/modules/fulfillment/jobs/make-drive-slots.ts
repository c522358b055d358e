import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { makeSlots } from '../drive/slots.ts'
import { selectDriveSites } from '../queries/drive.ts'

/** Makes the slots of drives for the days ahead: each hour, as a server need not be up at night. */
export const makeDriveSlots: Job = job({
  name: 'fulfillment.make-drive-slots',
  payload: z.object({}),
  schedule: '20 * * * *',
  async run(ctx) {
    for (const drive of await selectDriveSites(ctx.db)) await inTransaction(ctx.db, (tx) => makeSlots(ctx, tx, drive))
  },
})
