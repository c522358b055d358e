import { enqueue } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { eventTypes, messageWantedBy } from '../domain/template.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertMessages } from '../queries/messages.ts'

/** Writes down the messages that events ask for, and has them sent. */
export const writeMessages: Subscriber = {
  name: 'engagement.write-messages',
  types: eventTypes,
  async handle(ctx, tx, events) {
    const wanted = events.flatMap((event) => {
      const message = messageWantedBy(event)
      return message ? [{ ...message, id: ctx.ids.next() }] : []
    })
    if (wanted.length === 0) return
    if ((await insertMessages(tx, wanted, ctx.clock.now())) === 0) return
    await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  },
}
