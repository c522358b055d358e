import { z } from 'zod'
import { job, type Job } from '../../../kernel/jobs.ts'
import { followTime } from '../follow-time.ts'

/** Each hour: points whose orders are certain become active, those whose time is over end, tiers whose period is over are looked at. */
export const keepPoints: Job = job({
  name: 'loyalty.keep-points',
  payload: z.object({}),
  schedule: '2 * * * *',
  run: followTime,
})
