import { z } from 'zod'
import { job, type Job } from '../../../kernel/jobs.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import { expirePickups, remindOfPickups } from '../expire-pickups.ts'

/** Reminds of what lies ready, and ends what nobody fetched: each hour of the day, when people read their messages. */
export function createKeepPickups(provider: PaymentProvider): Job {
  return job({
    name: 'fulfillment.keep-pickups',
    payload: z.object({}),
    schedule: '10 7-18 * * *',
    async run(ctx) {
      await remindOfPickups(ctx)
      await expirePickups(ctx, provider)
    },
  })
}
