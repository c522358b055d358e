import { job, type Job } from '../../../kernel/jobs.ts'
import { createSender } from '../send-deliveries.ts'
import { sendWebhooksJob } from './names.ts'

/**
 * Sends events to webhooks: when some are written, and every minute what a pause or a crash left.
 * @param timeoutMs how long a receiver may take; as usual when left out
 */
export function createSendWebhooks(timeoutMs?: number): Job<typeof sendWebhooksJob.payload> {
  const send = createSender(timeoutMs === undefined ? undefined : { timeoutMs })
  return job({ ...sendWebhooksJob, schedule: '* * * * *', run: (ctx) => send(ctx) })
}
