import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { followFigures, recountFigures } from '../count-days.ts'

/** Brings figures up to date each minute. */
const followFiguresEachMinute = job({
  name: 'insights.follow-figures',
  payload: z.object({}),
  schedule: '* * * * *',
  maxAttempts: 3,
  run: (ctx) => followFigures(ctx),
})

/** Counts everything anew each night, which must find what stands there. */
const recountFiguresNightly = job({
  name: 'insights.recount-figures',
  payload: z.object({}),
  schedule: '11 1 * * *',
  maxAttempts: 3,
  run: async (ctx) => void (await recountFigures(ctx)),
})

/** What keeps the figures. */
export const insightJobs = [followFiguresEachMinute, recountFiguresNightly] as const
