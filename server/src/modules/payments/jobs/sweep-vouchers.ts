import { z } from 'zod'
import { job, type Job } from '../../../kernel/jobs.ts'
import { sweepHolds } from '../vouchers.ts'

/** Looks after vouchers that were held for purchases. */
export const sweepVouchers: Job = job({
  name: 'payments.sweep-vouchers',
  payload: z.object({}),
  schedule: '*/5 * * * *',
  run: sweepHolds,
})
