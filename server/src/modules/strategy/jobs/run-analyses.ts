import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { analyseJob } from '../analyses/analysis-job.ts'
import { abandonedAnalyses } from '../analyses/queries/analyses.ts'
import { workAnalysis } from '../analyses/work-analysis.ts'
import { silenceMs } from '../scenarios/work-run.ts'

/** Answers one question, in a thread that lets the shop go first. */
export const runAnalyses = job({ ...analyseJob, run: (ctx, { analysisId }) => workAnalysis(ctx, analysisId) })

/** Every minute: questions whose server died, and whose job the queue therefore still takes for running, are begun again. */
export const resumeAnalyses = job({
  name: 'strategy.resume-analyses',
  payload: z.object({}),
  schedule: '* * * * *',
  async run(ctx) {
    const silentSince = new Date(ctx.clock.now().getTime() - silenceMs)
    for (const { id } of await abandonedAnalyses(ctx.db, silentSince))
      await inTransaction(ctx.db, (tx) =>
        enqueue(tx, analyseJob, { analysisId: id }, { key: `${analyseJob.name}:${id}` }),
      )
  },
})
