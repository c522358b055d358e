import { z } from 'zod'

/** Gives customers whom nobody looks after to advisers. */
export const assignAdvisersJob = { name: 'service.assign-advisers', payload: z.object({}) }
