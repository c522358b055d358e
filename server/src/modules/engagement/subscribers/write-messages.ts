import { enqueue } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { eventTypes, messageWantedBy, subjectOf } from '../domain/template.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import {
  insertAppointmentMessages,
  insertCompanyMessages,
  insertConsentMessages,
  insertMessages,
  insertQuoteMessages,
  insertReservationMessages,
} from '../queries/messages.ts'

/** How a message is written, by what it is about. */
const inserts: Readonly<Record<ReturnType<typeof subjectOf>, typeof insertMessages>> = {
  order: insertMessages,
  quote: insertQuoteMessages,
  consent: insertConsentMessages,
  company: insertCompanyMessages,
  reservation: insertReservationMessages,
  appointment: insertAppointmentMessages,
}

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
    let written = 0
    for (const [subject, insert] of Object.entries(inserts)) {
      const about = wanted.filter(({ template }) => subjectOf(template) === subject)
      if (about.length > 0) written += await insert(tx, about, now)
    }
    if (written === 0) return
    await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  },
}
