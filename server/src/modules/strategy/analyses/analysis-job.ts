import { z } from 'zod'

/** Answers one question. Twice at the most after a failure of ours: it is begun again only when its server died. */
export const analyseJob = {
  name: 'strategy.analyse',
  payload: z.object({ analysisId: z.uuid() }),
  maxAttempts: 3,
}
