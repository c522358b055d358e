import { z } from 'zod'

/** Simulates one run. Twice at the most after a failure of ours: a run is begun again only when its server died. */
export const simulateRunJob = {
  name: 'strategy.simulate-run',
  payload: z.object({ runId: z.uuid() }),
  maxAttempts: 3,
}
