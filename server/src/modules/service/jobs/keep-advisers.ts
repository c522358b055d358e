import { job } from '../../../kernel/jobs.ts'
import { assignAdvisers } from '../advisers/assign-advisers.ts'
import { assignAdvisersJob } from './names.ts'

/** Gives new customers of the web to advisers, each hour and when advisers changed. */
export const keepAdvisers = job({
  ...assignAdvisersJob,
  schedule: '11 * * * *',
  run: async (ctx) => void (await assignAdvisers(ctx)),
})
