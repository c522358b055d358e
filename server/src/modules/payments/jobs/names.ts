import { z } from 'zod'

/** Names of the jobs of this module, for those who enqueue them. */
export const captureName = { name: 'payments.capture', payload: z.object({}), maxAttempts: 25 }
export const makeRefundsName = { name: 'payments.make-refunds', payload: z.object({}), maxAttempts: 25 }
