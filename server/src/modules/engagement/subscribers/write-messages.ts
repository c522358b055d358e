import { enqueue } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { eventTypes, messageWantedBy } from '../domain/template.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { insertMessages, insertQuoteMessages } from '../queries/messages.ts'

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
    const now = ctx.clock.now()
    const ofQuotes = wanted.filter(({ template }) => template === 'quote_sent')
    const ofOrders = wanted.filter(({ template }) => template !== 'quote_sent')
    const written =
      (ofOrders.length > 0 ? await insertMessages(tx, ofOrders, now) : 0) +
      (ofQuotes.length > 0 ? await insertQuoteMessages(tx, ofQuotes, now) : 0)
    if (written === 0) return
    await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  },
}
