import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { deleteMessagesBefore } from '../queries/messages.ts'

/** Messages are kept as long as the legal guarantee of conformity runs (Code de la consommation, L217-3: two years), plus one. */
const keptYears = 3

/** Deletes messages that are no longer needed as proof of what was told. */
export const deleteOldMessages = job({
  name: 'engagement.delete-old-messages',
  payload: z.strictObject({}),
  schedule: '37 3 * * *',
  async run(ctx) {
    const before = ctx.clock.now()
    before.setUTCFullYear(before.getUTCFullYear() - keptYears)
    await deleteMessagesBefore(ctx.db, before)
  },
})
