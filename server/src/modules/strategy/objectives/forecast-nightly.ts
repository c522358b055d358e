import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { forecastOpenObjectives } from './forecast-objectives.ts'

/** Says anew each night how likely open objectives are, once the figures were recounted. */
export const forecastNightly = job({
  name: 'strategy.forecast-objectives',
  payload: z.object({}),
  schedule: '41 2 * * *',
  maxAttempts: 3,
  run: (ctx) => forecastOpenObjectives(ctx),
})
