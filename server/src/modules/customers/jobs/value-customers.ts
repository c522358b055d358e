import { job } from '../../../kernel/jobs.ts'
import { computeFirstValues, computeValues } from '../knowledge/compute-values.ts'
import { treatEverybody } from '../knowledge/treat-customers.ts'
import { valueParties } from '../knowledge/value-parties.ts'
import { computeFirstValuesJob, computeValuesJob, treatCustomersJob, valuePartiesJob } from './names.ts'

/** Fits and computes all customers each night, and when staff ask. */
export const computeValuesNightly = job({
  ...computeValuesJob,
  schedule: '37 2 * * *',
  run: (ctx) => computeValues(ctx),
})

export const computeFirstValuesNow = job({ ...computeFirstValuesJob, run: (ctx) => computeFirstValues(ctx) })

export const treatCustomersNow = job({ ...treatCustomersJob, run: (ctx) => treatEverybody(ctx) })

export const valuePartiesNow = job({
  ...valuePartiesJob,
  run: (ctx, { partyIds }) => valueParties(ctx, partyIds),
})
