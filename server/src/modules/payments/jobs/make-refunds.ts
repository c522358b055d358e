import { job, type Job } from '../../../kernel/jobs.ts'
import type { PaymentProvider } from '../providers/provider.ts'
import { makeRefunds } from '../settle-payments.ts'
import { makeRefundsName } from './names.ts'

/** Every minute, and as soon as a refund is asked for. */
export function createMakeRefunds(provider: PaymentProvider): Job {
  return job({ ...makeRefundsName, schedule: '* * * * *', run: async (ctx) => void (await makeRefunds(ctx, provider)) })
}
