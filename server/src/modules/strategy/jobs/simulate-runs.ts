import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { abandonedRuns } from '../scenarios/queries/runs.ts'
import { silenceMs, workRun } from '../scenarios/work-run.ts'
import { simulateRunJob } from '../scenarios/run-job.ts'

/** Simulates one run, in a thread that lets the shop go first. */
export const simulateRuns = job({ ...simulateRunJob, run: (ctx, { runId }) => workRun(ctx, runId) })

/** Every minute: runs whose server died, and whose job the queue therefore still takes for running, are begun again. */
export const resumeScenarioRuns = job({
  name: 'strategy.resume-runs',
  payload: z.object({}),
  schedule: '* * * * *',
  async run(ctx) {
    const silentSince = new Date(ctx.clock.now().getTime() - silenceMs)
    for (const { id } of await abandonedRuns(ctx.db, silentSince))
      await inTransaction(ctx.db, (tx) =>
        enqueue(tx, simulateRunJob, { runId: id }, { key: `${simulateRunJob.name}:${id}` }),
      )
  },
})
