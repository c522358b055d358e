import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { followFigures, recountFigures } from '../count-days.ts'
import { countPaths } from '../count-paths.ts'
import { pathsAt } from '../queries/paths.ts'

/** Brings figures up to date each minute. */
const followFiguresEachMinute = job({
  name: 'insights.follow-figures',
  payload: z.object({}),
  schedule: '* * * * *',
  maxAttempts: 3,
  run: async (ctx) => {
    await followFigures(ctx)
    // The first time nobody waits for the hour.
    if ((await pathsAt(ctx.db)) === null) await countPaths(ctx)
  },
})

/** Counts passages between channels, where people are lost and cohorts each hour. */
const countPathsHourly = job({
  name: 'insights.count-paths',
  payload: z.object({}),
  schedule: '23 * * * *',
  maxAttempts: 3,
  run: (ctx) => countPaths(ctx),
})

/** Counts everything anew each night, which must find what stands there. */
const recountFiguresNightly = job({
  name: 'insights.recount-figures',
  payload: z.object({}),
  schedule: '11 1 * * *',
  maxAttempts: 3,
  run: async (ctx) => {
    await recountFigures(ctx)
    await countPaths(ctx, { whole: true })
  },
})

/** What keeps the figures. */
export const insightJobs = [followFiguresEachMinute, countPathsHourly, recountFiguresNightly] as const
