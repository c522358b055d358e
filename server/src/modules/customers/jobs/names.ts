import { z } from 'zod'

/** Fits and computes all customers. */
export const computeValuesJob = { name: 'customers.compute-values', payload: z.object({}), maxAttempts: 3 }

/** The same, where nothing was fitted yet. */
export const computeFirstValuesJob = { name: 'customers.compute-first-values', payload: z.object({}), maxAttempts: 3 }

/** Decides the treatment of everybody anew. */
export const treatCustomersJob = { name: 'customers.treat-customers', payload: z.object({}) }

/** Compares all customers with each other. */
export const matchPartiesJob = { name: 'customers.match-parties', payload: z.strictObject({}) }

/** Computes what interests customers, their sizes and their shop: of everybody, or of some. `orders` does it, which knows what was bought. */
export const learnTraitsJob = {
  name: 'orders.learn-traits',
  payload: z.object({ partyIds: z.array(z.uuid()).optional() }),
}

/** Computes some customers again, by what was last fitted on all. */
export const valuePartiesJob = {
  name: 'customers.value-parties',
  payload: z.object({ partyIds: z.array(z.uuid()) }),
}
