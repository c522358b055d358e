import { publicEventTypes } from '@ecluse/contracts/public-events.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { inOrder, isPublic } from '../domain/public-event.ts'
import { sendWebhooksJob } from '../jobs/names.ts'
import { recordEvents } from '../queries/event-feed.ts'

/** Adds the events that leave to the list of events, and has them sent to whoever wants them. */
export const writeDeliveries: Subscriber = {
  name: 'interchange.write-deliveries',
  types: publicEventTypes,
  async handle(ctx, tx, events) {
    const leaving = inOrder(events.filter(isPublic))
    if (leaving.length === 0) return
    if ((await recordEvents(tx, leaving, ctx.clock.now())) === 0) return
    await enqueue(tx, sendWebhooksJob, {}, { key: sendWebhooksJob.name, keepRunAt: true })
  },
}
