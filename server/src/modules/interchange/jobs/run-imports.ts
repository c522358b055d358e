import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { abandonedRuns, selectRun } from '../queries/runs.ts'
import { openUpload, removeUpload } from '../uploads.ts'
import { silenceMs, workImport } from '../work-import.ts'
import { runImportJob } from './names.ts'

/** Works one import off. Its file goes once it is over. */
export const runImports = job({
  ...runImportJob,
  async run(ctx, { importId }) {
    await workImport(ctx, importId, (row) => openUpload(ctx.config, row.id))
    const row = await selectRun(ctx.db, importId)
    if (!row || row.state === 'done' || row.state === 'failed' || row.state === 'cancelled')
      await removeUpload(ctx.config, importId)
  },
})

/**
 * Every minute: imports whose process died, and whose job the queue therefore still takes for running, are begun again. Only
 * where their file is; an import of the command line died with it.
 */
export const resumeImports = job({
  name: 'interchange.resume-imports',
  payload: z.object({}),
  schedule: '* * * * *',
  async run(ctx) {
    const silentSince = new Date(ctx.clock.now().getTime() - silenceMs)
    for (const { id } of await abandonedRuns(ctx.db, silentSince))
      await inTransaction(ctx.db, (tx) =>
        enqueue(tx, runImportJob, { importId: id }, { key: `${runImportJob.name}:${id}` }),
      )
  },
})
