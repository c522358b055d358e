import { inTransaction } from '../../../kernel/db.ts'
import { dayAfter, nextAllowed } from '../domain/allowed-hours.ts'
import { dayAt } from '../journeys/domain/calendar-day.ts'
import { wordsFor } from '../journeys/domain/contact-cost.ts'
import type { ContactSender } from '../journeys/send-contacts.ts'
import { insertVisit } from './queries/visits.ts'

const mainland = { country: 'FR', postalCode: '' }
const workingDays = { weekdays: [1, 2, 3, 4, 5], holidays: false, between: [['08:00', '19:00']] } as const

/**
 * Puts people on the list of visits, each once for its key, for the next working day where they live: the title is what it is about, the
 * text what to say and to ask. The list asks the gate again each time it is read. What comes of it is told to the journey
 * (`work-visits.ts`).
 */
export const visitSender: ContactSender = {
  takesKey: true,
  async send(ctx, { key, contact, candidate: { content }, person }) {
    const now = ctx.clock.now()
    const place = person.address ?? mainland
    const tomorrow = dayAfter(now, 1, place)
    const visit = {
      party_id: contact.party_id,
      id: key,
      about: wordsFor(content.title, contact.locale).slice(0, 200),
      questions: wordsFor(content.text, contact.locale).slice(0, 2_000),
      visit_on: dayAt(nextAllowed(tomorrow, place, workingDays) ?? tomorrow),
      created_by: null,
      asked: false,
    }
    await inTransaction(ctx.db, (tx) => insertVisit(tx, visit, now))
  },
}
