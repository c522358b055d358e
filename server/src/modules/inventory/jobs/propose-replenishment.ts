import { z } from 'zod'
import { job } from '../../../kernel/jobs.ts'
import { computeProposals } from '../replenishment/compute-proposals.ts'

/** Computes what to order and to transfer: each night, and when somebody asks. */
export const proposeReplenishment = job({
  name: 'inventory.propose-replenishment',
  payload: z.object({}),
  schedule: '30 2 * * *',
  run: (ctx) => computeProposals(ctx),
})
