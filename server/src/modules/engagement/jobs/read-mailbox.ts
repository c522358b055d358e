import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { readMailbox } from '../mailbox/read-mailbox.ts'

/** Reads reports and answers each minute, where a mailbox is set. */
export const readMailboxEachMinute = job({
  name: 'engagement.read-mailbox',
  payload: z.strictObject({}),
  schedule: '* * * * *',
  maxAttempts: 1,
  async run(ctx) {
    if (ctx.config.imapUrl !== null) await readMailbox(ctx, ctx.config.imapUrl)
  },
})
