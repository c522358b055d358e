import { z } from 'zod'
import type { Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'

/** Answers one question. Twice at the most after a failure of ours: it is begun again only when its server died. */
export const analyseJob = {
  name: 'strategy.analyse',
  payload: z.object({ analysisId: z.uuid() }),
  maxAttempts: 3,
}

/** Has a question answered, once however often it is asked. */
export const enqueueAnalysis = (tx: Tx, analysisId: string): Promise<void> =>
  enqueue(tx, analyseJob, { analysisId }, { key: `${analyseJob.name}:${analysisId}` })
