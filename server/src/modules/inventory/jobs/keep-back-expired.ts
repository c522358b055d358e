import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { keepBackExpired } from '../lots/keep-back.ts'

/** Takes what may no longer be sold off the shelves: a little after midnight in France, and each hour after, if one was missed. */
export const keepExpiredBack = job({
  name: 'inventory.keep-expired-back',
  payload: z.object({}),
  schedule: '5 * * * *',
  run: async (ctx) => {
    await keepBackExpired(ctx)
  },
})
