import type { Locale } from '@ecluse/contracts/scalars.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import { pointsEnding } from '../../loyalty/public.ts'
import { parseSender } from '../domain/sender.ts'
import { peopleOf } from '../journeys/queries/participants.ts'
import { composeEnding } from '../mail/compose-ending.ts'
import { renderHtml } from '../mail/html.ts'
import { renderText } from '../mail/plain-text.ts'
import { insertWrittenMessage } from '../queries/written-messages.ts'
import { sendMessagesJob, tellOfEndingsJob } from './names.ts'

/** How long before somebody is told that what they have ends. */
const ahead = 30 * 86_400_000

/**
 * Tells members each morning whose points end within thirty days: a service message, once for each end, by the medium they chose, tried
 * again until it leaves.
 * @param loyaltyLink the page where they see and spend them
 */
export function createTellOfEndings(loyaltyLink: (locale: Locale) => string): Job<typeof tellOfEndingsJob.payload> {
  return job({
    ...tellOfEndingsJob,
    schedule: '20 7 * * *',
    async run(ctx) {
      const now = ctx.clock.now()
      const endings = await pointsEnding(ctx.db, now, new Date(now.getTime() + ahead))
      if (endings.length === 0) return
      const endOf = new Map(endings.map((one) => [one.partyId, one]))
      const owners = await peopleOf(ctx.db, [...endOf.keys()])
      const sender = parseSender(ctx.config.mailFrom)
      await inTransaction(ctx.db, async (tx) => {
        // Points of several who are one customer are told together.
        for (const partyId of new Set(owners.map(({ root_id }) => root_id))) {
          const same = owners.filter(({ root_id }) => root_id === partyId)
          const theirs = same.flatMap(({ party_id }) => endOf.get(party_id) ?? [])
          const [person, points] = [same[0], theirs.reduce((sum, one) => sum + one.points, 0n)]
          const at = theirs.map((one) => one.at).toSorted((one, other) => one.getTime() - other.getTime())[0]
          if (!person?.email || !at) continue
          const { locale, email: recipient } = person
          const mail = composeEnding(locale, { sender, points: Number(points), at, link: loyaltyLink(locale) })
          await insertWrittenMessage(tx, {
            id: ctx.ids.next(),
            aboutId: partyId,
            template: 'points_ending',
            occurrence: at.toISOString().slice(0, 10),
            locale,
            recipient,
            partyId,
            at: now,
            subject: mail.subject,
            html: renderHtml(mail, locale, sender.name),
            body: renderText(mail),
          })
        }
        await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
      })
    },
  })
}
