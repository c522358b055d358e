import { z } from 'zod'

/** Name of the job that works an import off, for those who enqueue it. */
export const runImportJob = {
  name: 'interchange.run-import',
  payload: z.object({ importId: z.uuid() }),
  maxAttempts: 5,
}

/** Name of the job that sends events to webhooks. */
export const sendWebhooksJob = { name: 'interchange.send-webhooks', payload: z.strictObject({}) } as const
