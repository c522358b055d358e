import { job, type Job } from '../../../kernel/jobs.ts'
import { createSender } from '../send-deliveries.ts'
import { sendWebhooksJob } from './names.ts'

/** Sends events to webhooks: when some are written, and every minute what a pause or a crash left. */
export function createSendWebhooks(): Job<typeof sendWebhooksJob.payload> {
  const send = createSender()
  return job({ ...sendWebhooksJob, schedule: '* * * * *', run: (ctx) => send(ctx) })
}
