import { z } from 'zod'

/** Fits and computes all customers. */
export const computeValuesJob = { name: 'customers.compute-values', payload: z.object({}), maxAttempts: 3 }

/** The same, where nothing was fitted yet. */
export const computeFirstValuesJob = { name: 'customers.compute-first-values', payload: z.object({}), maxAttempts: 3 }

/** Decides the treatment of everybody anew. */
export const treatCustomersJob = { name: 'customers.treat-customers', payload: z.object({}) }

/** Computes some customers again, by what was last fitted on all. */
export const valuePartiesJob = {
  name: 'customers.value-parties',
  payload: z.object({ partyIds: z.array(z.uuid()) }),
}
