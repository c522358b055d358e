import { z } from 'zod'
import type { Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'

/** Simulates one run. Twice at the most after a failure of ours: a run is begun again only when its server died. */
export const simulateRunJob = {
  name: 'strategy.simulate-run',
  payload: z.object({ runId: z.uuid() }),
  maxAttempts: 3,
}

/** Has a run simulated, once however often it is asked. */
export const enqueueRun = (tx: Tx, runId: string): Promise<void> =>
  enqueue(tx, simulateRunJob, { runId }, { key: `${simulateRunJob.name}:${runId}` })
